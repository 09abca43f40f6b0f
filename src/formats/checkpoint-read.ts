import type * as v from "valibot";
import { crc32 } from "../lib/crc32";
import { problem } from "../lib/errors";
import {
  type Checkpoint,
  type CheckpointFacts,
  type CheckpointTensors,
  METADATA,
  metadataChecksum,
  modelSchemas,
  prefixes,
  runSchemas,
  TOKENIZER,
} from "./checkpoint";
import { migrate, SCHEMA } from "./checkpoint-migrate";
import {
  architectureSchema,
  checksumsSchema,
  columnsSchema,
  parseField,
  type Refuse,
  type StoredColumns,
  samplesSchema,
} from "./checkpoint-schema";
import { columns, ROUNDS, tables, toRounds, toRows } from "./checkpoint-tables";
import { llamaTensorShapes } from "./llama-tensors";
import { openSafetensors, type SafetensorsFile } from "./safetensors";

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
  const header = await openHeader(file, name);
  const { safetensors, facts, checksums, samples, field, refuse } = header;

  /** The bytes of one tensor, with their checksum verified. */
  async function read(tensor: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await safetensors.read(tensor);
    if (checksums.get(tensor) !== crc32(bytes)) throw problem("tensor-damaged", { name, tensor });
    return bytes;
  }
  async function readGroup(prefix: string): Promise<CheckpointTensors> {
    const tensors: CheckpointTensors = new Map();
    for (const parameter of header.shapes.keys()) {
      tensors.set(parameter, new Float32Array((await read(prefix + parameter)).buffer));
    }
    return tensors;
  }

  const { contents, ...described } = facts;
  const model = {
    ...described,
    parameters: await readGroup(prefixes.parameters),
    tokenizer: await read(TOKENIZER),
  };
  if (contents === "model") return { ...model, contents };
  const stored = field("columns", columnsSchema);
  const { progress } = facts;
  return {
    ...model,
    contents,
    sampler: field("sampler", runSchemas.sampler),
    corpus: field("corpus", runSchemas.corpus),
    variants: field("variants", runSchemas.variants),
    expAvg: await readGroup(prefixes.expAvg),
    expAvgSq: await readGroup(prefixes.expAvgSq),
    history: {
      points: toRows(await read(tables.points), "points", stored, progress),
      evaluations: toRows(await read(tables.evaluations), "evaluations", stored, progress),
      rounds: safetensors.tensors.has(ROUNDS) ? toRounds(await read(ROUNDS), refuse) : [],
    },
    ...(samples && { samples }),
  };
}

/**
 * What a checkpoint says of itself, read from its header alone: cheap however large the file is. All
 * is checked as `readCheckpoint` does, except for the tensors' bytes. Rejects as that does.
 */
export async function readCheckpointFacts(file: Blob, name: string): Promise<CheckpointFacts> {
  return (await openHeader(file, name)).facts;
}

async function openHeader(file: Blob, name: string) {
  const safetensors = await openSafetensors(file, name);
  const refuse: Refuse = (reason) => problem("not-a-checkpoint", { name, reason });

  const schema = Number(safetensors.metadata.get("storyloom_schema") ?? Number.NaN);
  if (!Number.isSafeInteger(schema) || schema < 1)
    throw refuse("storyloom_schema is missing or no number");
  if (schema > SCHEMA) {
    throw problem("schema-too-new", { name, version: schema, supported: SCHEMA });
  }
  const metadata = migrate(safetensors.metadata, schema);

  /** One JSON string of the metadata, checked. */
  function field<S extends v.GenericSchema>(key: string, of: S): v.InferOutput<S> {
    return parseField(of, metadata.get(key), key, refuse);
  }

  const checksums = new Map(Object.entries(field("checksums", checksumsSchema)));
  const described = [...safetensors.metadata].filter(([key]) => key !== "checksums");
  if (checksums.get(METADATA) !== metadataChecksum(described)) {
    throw problem("tensor-damaged", { name, tensor: METADATA });
  }
  // First what kind of model it is: the fields of another kind would only look wrong one by one.
  field("config", architectureSchema);
  const facts: CheckpointFacts = {
    contents: field("contents", modelSchemas.contents),
    config: field("config", modelSchemas.config),
    training: field("training", modelSchemas.training),
    progress: field("progress", modelSchemas.progress),
    losses: field("losses", modelSchemas.losses),
  };
  const isRun = facts.contents === "run";
  let stored: StoredColumns | null = null;
  if (isRun) {
    for (const [key, of] of Object.entries(runSchemas)) field(key, of);
    stored = field("columns", columnsSchema);
  }
  const shapes = llamaTensorShapes(facts.config);
  requireTensors(safetensors, shapes, stored, refuse);
  // Files of schema 1 have none; in others it cannot get lost unnoticed.
  const needsRounds = isRun && schema > 1;
  if (needsRounds && !safetensors.tensors.has(ROUNDS)) throw refuse(`tensor ${ROUNDS} is missing`);
  const samples = isRun && metadata.has("samples") ? field("samples", samplesSchema) : undefined;
  return { safetensors, facts, shapes, checksums, samples, field, refuse };
}

/**
 * Exactly the tensors that the config implies; others only where they cannot be part of a model.
 * @param stored null where there is a model only
 */
function requireTensors(
  file: SafetensorsFile,
  shapes: Map<string, readonly number[]>,
  stored: StoredColumns | null,
  refuse: Refuse,
): void {
  const expected = new Map<string, [dtype: string, shape: readonly (number | null)[]]>([
    [TOKENIZER, ["U8", [null]]],
  ]);
  const groups = stored === null ? [prefixes.parameters] : Object.values(prefixes);
  if (stored !== null) {
    for (const table of Object.keys(columns) as (keyof typeof columns)[]) {
      expected.set(tables[table], ["F64", [null, stored[table].length]]);
    }
  }
  for (const prefix of groups) {
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
