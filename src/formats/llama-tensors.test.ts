import { describe, expect, it } from "vitest";
import { llamaTensorShapes } from "./llama-tensors";

const sizes = {
  vocab_size: 11,
  hidden_size: 8,
  intermediate_size: 5,
  num_hidden_layers: 1,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  tie_word_embeddings: false,
};

// The names are held against Hugging Face's own in tests/checkpoint-interop.test.ts.
describe("llamaTensorShapes", () => {
  it("has [out, in] shapes, narrower for grouped keys and values", () => {
    expect(Object.fromEntries(llamaTensorShapes(sizes))).toEqual({
      "model.embed_tokens.weight": [11, 8],
      "model.layers.0.self_attn.q_proj.weight": [8, 8],
      "model.layers.0.self_attn.k_proj.weight": [4, 8],
      "model.layers.0.self_attn.v_proj.weight": [4, 8],
      "model.layers.0.self_attn.o_proj.weight": [8, 8],
      "model.layers.0.mlp.gate_proj.weight": [5, 8],
      "model.layers.0.mlp.up_proj.weight": [5, 8],
      "model.layers.0.mlp.down_proj.weight": [8, 5],
      "model.layers.0.input_layernorm.weight": [8],
      "model.layers.0.post_attention_layernorm.weight": [8],
      "model.norm.weight": [8],
      "lm_head.weight": [11, 8],
    });
  });

  it("has no head tensor when the head is tied", () => {
    const tied = llamaTensorShapes({ ...sizes, tie_word_embeddings: true });
    expect(tied.has("lm_head.weight")).toBe(false);
    expect(tied.size).toBe(11);
  });
});
