import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import type { ModelConfig } from "../model/config";
import { relativeL2 } from "./compare";
import { IGNORED } from "./cross-entropy";
import { finiteDifferences, normals } from "./finite-differences";
import { llama } from "./llama";

function config(tied: boolean, heads: number, kvHeads: number): ModelConfig {
  return {
    vocab_size: 11,
    hidden_size: 8,
    intermediate_size: 5,
    num_hidden_layers: 2,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    max_position_embeddings: 3,
    rms_norm_eps: 1e-5,
    rope_theta: 10_000,
    tie_word_embeddings: tied,
  };
}

function randomWeights(c: ModelConfig): Map<string, Float64Array> {
  const rng = new Rng(11);
  const { hidden_size: d, intermediate_size: f, vocab_size: v } = c;
  const kv = (d / c.num_attention_heads) * c.num_key_value_heads;
  const sizes: [string, number][] = [["model.embed_tokens.weight", v * d]];
  for (let i = 0; i < c.num_hidden_layers; i++) {
    const prefix = `model.layers.${i}`;
    sizes.push(
      [`${prefix}.input_layernorm.weight`, d],
      [`${prefix}.self_attn.q_proj.weight`, d * d],
      [`${prefix}.self_attn.k_proj.weight`, kv * d],
      [`${prefix}.self_attn.v_proj.weight`, kv * d],
      [`${prefix}.self_attn.o_proj.weight`, d * d],
      [`${prefix}.post_attention_layernorm.weight`, d],
      [`${prefix}.mlp.gate_proj.weight`, f * d],
      [`${prefix}.mlp.up_proj.weight`, f * d],
      [`${prefix}.mlp.down_proj.weight`, d * f],
    );
  }
  sizes.push(["model.norm.weight", d]);
  if (!c.tie_word_embeddings) sizes.push(["lm_head.weight", v * d]);
  return new Map(sizes.map(([name, size]) => [name, normals(rng, size, 0.5)]));
}

const input = {
  ids: Uint32Array.of(1, 4, 4, 10, 0, 7),
  targets: Uint32Array.of(4, 4, IGNORED, 0, 7, 10),
  batch: 2,
  context: 3,
};

// Against Hugging Face's LlamaForCausalLM it is held in tests/llama-reference.test.ts.
describe("llama", () => {
  it.each([
    [true, 4, 4],
    [false, 4, 2],
    [true, 2, 1],
  ])("has the gradients that finite differences see: tied %s, heads %i over %i", (...shape) => {
    const c = config(...shape);
    const weights = randomWeights(c);
    const { gradients } = llama(c, weights, input);
    expect([...gradients.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [name, tensor] of weights) {
      const numeric = finiteDifferences(
        (moved) => llama(c, new Map(weights).set(name, moved), input).loss,
        tensor,
      );
      expect(relativeL2(gradients.get(name)!, numeric), name).toBeLessThan(1e-6);
    }
  });

  it("adds up micro-batches that divide by the tokens of the whole step", () => {
    const c = config(false, 4, 2);
    const weights = randomWeights(c);
    const whole = llama(c, weights, input);
    const halves = [0, 1].map((i) =>
      llama(c, weights, {
        ids: input.ids.slice(3 * i, 3 * i + 3),
        targets: input.targets.slice(3 * i, 3 * i + 3),
        batch: 1,
        context: 3,
        predicted: 5,
      }),
    );
    expect(halves[0]!.loss + halves[1]!.loss).toBeCloseTo(whole.loss, 13);
    for (const [name, gradient] of whole.gradients) {
      const other = halves[1]!.gradients.get(name)!;
      const sum = halves[0]!.gradients.get(name)!.map((value, i) => value + other[i]!);
      expect(relativeL2(sum, gradient), name).toBeLessThan(1e-12);
    }
  });

  it("names the tensor that is missing", () => {
    const weights = randomWeights(config(true, 4, 4));
    expect(() => llama(config(false, 4, 4), weights, input)).toThrow("no tensor lm_head.weight");
  });
});
