/**
 * The checkpoint file: one safetensors file with a model, or with everything that a run needs to go on.
 *
 * - Parameters under their Hugging Face names, F32.
 * - `tokenizer.model`, U8: the SentencePiece model.
 *
 * The file of a run also has:
 *
 * - AdamW's moments, as `optimizer.exp_avg.<name>` and `optimizer.exp_avg_sq.<name>`.
 * - `history.points` and `history.evaluations`, F64: one row a measurement; `columns` in the metadata
 *   names what is in a row.
 * - `history.rounds`, U8: the stories that the run told, as JSON.
 *
 * The rest are JSON strings in the metadata, see checkpoint-schema.ts; `checksums` holds a CRC-32 of
 * each tensor and, under `__metadata__`, of all other metadata.
 */
import { crc32 } from "../lib/crc32";
import {
  type CheckpointContents,
  type CheckpointCorpus,
  type CheckpointLosses,
  type CheckpointModel,
  type CheckpointProgress,
  type CheckpointSampler,
  type CheckpointSamples,
  type CheckpointTraining,
  contentsSchema,
  corpusSchema,
  lossesSchema,
  modelConfigSchema,
  progressSchema,
  samplerSchema,
  trainingConfigSchema,
  variantsSchema,
} from "./checkpoint-schema";
import type { CheckpointHistory } from "./checkpoint-tables";

/** By Hugging Face's parameter names; row-major. */
export type CheckpointTensors = Map<string, Float32Array<ArrayBuffer>>;

/** What every checkpoint says in its metadata. */
export interface CheckpointFacts {
  /** A `model` is for sharing: of the text that it learned from, only the tokenizer's pieces tell. */
  contents: CheckpointContents;
  config: CheckpointModel;
  training: CheckpointTraining;
  progress: CheckpointProgress;
  losses: CheckpointLosses;
}

interface WithModel extends CheckpointFacts {
  parameters: CheckpointTensors;
  /** SentencePiece ModelProto bytes. */
  tokenizer: Uint8Array<ArrayBuffer>;
}

export interface ModelCheckpoint extends WithModel {
  contents: "model";
}

export interface RunCheckpoint extends WithModel {
  contents: "run";
  sampler: CheckpointSampler;
  corpus: CheckpointCorpus;
  /** Kernel name → variant. */
  variants: Record<string, string>;
  /** AdamW's first moments, one for each parameter. */
  expAvg: CheckpointTensors;
  /** AdamW's second moments. */
  expAvgSq: CheckpointTensors;
  history: CheckpointHistory;
  /** Absent: the run tells no samples. */
  samples?: CheckpointSamples;
}

export type Checkpoint = ModelCheckpoint | RunCheckpoint;

/** The same model without what only a run needs, and without what tells of its text. */
export function modelOnly(checkpoint: Checkpoint): ModelCheckpoint {
  const { config, training, progress, losses, parameters, tokenizer } = checkpoint;
  return { contents: "model", config, training, progress, losses, parameters, tokenizer };
}

export const TOKENIZER = "tokenizer.model";
/** In `checksums`, where a tensor cannot have this name. */
export const METADATA = "__metadata__";
/** Where each group of tensors with the parameters' shapes lies. */
export const prefixes = {
  parameters: "",
  expAvg: "optimizer.exp_avg.",
  expAvgSq: "optimizer.exp_avg_sq.",
} as const;

/** The JSON strings of the metadata by their keys, besides those that describe the file itself. */
export const modelSchemas = {
  contents: contentsSchema,
  config: modelConfigSchema,
  training: trainingConfigSchema,
  progress: progressSchema,
  losses: lossesSchema,
};
export const runSchemas = {
  sampler: samplerSchema,
  corpus: corpusSchema,
  variants: variantsSchema,
};

export function metadataChecksum(entries: Iterable<[string, string]>): number {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return crc32(new TextEncoder().encode(JSON.stringify(sorted)));
}
