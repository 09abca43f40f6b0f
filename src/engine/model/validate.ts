import { problem } from "../../lib/errors";
import type { ModelConfig, TrainingConfig } from "./config";

const MAX_HEAD_DIM = 128;

/** @throws config-invalid: names the first field that is impossible, and the rule it breaks */
export function validateModel(config: ModelConfig): void {
  const check = (field: keyof ModelConfig, possible: boolean, rule: string) => {
    if (!possible) throw problem("config-invalid", { field, value: Number(config[field]), rule });
  };
  const sizes = [
    "vocab_size",
    "hidden_size",
    "intermediate_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "max_position_embeddings",
  ] as const;
  for (const field of sizes) {
    check(field, Number.isInteger(config[field]) && config[field] > 0, "it must be a whole number");
  }
  const { hidden_size: hidden, num_attention_heads: heads, num_key_value_heads: shared } = config;
  check("vocab_size", config.vocab_size <= 65_536, "tokens are stored in 16 bits");
  check("intermediate_size", config.intermediate_size % 4 === 0, "it must be a multiple of 4");
  check("num_attention_heads", hidden % heads === 0, `it must divide hidden_size ${hidden}`);
  const headDim = hidden / heads;
  check(
    "num_attention_heads",
    headDim % 4 === 0 && headDim <= MAX_HEAD_DIM,
    `hidden_size / num_attention_heads is ${headDim}, but must be a multiple of 4 up to ${MAX_HEAD_DIM}`,
  );
  check("num_key_value_heads", heads % shared === 0, `it must divide num_attention_heads ${heads}`);
  check("rms_norm_eps", config.rms_norm_eps > 0, "it must be above 0");
  check("rope_theta", config.rope_theta > 0, "it must be above 0");
}

/** @throws config-invalid */
export function validateTraining(config: TrainingConfig): void {
  const check = (field: keyof TrainingConfig, possible: boolean, rule: string) => {
    if (!possible) throw problem("config-invalid", { field, value: config[field], rule });
  };
  for (const field of [
    "max_steps",
    "batch_size",
    "gradient_accumulation_steps",
    "eval_steps",
  ] as const) {
    check(field, Number.isInteger(config[field]) && config[field] > 0, "it must be a whole number");
  }
  const between = (field: keyof TrainingConfig, low: number, high: number) =>
    check(
      field,
      config[field] >= low && config[field] <= high,
      `it must be between ${low} and ${high}`,
    );
  between("learning_rate", 0, 1);
  between("min_lr_rate", 0, 1);
  between("weight_decay", 0, 1);
  between("adam_beta1", 0, 0.99999);
  between("adam_beta2", 0, 0.99999);
  check("adam_epsilon", config.adam_epsilon > 0, "it must be above 0");
  check("max_grad_norm", config.max_grad_norm > 0, "it must be above 0");
  check(
    "warmup_steps",
    Number.isInteger(config.warmup_steps) &&
      config.warmup_steps >= 0 &&
      config.warmup_steps <= config.max_steps,
    `it must be a whole number from 0 to max_steps ${config.max_steps}`,
  );
  check("seed", Number.isSafeInteger(config.seed), "it must be a whole number");
}
