/** The fields of Hugging Face's `LlamaConfig` that shapes follow from. */
export interface LlamaSizes {
  vocab_size: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  tie_word_embeddings: boolean;
}

/**
 * The tensors of Hugging Face's `LlamaForCausalLM` with their shapes, in its order. Linear weights
 * are [out, in]; a tied head has no tensor of its own.
 */
export function llamaTensorShapes(sizes: LlamaSizes): Map<string, readonly number[]> {
  const { vocab_size: vocab, hidden_size: hidden, intermediate_size: ffn } = sizes;
  const keyValue = (hidden / sizes.num_attention_heads) * sizes.num_key_value_heads;
  const shapes = new Map<string, readonly number[]>([
    ["model.embed_tokens.weight", [vocab, hidden]],
  ]);
  for (let i = 0; i < sizes.num_hidden_layers; i++) {
    const add = (part: string, ...shape: number[]) =>
      shapes.set(`model.layers.${i}.${part}.weight`, shape);
    add("self_attn.q_proj", hidden, hidden);
    add("self_attn.k_proj", keyValue, hidden);
    add("self_attn.v_proj", keyValue, hidden);
    add("self_attn.o_proj", hidden, hidden);
    add("mlp.gate_proj", ffn, hidden);
    add("mlp.up_proj", ffn, hidden);
    add("mlp.down_proj", hidden, ffn);
    add("input_layernorm", hidden);
    add("post_attention_layernorm", hidden);
  }
  shapes.set("model.norm.weight", [hidden]);
  if (!sizes.tie_word_embeddings) shapes.set("lm_head.weight", [vocab, hidden]);
  return shapes;
}
