import { alignElements } from "../gpu/tensor";
import type { ModelConfig } from "./config";

/** One tensor under its Hugging Face name, and where it lies in the flat parameter buffer. */
export interface ParameterSlot {
  name: string;
  shape: readonly number[];
  /** First element in the flat buffer. */
  start: number;
  elements: number;
  /** Standard deviation to draw it with; null for gains, which start at 1. */
  standardDeviation: number | null;
}

/** What kernels bind: one tensor, or several stacked along their rows (q, k, v; gate, up). */
export interface ParameterBlock {
  start: number;
  elements: number;
}

export interface LayerBlocks {
  inputGain: ParameterBlock;
  /** [(heads + 2 kv_heads) head_dim, hidden]: q, k, v. */
  qkv: ParameterBlock;
  /** [hidden, heads head_dim]. */
  output: ParameterBlock;
  postAttentionGain: ParameterBlock;
  /** [2 intermediate, hidden]: gate, up. */
  gateUp: ParameterBlock;
  /** [hidden, intermediate]. */
  down: ParameterBlock;
}

/**
 * All parameters in one flat buffer, so that clipping and the optimizer are one dispatch each.
 * Matrices come first: weight decay applies to `[0, decayed)`. Blocks start where a binding may;
 * the gaps hold zeros and stay zero.
 */
export interface ParameterLayout {
  /** In Hugging Face's order, which is also the order of initialization. */
  slots: readonly ParameterSlot[];
  embedding: ParameterBlock;
  layers: readonly LayerBlocks[];
  finalGain: ParameterBlock;
  /** [vocab, hidden]; the embedding itself when tied. */
  head: ParameterBlock;
  decayed: number;
  length: number;
}

/** GPT-2's and LLaMA's usual choice. */
const INITIALIZER_RANGE = 0.02;

/** Sizes that several places of the engine derive from a config. */
export function modelSizes(config: ModelConfig) {
  const headDim = config.hidden_size / config.num_attention_heads;
  const keyValueWidth = headDim * config.num_key_value_heads;
  return { headDim, keyValueWidth, qkvWidth: config.hidden_size + 2 * keyValueWidth };
}

export function parameterLayout(config: ModelConfig): ParameterLayout {
  const { vocab_size: vocab, hidden_size: hidden, intermediate_size: ffn } = config;
  const { keyValueWidth } = modelSizes(config);
  const slots: ParameterSlot[] = [];
  let end = 0;

  /** Appends tensors that share their row length as one block. */
  const place = (tensors: [name: string, shape: number[], deviation: number | null][]) => {
    const block = { start: end, elements: 0 };
    for (const [name, shape, standardDeviation] of tensors) {
      const elements = shape.reduce((product, size) => product * size, 1);
      slots.push({ name, shape, start: end, elements, standardDeviation });
      end += elements;
      block.elements += elements;
    }
    end = alignElements(end);
    return block;
  };
  const matrix = (name: string, rows: number, columns: number, scale = 1) =>
    [name, [rows, columns], INITIALIZER_RANGE * scale] as [string, number[], number];
  const gain = (name: string) => place([[name, [hidden], null]]);

  // GPT-2: what adds to the residual stream is scaled by the number of additions.
  const residualScale = 1 / Math.sqrt(2 * config.num_hidden_layers);
  const embedding = place([matrix("model.embed_tokens.weight", vocab, hidden)]);
  const matrices = [];
  for (let i = 0; i < config.num_hidden_layers; i++) {
    const name = (part: string) => `model.layers.${i}.${part}.weight`;
    matrices.push({
      qkv: place([
        matrix(name("self_attn.q_proj"), hidden, hidden),
        matrix(name("self_attn.k_proj"), keyValueWidth, hidden),
        matrix(name("self_attn.v_proj"), keyValueWidth, hidden),
      ]),
      output: place([matrix(name("self_attn.o_proj"), hidden, hidden, residualScale)]),
      gateUp: place([
        matrix(name("mlp.gate_proj"), ffn, hidden),
        matrix(name("mlp.up_proj"), ffn, hidden),
      ]),
      down: place([matrix(name("mlp.down_proj"), hidden, ffn, residualScale)]),
    });
  }
  const head = config.tie_word_embeddings
    ? embedding
    : place([matrix("lm_head.weight", vocab, hidden)]);
  const decayed = end;
  const layers = matrices.map((blocks, i) => ({
    ...blocks,
    inputGain: gain(`model.layers.${i}.input_layernorm.weight`),
    postAttentionGain: gain(`model.layers.${i}.post_attention_layernorm.weight`),
  }));
  const finalGain = gain("model.norm.weight");
  return { slots, embedding, layers, finalGain, head, decayed, length: end };
}
