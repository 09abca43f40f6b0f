/**
 * What a checkpoint says beside its tensors: each schema here is one JSON string of the file's
 * metadata. Fields that are unknown are dropped, those with a default may be missing.
 */
import * as v from "valibot";

const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
const size = (maximum: number) => integer(1, maximum);
const count = integer(0, Number.MAX_SAFE_INTEGER);
const seed = integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const real = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.minValue(minimum), v.maxValue(maximum));
const above0 = (maximum: number) => v.pipe(v.number(), v.gtValue(0), v.maxValue(maximum));
const text = v.pipe(v.string(), v.maxLength(4096));

/**
 * Hugging Face's `LlamaConfig` in its own field names; defaults are its defaults. The upper bounds
 * only keep absurd numbers from costing time: they are far above what fits on a GPU here, except that
 * token ids must fit 16 bits.
 */
export const modelConfigSchema = v.pipe(
  v.object({
    vocab_size: size(65_536),
    hidden_size: size(65_536),
    intermediate_size: size(1_048_576),
    num_hidden_layers: size(1_024),
    num_attention_heads: size(1_024),
    num_key_value_heads: v.nullish(size(1_024)),
    max_position_embeddings: size(1_048_576),
    rms_norm_eps: v.optional(above0(1), 1e-6),
    rope_theta: v.optional(above0(1e12), 10_000),
    tie_word_embeddings: v.optional(v.boolean(), false),
  }),
  v.transform((config) => ({
    ...config,
    num_key_value_heads: config.num_key_value_heads ?? config.num_attention_heads,
  })),
  v.check(
    (c) => c.hidden_size % (2 * c.num_attention_heads) === 0,
    "hidden_size is no even multiple of num_attention_heads",
  ),
  v.check(
    (c) => c.num_attention_heads % c.num_key_value_heads === 0,
    "num_attention_heads is no multiple of num_key_value_heads",
  ),
);

/**
 * What else a `LlamaConfig` may say, with the only answer that the engine computes. Anything else is
 * another architecture, even where its tensors happen to fit.
 */
export const architectureSchema = v.object({
  model_type: v.literal("llama"),
  architectures: v.strictTuple([v.literal("LlamaForCausalLM")]),
  hidden_act: v.optional(v.literal("silu"), "silu"),
  attention_bias: v.optional(v.literal(false), false),
  mlp_bias: v.optional(v.literal(false), false),
  rope_scaling: v.optional(v.null(), null),
});

/** Names of Hugging Face's `TrainingArguments`; defaults are those that all presets share. */
export const trainingConfigSchema = v.object({
  max_steps: size(1e9),
  batch_size: size(65_536),
  gradient_accumulation_steps: v.optional(size(65_536), 1),
  learning_rate: above0(10),
  min_lr_rate: v.optional(real(0, 1), 0.1),
  warmup_steps: v.optional(integer(0, 1e9), 0),
  weight_decay: v.optional(real(0, 10), 0.1),
  adam_beta1: v.optional(v.pipe(real(0, 1), v.ltValue(1)), 0.9),
  adam_beta2: v.optional(v.pipe(real(0, 1), v.ltValue(1)), 0.95),
  adam_epsilon: v.optional(above0(1), 1e-8),
  max_grad_norm: v.optional(above0(1e9), 1),
  seed,
  eval_steps: size(1e9),
});

/** Whether optimizer, sampler and history are there, so that training can go on, or the model only. */
export const contentsSchema = v.picklist(["run", "model"]);

export const progressSchema = v.object({
  /** Optimizer steps done. */
  step: count,
  /** Tokens that the run has predicted. */
  tokens: count,
  /** Time spent training. */
  seconds: real(0, 1e12),
});

/** The newest losses, in nats a token, where there are some: what a list shows without reading tables. */
export const lossesSchema = v.object({
  training: v.nullable(real(0, 1e9)),
  validation: v.nullable(v.object({ step: count, loss: real(0, 1e9) })),
});

/** Where the permutation of training windows stands. */
export const samplerSchema = v.object({ epoch: count, index: count, seed });

/** The text of the run: the name of its file, and a checksum that tells it from another. */
export const corpusSchema = v.object({ name: text, fingerprint: text });

/** What is in a row of `history.points` and of `history.evaluations`: these at least. */
export const columnsSchema = v.object({
  points: columnsWith("step", "loss", "learningRate", "gradNorm", "tokensPerSecond"),
  evaluations: columnsWith("step", "loss", "bitsPerByte"),
});

function columnsWith(...needed: string[]) {
  return v.pipe(
    v.array(text),
    v.check(
      (found) => needed.every((column) => found.includes(column)),
      `one of ${needed.join(", ")} is missing`,
    ),
  );
}

const samplingSchema = v.object({
  temperature: real(0, 100),
  top_k: count,
  top_p: real(0, 1),
  min_p: v.optional(real(0, 1), 0),
  repetition_penalty: v.optional(above0(100), 1),
  max_new_tokens: count,
  seed,
});

/** When the run tells stories by itself; see `SampleSchedule` in session/types.ts. */
export const samplesSchema = v.object({
  every: count,
  prompts: v.array(v.string()),
  sampling: samplingSchema,
});

/** Stories that the run told; see `StoryRound` in session/types.ts. */
export const roundsSchema = v.array(
  v.object({
    step: count,
    kind: v.picklist(["samples", "sheet"]),
    sampling: samplingSchema,
    stories: v.array(
      v.object({
        prompt: v.string(),
        text: v.string(),
        end: v.picklist(["end-of-story", "length", "stopped", "failed"]),
        tokens: count,
      }),
    ),
  }),
);

/** The variant of each kernel that the run was computed with. */
export const variantsSchema = v.record(text, text);

/** CRC-32 of each tensor's bytes, and of the metadata. */
export const checksumsSchema = v.record(v.string(), integer(0, 0xffff_ffff));

export type CheckpointModel = v.InferOutput<typeof modelConfigSchema>;
export type CheckpointTraining = v.InferOutput<typeof trainingConfigSchema>;
export type CheckpointContents = v.InferOutput<typeof contentsSchema>;
export type CheckpointLosses = v.InferOutput<typeof lossesSchema>;
export type CheckpointProgress = v.InferOutput<typeof progressSchema>;
export type CheckpointSampler = v.InferOutput<typeof samplerSchema>;
export type CheckpointCorpus = v.InferOutput<typeof corpusSchema>;
export type StoredColumns = v.InferOutput<typeof columnsSchema>;
export type CheckpointSamples = v.InferOutput<typeof samplesSchema>;
export type CheckpointRound = v.InferOutput<typeof roundsSchema>[number];

/** The first thing that is wrong, as the middle of a sentence. */
export function describeIssue(field: string, issue: v.BaseIssue<unknown>): string {
  const inside = v.getDotPath(issue);
  const path = inside ? `${field}.${inside}` : field;
  if (issue.received === "undefined") return `${path} is missing`;
  if (!issue.expected) return `in ${path}, ${issue.message}`;
  const received = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received;
  return `${path} should be ${issue.expected} and is ${received}`;
}

/** Makes the error for a file that is no checkpoint. */
export type Refuse = (reason: string) => Error;

/** What a JSON string holds, checked. @param key for the messages */
export function parseField<S extends v.GenericSchema>(
  schema: S,
  json: string | undefined,
  key: string,
  refuse: Refuse,
): v.InferOutput<S> {
  if (json === undefined) throw refuse(`${key} is missing`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refuse(`${key} is no JSON`);
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw refuse(describeIssue(key, parsed.issues[0]));
  return parsed.output;
}
