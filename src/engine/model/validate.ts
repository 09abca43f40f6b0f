/**
 * What a model and its training may be: one list of rules for the engine, which refuses the first that
 * is broken, and for the page, which names all of them beside their fields. Pure: the page imports it.
 */
import * as v from "valibot";
import { problem } from "../../lib/errors";
import type { ModelConfig, TrainingConfig } from "./config";

/** One rule that is broken. */
export interface Issue<Field extends string = string> {
  /** The field to change. */
  field: Field;
  value: number | string;
  /** As the end of a sentence: `it must be a multiple of 4`. */
  rule: string;
}

/** What the attention kernels keep in registers and workgroup memory. */
const MAX_HEAD_DIM = 128;

const count = v.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) > 0,
  "it must be a whole number above 0",
);
const countOr0 = v.custom<number>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  "it must be a whole number from 0",
);
const above0 = v.custom<number>(
  (value) => Number.isFinite(value) && (value as number) > 0,
  "it must be above 0",
);
const between = (low: number, high: number) =>
  v.custom<number>(
    (value) => (value as number) >= low && (value as number) <= high,
    `it must be between ${low} and ${high}`,
  );

const modelRules = v.pipe(
  v.object({
    vocab_size: v.pipe(count, v.maxValue(65_536, "tokens are stored in 16 bits")),
    hidden_size: count,
    intermediate_size: v.pipe(count, v.multipleOf(4, "it must be a multiple of 4")),
    num_hidden_layers: count,
    num_attention_heads: count,
    num_key_value_heads: count,
    max_position_embeddings: count,
    rms_norm_eps: above0,
    rope_theta: above0,
    tie_word_embeddings: v.boolean("it must be true or false"),
  }),
  v.forward(
    v.partialCheck(
      [["hidden_size"], ["num_attention_heads"]],
      (c) => c.hidden_size % c.num_attention_heads === 0,
      ({ input }) => `it must divide hidden_size ${input.hidden_size}`,
    ),
    ["num_attention_heads"],
  ),
  v.forward(
    v.partialCheck(
      [["hidden_size"], ["num_attention_heads"]],
      ({ hidden_size: hidden, num_attention_heads: heads }) => {
        const headDim = hidden / heads;
        // The rule above speaks where there is no whole head at all.
        return !Number.isInteger(headDim) || (headDim % 4 === 0 && headDim <= MAX_HEAD_DIM);
      },
      ({ input }) =>
        `hidden_size / num_attention_heads is ${input.hidden_size / input.num_attention_heads}, but must be a multiple of 4 up to ${MAX_HEAD_DIM}`,
    ),
    ["num_attention_heads"],
  ),
  v.forward(
    v.partialCheck(
      [["num_attention_heads"], ["num_key_value_heads"]],
      (c) => c.num_attention_heads % c.num_key_value_heads === 0,
      ({ input }) => `it must divide num_attention_heads ${input.num_attention_heads}`,
    ),
    ["num_key_value_heads"],
  ),
);

const trainingRules = v.pipe(
  v.object({
    max_steps: count,
    batch_size: count,
    gradient_accumulation_steps: count,
    eval_steps: count,
    learning_rate: between(0, 1),
    min_lr_rate: between(0, 1),
    weight_decay: between(0, 1),
    adam_beta1: between(0, 0.99999),
    adam_beta2: between(0, 0.99999),
    adam_epsilon: above0,
    max_grad_norm: above0,
    warmup_steps: countOr0,
    seed: v.custom<number>(Number.isSafeInteger, "it must be a whole number"),
  }),
  v.forward(
    v.partialCheck(
      [["warmup_steps"], ["max_steps"]],
      (c) => c.warmup_steps <= c.max_steps,
      ({ input }) => `it must be a whole number from 0 to max_steps ${input.max_steps}`,
    ),
    ["warmup_steps"],
  ),
);

/** Every rule that a model breaks, in the order of its fields; none when it can be built. */
export function modelIssues(config: ModelConfig): Issue<keyof ModelConfig>[] {
  return brokenRules(modelRules, config);
}

/** Every rule that the settings of a training break. */
export function trainingIssues(config: TrainingConfig): Issue<keyof TrainingConfig>[] {
  return brokenRules(trainingRules, config);
}

/** @throws config-invalid: names the first field that is impossible, and the rule it breaks */
export function validateModel(config: ModelConfig): void {
  refuseFirst(modelIssues(config));
}

/** @throws config-invalid */
export function validateTraining(config: TrainingConfig): void {
  refuseFirst(trainingIssues(config));
}

function brokenRules<Config extends object>(
  rules: v.GenericSchema<unknown, unknown>,
  config: Config,
): Issue<Extract<keyof Config, string>>[] {
  const { issues = [] } = v.safeParse(rules, config);
  return issues.map((issue) => {
    const field = v.getDotPath(issue) as Extract<keyof Config, string>;
    const value = config[field];
    return { field, value: typeof value === "number" ? value : String(value), rule: issue.message };
  });
}

function refuseFirst([first]: Issue[]): void {
  if (first !== undefined) throw problem("config-invalid", first);
}
