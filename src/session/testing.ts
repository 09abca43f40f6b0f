import { type ModelConfig, presetByName } from "../engine/model/config";

/** The smallest model with all parts: a software GPU takes its steps in a fraction of Nano's time. */
export function tinyModel(vocab_size: number): ModelConfig {
  return {
    ...presetByName("nano").model,
    vocab_size,
    hidden_size: 32,
    intermediate_size: 44,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    num_key_value_heads: 2,
    max_position_embeddings: 16,
  };
}
