/** What the settings are called on the page, in what they are counted, and what they are for. */
import type { TrainingConfig } from "../../engine/model/config";
import type { ModelShape } from "../../store/studio";

type NumbersOf<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T];
export type ShapeField = NumbersOf<ModelShape>;
export type TrainingField = NumbersOf<TrainingConfig>;

export interface Field<Key extends string> {
  key: Key;
  label: string;
  unit?: string;
  help: string;
  /** What may be typed at all; which combinations are possible is said by engine/model/validate. */
  min: number;
  max: number;
  step?: "any";
}

export const shapeFields: Field<ShapeField>[] = [
  {
    key: "hidden_size",
    label: "Width",
    unit: "numbers",
    help: "How many numbers stand for a token on its way through the layers.",
    min: 4,
    max: 8_192,
  },
  {
    key: "num_hidden_layers",
    label: "Layers",
    unit: "layers",
    help: "How often attention and feed-forward follow each other.",
    min: 1,
    max: 128,
  },
  {
    key: "num_attention_heads",
    label: "Attention heads",
    unit: "heads",
    help: "Views of the context side by side; each takes its share of the width.",
    min: 1,
    max: 256,
  },
  {
    key: "num_key_value_heads",
    label: "Key and value heads",
    unit: "heads",
    help: "Fewer than attention heads share keys and values: faster stories.",
    min: 1,
    max: 256,
  },
  {
    key: "intermediate_size",
    label: "Feed-forward width",
    unit: "numbers",
    help: "Width between the two halves of a feed-forward part; most weights sit here.",
    min: 4,
    max: 65_536,
  },
  {
    key: "max_position_embeddings",
    label: "Context",
    unit: "tokens",
    help: "How far the model looks back, and the length of a training window.",
    min: 2,
    max: 16_384,
  },
  {
    key: "rms_norm_eps",
    label: "Norm epsilon",
    help: "Keeps RMSNorm from dividing by zero. Rarely changed.",
    min: 1e-12,
    max: 1,
    step: "any",
  },
  {
    key: "rope_theta",
    label: "RoPE base",
    help: "How slowly the rotations that mark positions turn. Rarely changed.",
    min: 1,
    max: 1e9,
    step: "any",
  },
];

export const optimizerFields: Field<TrainingField>[] = [
  {
    key: "learning_rate",
    label: "Learning rate",
    help: "How far a step goes at its peak; too high and the loss jumps.",
    min: 1e-7,
    max: 1,
    step: "any",
  },
  {
    key: "adam_beta1",
    label: "Beta 1",
    help: "How much of the earlier gradients stays in the direction of a step.",
    min: 0,
    max: 0.99999,
    step: "any",
  },
  {
    key: "adam_beta2",
    label: "Beta 2",
    help: "How much of the earlier squared gradients stays in the length of a step.",
    min: 0,
    max: 0.99999,
    step: "any",
  },
  {
    key: "adam_epsilon",
    label: "Epsilon",
    help: "Keeps steps finite where gradients vanish.",
    min: 1e-15,
    max: 1,
    step: "any",
  },
  {
    key: "weight_decay",
    label: "Weight decay",
    help: "Pulls weights to zero, against learning by heart.",
    min: 0,
    max: 1,
    step: "any",
  },
  {
    key: "max_grad_norm",
    label: "Gradient limit",
    help: "Longer gradients are cut to this length.",
    min: 0.001,
    max: 1_000,
    step: "any",
  },
  {
    key: "seed",
    label: "Seed",
    help: "The same seed on the same GPU gives the same run.",
    min: 0,
    max: 4_294_967_295,
  },
];

export const scheduleFields: Field<TrainingField>[] = [
  {
    key: "max_steps",
    label: "Steps",
    unit: "steps",
    help: "How often the weights are changed in the whole run.",
    min: 1,
    max: 1_000_000,
  },
  {
    key: "warmup_steps",
    label: "Warm-up",
    unit: "steps",
    help: "Steps in which the learning rate rises to its peak.",
    min: 0,
    max: 1_000_000,
  },
  {
    key: "min_lr_rate",
    label: "Share at the end",
    unit: "of the peak",
    help: "The learning rate falls to this share of its peak; 1 keeps it level.",
    min: 0,
    max: 1,
    step: "any",
  },
];

export const batchFields: Field<TrainingField>[] = [
  {
    key: "batch_size",
    label: "Batch size",
    unit: "windows",
    help: "Windows of text looked at together; more is steadier and takes more memory.",
    min: 1,
    max: 1_024,
  },
  {
    key: "gradient_accumulation_steps",
    label: "Batches a step",
    unit: "batches",
    help: "Batches added up for one step: a larger batch without more memory.",
    min: 1,
    max: 1_024,
  },
];

export const evaluationFields: Field<TrainingField>[] = [
  {
    key: "eval_steps",
    label: "Validate every",
    unit: "steps",
    help: "How often the loss on the held-out stories is measured.",
    min: 1,
    max: 1_000_000,
  },
];

const labels = new Map<string, string>(
  [shapeFields, optimizerFields, scheduleFields, batchFields, evaluationFields]
    .flat()
    .map(({ key, label }) => [key, label]),
).set("vocab_size", "Vocabulary size");

/** What a field is called on the page. */
export function labelOf(field: string): string {
  return labels.get(field) ?? field;
}

/** The id of a field's input. */
export function fieldId(field: string): string {
  return `setting-${field}`;
}
