/**
 * The checkpoint file: one safetensors file with everything that a run needs to go on.
 *
 * - Parameters under their Hugging Face names, F32; AdamW's moments beside them, as
 *   `optimizer.exp_avg.<name>` and `optimizer.exp_avg_sq.<name>`.
 * - `tokenizer.model`, U8: the SentencePiece model.
 * - `history.points` and `history.evaluations`, F64: one row a measurement; `columns` in the metadata
 *   names what is in a row.
 * - `history.rounds`, U8: the stories that the run told, as JSON.
 * - The rest as JSON strings in the metadata, see checkpoint-schema.ts; `checksums` holds a CRC-32 of
 *   each tensor and, under `__metadata__`, of all other metadata.
 */
import * as v from "valibot";
import { crc32 } from "../lib/crc32";
import { problem } from "../lib/errors";
import { type Metadata, migrate, SCHEMA } from "./checkpoint-migrate";
import {
  architectureSchema,
  type CheckpointCorpus,
  type CheckpointModel,
  type CheckpointProgress,
  type CheckpointRound,
  type CheckpointSampler,
  type CheckpointSamples,
  type CheckpointTraining,
  checksumsSchema,
  columnsSchema,
  corpusSchema,
  describeIssue,
  modelConfigSchema,
  progressSchema,
  roundsSchema,
  type StoredColumns,
  samplerSchema,
  samplesSchema,
  trainingConfigSchema,
  variantsSchema,
} from "./checkpoint-schema";
import { llamaTensorShapes } from "./llama-tensors";
import {
  encodeSafetensors,
  type NewTensor,
  openSafetensors,
  type SafetensorsFile,
} from "./safetensors";

/** By Hugging Face's parameter names; row-major. */
export type CheckpointTensors = Map<string, Float32Array<ArrayBuffer>>;

const columns = {
  points: ["step", "loss", "learningRate", "gradNorm", "tokensPerSecond", "tokens", "seconds"],
  evaluations: ["step", "loss", "bitsPerByte", "tokens", "seconds"],
} as const;
type Table = keyof typeof columns;
type Row<T extends Table = Table> = Record<(typeof columns)[T][number], number>;

export interface Checkpoint {
  config: CheckpointModel;
  training: CheckpointTraining;
  progress: CheckpointProgress;
  sampler: CheckpointSampler;
  corpus: CheckpointCorpus;
  /** Kernel name → variant. */
  variants: Record<string, string>;
  parameters: CheckpointTensors;
  /** AdamW's first moments, one for each parameter. */
  expAvg: CheckpointTensors;
  /** AdamW's second moments. */
  expAvgSq: CheckpointTensors;
  /** SentencePiece ModelProto bytes. */
  tokenizer: Uint8Array<ArrayBuffer>;
  history: {
    points: Row<"points">[];
    evaluations: Row<"evaluations">[];
    rounds: CheckpointRound[];
  };
  /** Absent: the run tells no samples. */
  samples?: CheckpointSamples;
}

const TOKENIZER = "tokenizer.model";
const tables = { points: "history.points", evaluations: "history.evaluations" } as const;
const ROUNDS = "history.rounds";
/** In `checksums`, where a tensor cannot have this name. */
const METADATA = "__metadata__";
/** Where each group of tensors with the parameters' shapes lies. */
const prefixes = {
  parameters: "",
  expAvg: "optimizer.exp_avg.",
  expAvgSq: "optimizer.exp_avg_sq.",
} as const;
const groups = Object.keys(prefixes) as (keyof typeof prefixes)[];

const schemas = {
  config: modelConfigSchema,
  training: trainingConfigSchema,
  progress: progressSchema,
  sampler: samplerSchema,
  corpus: corpusSchema,
  variants: variantsSchema,
};

/**
 * The file of a checkpoint. The same checkpoint gives the same bytes.
 *
 * @throws RangeError for a checkpoint that could not be read back: a tensor that is missing or
 * misshapen, or a field out of its range
 */
export function writeCheckpoint(checkpoint: Checkpoint): Blob {
  const tensors: NewTensor[] = [];
  for (const group of groups) {
    for (const [name, shape] of llamaTensorShapes(checkpoint.config)) {
      const values = checkpoint[group].get(name);
      if (!values) throw new RangeError(`${group} has no tensor ${name}`);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      tensors.push({ name: prefixes[group] + name, dtype: "F32", shape, bytes });
    }
  }
  const { tokenizer, history } = checkpoint;
  tensors.push(
    { name: TOKENIZER, dtype: "U8", shape: [tokenizer.length], bytes: tokenizer },
    fromRows("points", history.points),
    fromRows("evaluations", history.evaluations),
    fromRounds(history.rounds),
  );

  const metadata: Record<string, string> = {
    format: "pt",
    storyloom_schema: String(SCHEMA),
    columns: JSON.stringify(columns),
  };
  const described = { ...schemas, ...(checkpoint.samples && { samples: samplesSchema }) };
  for (const [field, schema] of Object.entries(described)) {
    const parsed = v.safeParse(schema, checkpoint[field as keyof typeof described]);
    if (!parsed.success) throw new RangeError(describeIssue(field, parsed.issues[0]));
    metadata[field] = JSON.stringify(
      field === "config" ? { ...architecture, ...parsed.output } : parsed.output,
    );
  }
  const checksums = tensors.map(({ name, bytes }): [string, number] => [name, crc32(bytes)]);
  checksums.push([METADATA, metadataChecksum(Object.entries(metadata))]);
  metadata.checksums = JSON.stringify(Object.fromEntries(checksums));
  return new Blob(encodeSafetensors(tensors, metadata));
}

/** As Hugging Face's `LlamaConfig` states it. */
const architecture: v.InferOutput<typeof architectureSchema> = {
  architectures: ["LlamaForCausalLM"],
  model_type: "llama",
  hidden_act: "silu",
  attention_bias: false,
  mlp_bias: false,
  rope_scaling: null,
};

function metadataChecksum(entries: Iterable<[string, string]>): number {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return crc32(new TextEncoder().encode(JSON.stringify(sorted)));
}

function fromRows<T extends Table>(table: T, rows: readonly Row<T>[]): NewTensor {
  const names: readonly (keyof Row<T>)[] = columns[table];
  const values = Float64Array.from(rows.flatMap((row) => names.map((column) => row[column])));
  const bytes = new Uint8Array(values.buffer);
  return { name: tables[table], dtype: "F64", shape: [rows.length, names.length], bytes };
}

function fromRounds(rounds: readonly CheckpointRound[]): NewTensor {
  const bytes = new TextEncoder().encode(JSON.stringify(rounds));
  return { name: ROUNDS, dtype: "U8", shape: [bytes.length], bytes };
}

/**
 * The one gate for checkpoints, from a user or from storage: what comes out is complete, in range,
 * of this schema, and undamaged.
 *
 * Rejects with `file-cut-short`, `file-malformed`, `schema-too-new`, `not-a-checkpoint` (which names
 * the field or tensor) or `tensor-damaged`.
 *
 * @param name of the file, for the messages
 */
export async function readCheckpoint(file: Blob, name: string): Promise<Checkpoint> {
  const safetensors = await openSafetensors(file, name);
  const refuse = (reason: string) => problem("not-a-checkpoint", { name, reason });

  const schema = Number(safetensors.metadata.get("storyloom_schema") ?? Number.NaN);
  if (!Number.isSafeInteger(schema) || schema < 1)
    throw refuse("storyloom_schema is missing or no number");
  if (schema > SCHEMA) {
    throw problem("schema-too-new", { name, version: schema, supported: SCHEMA });
  }
  const metadata = migrate(safetensors.metadata, schema);

  /** One JSON string of the metadata, checked. */
  function field<S extends v.GenericSchema>(key: string, of: S): v.InferOutput<S> {
    const parsed = v.safeParse(of, parseJson(metadata, key, refuse));
    if (!parsed.success) throw refuse(describeIssue(key, parsed.issues[0]));
    return parsed.output;
  }

  const checksums = new Map(Object.entries(field("checksums", checksumsSchema)));
  const described = [...safetensors.metadata].filter(([key]) => key !== "checksums");
  if (checksums.get(METADATA) !== metadataChecksum(described)) {
    throw problem("tensor-damaged", { name, tensor: METADATA });
  }
  // First what kind of model it is: the fields of another kind would only look wrong one by one.
  field("config", architectureSchema);
  const config = field("config", schemas.config);
  const training = field("training", schemas.training);
  const progress = field("progress", schemas.progress);
  const sampler = field("sampler", schemas.sampler);
  const corpus = field("corpus", schemas.corpus);
  const variants = field("variants", schemas.variants);
  const samples = metadata.has("samples") ? field("samples", samplesSchema) : undefined;
  const stored = field("columns", columnsSchema);
  const shapes = llamaTensorShapes(config);
  requireTensors(safetensors, shapes, stored, refuse);
  // Files of schema 1 have none; in others it cannot get lost unnoticed.
  const hasRounds = schema > 1;
  if (hasRounds && !safetensors.tensors.has(ROUNDS)) throw refuse(`tensor ${ROUNDS} is missing`);

  /** The bytes of one tensor, with their checksum verified. */
  async function read(tensor: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await safetensors.read(tensor);
    if (checksums.get(tensor) !== crc32(bytes)) throw problem("tensor-damaged", { name, tensor });
    return bytes;
  }
  async function readGroup(prefix: string): Promise<CheckpointTensors> {
    const tensors: CheckpointTensors = new Map();
    for (const parameter of shapes.keys()) {
      tensors.set(parameter, new Float32Array((await read(prefix + parameter)).buffer));
    }
    return tensors;
  }

  return {
    config,
    training,
    progress,
    sampler,
    corpus,
    variants,
    parameters: await readGroup(prefixes.parameters),
    expAvg: await readGroup(prefixes.expAvg),
    expAvgSq: await readGroup(prefixes.expAvgSq),
    tokenizer: await read(TOKENIZER),
    history: {
      points: toRows(await read(tables.points), "points", stored, progress),
      evaluations: toRows(await read(tables.evaluations), "evaluations", stored, progress),
      rounds: hasRounds ? toRounds(await read(ROUNDS), refuse) : [],
    },
    ...(samples && { samples }),
  };
}

function parseJson(metadata: Metadata, key: string, refuse: (reason: string) => Error): unknown {
  const json = metadata.get(key);
  if (json === undefined) throw refuse(`${key} is missing`);
  try {
    return JSON.parse(json);
  } catch {
    throw refuse(`${key} is no JSON`);
  }
}

/** Exactly the tensors that the config implies; others only where they cannot be part of a model. */
function requireTensors(
  file: SafetensorsFile,
  shapes: Map<string, readonly number[]>,
  stored: StoredColumns,
  refuse: (reason: string) => Error,
): void {
  const expected = new Map<string, [dtype: string, shape: readonly (number | null)[]]>([
    [TOKENIZER, ["U8", [null]]],
    [tables.points, ["F64", [null, stored.points.length]]],
    [tables.evaluations, ["F64", [null, stored.evaluations.length]]],
  ]);
  for (const prefix of Object.values(prefixes)) {
    for (const [parameter, shape] of shapes) expected.set(prefix + parameter, ["F32", shape]);
  }
  for (const [tensor, [dtype, shape]] of expected) {
    const entry = file.tensors.get(tensor);
    if (!entry) throw refuse(`tensor ${tensor} is missing`);
    const fits =
      entry.shape.length === shape.length &&
      shape.every((size, i) => size === null || size === entry.shape[i]);
    if (entry.dtype !== dtype || !fits) {
      const wanted = `${dtype} [${shape.map((size) => size ?? "any")}]`;
      throw refuse(`tensor ${tensor} should be ${wanted} and is ${entry.dtype} [${entry.shape}]`);
    }
  }
  for (const tensor of file.tensors.keys()) {
    if (/^(model|lm_head|optimizer)\./.test(tensor) && !expected.has(tensor)) {
      throw refuse(`tensor ${tensor} is no part of the model that config describes`);
    }
  }
}

/**
 * Rows for the charts; one with a value that is no number (a step that was skipped) is left out.
 * Columns that an older file has not got are filled as if all its steps had been alike.
 */
function toRows<T extends Table>(
  bytes: Uint8Array<ArrayBuffer>,
  table: T,
  stored: StoredColumns,
  progress: CheckpointProgress,
): Row<T>[] {
  const values = new Float64Array(bytes.buffer);
  const width = stored[table].length;
  const places = columns[table].map((column) => [column, stored[table].indexOf(column)] as const);
  const rows: Row<T>[] = [];
  for (let at = 0; at < values.length; at += width) {
    const row = values.subarray(at, at + width);
    if (!row.every(Number.isFinite)) continue;
    const share = progress.step > 0 ? row[stored[table].indexOf("step")]! / progress.step : 0;
    const alike: Partial<Record<string, number>> = {
      tokens: Math.round(progress.tokens * share),
      seconds: progress.seconds * share,
    };
    const entries = places.map(([column, place]) => [column, row[place] ?? alike[column]]);
    rows.push(Object.fromEntries(entries) as Row<T>);
  }
  return rows;
}

function toRounds(
  bytes: Uint8Array<ArrayBuffer>,
  refuse: (reason: string) => Error,
): CheckpointRound[] {
  const metadata = new Map([[ROUNDS, new TextDecoder().decode(bytes)]]);
  const parsed = v.safeParse(roundsSchema, parseJson(metadata, ROUNDS, refuse));
  if (!parsed.success) throw refuse(describeIssue(ROUNDS, parsed.issues[0]));
  return parsed.output;
}
