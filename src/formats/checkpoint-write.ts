import * as v from "valibot";
import { crc32 } from "../lib/crc32";
import {
  type Checkpoint,
  type CheckpointTensors,
  METADATA,
  metadataChecksum,
  modelSchemas,
  prefixes,
  runSchemas,
  TOKENIZER,
} from "./checkpoint";
import { SCHEMA } from "./checkpoint-migrate";
import { type architectureSchema, describeIssue, samplesSchema } from "./checkpoint-schema";
import { columns, fromHistory } from "./checkpoint-tables";
import { llamaTensorShapes } from "./llama-tensors";
import { encodeSafetensors, type NewTensor } from "./safetensors";

/**
 * The file of a checkpoint. The same checkpoint gives the same bytes.
 *
 * @throws RangeError for a checkpoint that could not be read back: a tensor that is missing or
 * misshapen, or a field out of its range
 */
export function writeCheckpoint(checkpoint: Checkpoint): Blob {
  const { tokenizer } = checkpoint;
  const isRun = checkpoint.contents === "run";
  const shapes = llamaTensorShapes(checkpoint.config);
  const tensors = fromGroup("parameters", checkpoint.parameters, shapes);
  tensors.push({ name: TOKENIZER, dtype: "U8", shape: [tokenizer.length], bytes: tokenizer });
  if (isRun) {
    tensors.push(
      ...fromGroup("expAvg", checkpoint.expAvg, shapes),
      ...fromGroup("expAvgSq", checkpoint.expAvgSq, shapes),
      ...fromHistory(checkpoint.history),
    );
  }

  const metadata: Record<string, string> = { format: "pt", storyloom_schema: String(SCHEMA) };
  if (isRun) metadata.columns = JSON.stringify(columns);
  const fields = new Map<string, unknown>(Object.entries(checkpoint));
  const schemas = {
    ...modelSchemas,
    ...(isRun && runSchemas),
    ...(isRun && checkpoint.samples && { samples: samplesSchema }),
  };
  for (const [field, schema] of Object.entries(schemas)) {
    const parsed = v.safeParse(schema, fields.get(field));
    if (!parsed.success) throw new RangeError(describeIssue(field, parsed.issues[0]));
    const { output } = parsed;
    metadata[field] = JSON.stringify(
      field === "config" ? { ...architecture, ...Object(output) } : output,
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

function fromGroup(
  group: keyof typeof prefixes,
  values: CheckpointTensors,
  shapes: Map<string, readonly number[]>,
): NewTensor[] {
  return [...shapes].map(([name, shape]) => {
    const of = values.get(name);
    if (!of) throw new RangeError(`${group} has no tensor ${name}`);
    const bytes = new Uint8Array(of.buffer, of.byteOffset, of.byteLength);
    return { name: prefixes[group] + name, dtype: "F32", shape, bytes };
  });
}
