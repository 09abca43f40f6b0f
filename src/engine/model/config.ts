/** Field names and meanings are Hugging Face's `LlamaConfig`. */
export interface ModelConfig {
  vocab_size: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  /** Context length in tokens. */
  max_position_embeddings: number;
  rms_norm_eps: number;
  rope_theta: number;
  tie_word_embeddings: boolean;
}

/** Field names are Hugging Face's `TrainingArguments`, where it has one. */
export interface TrainingConfig {
  /** Optimizer steps of the whole run. */
  max_steps: number;
  /** Windows in one micro-batch, each of `max_position_embeddings` tokens. */
  batch_size: number;
  /** Micro-batches in one optimizer step. */
  gradient_accumulation_steps: number;
  /** Peak learning rate, reached after the warm-up. */
  learning_rate: number;
  /** The cosine ends at this share of the peak. */
  min_lr_rate: number;
  warmup_steps: number;
  weight_decay: number;
  adam_beta1: number;
  adam_beta2: number;
  adam_epsilon: number;
  /** Gradients are scaled down to this global L2 norm. */
  max_grad_norm: number;
  seed: number;
  /** Validation loss is taken every this many steps. */
  eval_steps: number;
}

export type PresetName = "nano" | "260k" | "small" | "seed" | "15m";

export interface Preset {
  name: PresetName;
  /** As the page shows it. */
  label: string;
  /** One sentence: what it is for. */
  purpose: string;
  model: ModelConfig;
  training: TrainingConfig;
}

function llama(
  vocab_size: number,
  hidden_size: number,
  num_hidden_layers: number,
  num_attention_heads: number,
  num_key_value_heads: number,
  intermediate_size: number,
  max_position_embeddings: number,
  tie_word_embeddings: boolean,
): ModelConfig {
  return {
    vocab_size,
    hidden_size,
    intermediate_size,
    num_hidden_layers,
    num_attention_heads,
    num_key_value_heads,
    max_position_embeddings,
    rms_norm_eps: 1e-5,
    rope_theta: 10_000,
    tie_word_embeddings,
  };
}

const adamw = {
  min_lr_rate: 0.1,
  weight_decay: 0.1,
  adam_beta1: 0.9,
  adam_beta2: 0.95,
  adam_epsilon: 1e-8,
  max_grad_norm: 1,
  seed: 1,
  gradient_accumulation_steps: 1,
};

export const presets: readonly Preset[] = [
  {
    name: "nano",
    label: "Nano",
    purpose: "Learns words and short phrases in minutes, even without a GPU.",
    model: llama(512, 64, 2, 4, 4, 172, 64, true),
    training: {
      ...adamw,
      max_steps: 600,
      batch_size: 8,
      learning_rate: 5e-3,
      warmup_steps: 30,
      eval_steps: 50,
    },
  },
  {
    name: "260k",
    label: "260K",
    purpose: "The size of stories260K: small, with a long context.",
    model: llama(512, 64, 5, 8, 4, 172, 512, true),
    training: {
      ...adamw,
      max_steps: 2_000,
      batch_size: 8,
      learning_rate: 3e-3,
      warmup_steps: 100,
      eval_steps: 100,
    },
  },
  {
    name: "small",
    label: "Small",
    purpose: "Whole sentences on a laptop's built-in GPU.",
    model: llama(2_048, 128, 4, 4, 4, 344, 128, true),
    training: {
      ...adamw,
      max_steps: 2_000,
      batch_size: 32,
      learning_rate: 2e-3,
      warmup_steps: 100,
      eval_steps: 100,
    },
  },
  {
    name: "seed",
    label: "Seed 12.6M",
    purpose: "Tells short stories. The one to train on a real GPU.",
    model: llama(4_096, 256, 4, 8, 8, 3_076, 256, false),
    training: {
      ...adamw,
      max_steps: 3_000,
      batch_size: 8,
      gradient_accumulation_steps: 4,
      learning_rate: 1e-3,
      warmup_steps: 150,
      eval_steps: 100,
    },
  },
  {
    name: "15m",
    label: "15M",
    purpose: "The shape of stories15M, with LLaMA-2's vocabulary size.",
    model: llama(32_000, 288, 6, 6, 6, 768, 256, true),
    training: {
      ...adamw,
      max_steps: 5_000,
      batch_size: 8,
      gradient_accumulation_steps: 4,
      learning_rate: 1e-3,
      warmup_steps: 200,
      eval_steps: 200,
    },
  },
];

export function presetByName(name: PresetName): Preset {
  return presets.find((preset) => preset.name === name)!;
}

/** Another length of the run: the warm-up stays at most a tenth of it. */
export function withSteps(training: TrainingConfig, max_steps: number): TrainingConfig {
  const warmup_steps = Math.min(training.warmup_steps, Math.ceil(max_steps / 10));
  return { ...training, max_steps, warmup_steps };
}

/** Exact number of trainable parameters. */
export function countParameters(config: ModelConfig): number {
  const { vocab_size: v, hidden_size: d, intermediate_size: f, num_hidden_layers: layers } = config;
  const keyValueWidth = (d / config.num_attention_heads) * config.num_key_value_heads;
  const attention = 2 * d * d + 2 * d * keyValueWidth;
  const block = attention + 3 * d * f + 2 * d;
  return v * d * (config.tie_word_embeddings ? 1 : 2) + layers * block + d;
}

/** GPU bytes that a run takes, by what holds them. */
export interface MemoryEstimate {
  weights: number;
  gradients: number;
  optimizer: number;
  activations: number;
  total: number;
}

/** Logits that exist at once: 32 MiB of f32. */
const LOGITS_PER_CHUNK = 2 ** 23;
/** Slices of rows must start where a binding may: 64 elements, whatever the row length. */
const ROW_GRANULE = 64;

/** Rows whose logits exist at once, so that memory does not grow with rows × vocabulary. */
export function lossChunkRows(vocab: number): number {
  return Math.max(1, Math.floor(LOGITS_PER_CHUNK / vocab / ROW_GRANULE)) * ROW_GRANULE;
}

/** Rows that an evaluation takes at once: enough to fill a GPU. */
const EVALUATION_ROWS = 2048;

/** Windows of one evaluation batch. */
export function evaluationBatchSize(config: ModelConfig, batchSize: number): number {
  const fitting = Math.floor(EVALUATION_ROWS / config.max_position_embeddings);
  return Math.max(1, Math.min(batchSize, fitting));
}

/**
 * GPU memory of a run, from the shapes alone. What a layer keeps for its backward, a row: five
 * vectors of hidden_size, q, k, v, gate, up, and three statistics; besides them the larger of one
 * chunk of logits and one activated feed-forward row.
 */
export function estimateMemory(config: ModelConfig, training: TrainingConfig): MemoryEstimate {
  const { hidden_size: hidden, intermediate_size: ffn, num_hidden_layers: layers } = config;
  const context = config.max_position_embeddings;
  const heads = config.num_attention_heads;
  const qkv = hidden + ((2 * hidden) / heads) * config.num_key_value_heads;
  const bytes = 4 * countParameters(config);
  const rows = training.batch_size * context;
  const chunk = (count: number) =>
    Math.min(count, lossChunkRows(config.vocab_size)) * config.vocab_size;

  const kept = layers * (5 * hidden + qkv + 2 * ffn + heads + 2) + 3 * hidden + 2;
  const micro = rows * kept + Math.max(chunk(rows), rows * ffn);
  const evaluated = evaluationBatchSize(config, training.batch_size) * context;
  // Forward alone keeps next to nothing: the widest pair of tensors, and the residual stream.
  const evaluation =
    Math.max(evaluated * 2 * ffn, chunk(evaluated)) + evaluated * (ffn + 2 * hidden);
  const prompt = context * (3 * ffn + hidden + layers * qkv);
  const activations = 4 * (micro + evaluation + prompt);
  return {
    weights: bytes,
    gradients: bytes,
    optimizer: 2 * bytes,
    activations,
    total: 4 * bytes + activations,
  };
}
