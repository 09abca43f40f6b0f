import type { ModelConfig } from "../model/config";
import { attentionBackward, attentionForward } from "./attention";
import { crossEntropy, IGNORED } from "./cross-entropy";
import { embeddingBackward, embeddingForward } from "./embedding";
import { matmul } from "./matmul";
import { rmsNormBackward, rmsNormForward } from "./rms-norm";
import { rope } from "./rope";
import { swigluBackward, swigluForward } from "./swiglu";

/** Hugging Face tensor names; linear weights are [out, in]. */
export type Tensors = ReadonlyMap<string, Float64Array>;

export interface LlamaBatch {
  /** [batch · context], one sequence after the other, each from position 0. */
  ids: Uint32Array;
  /** [batch · context]: the next token, or `IGNORED`. */
  targets: Uint32Array;
  batch: number;
  context: number;
  /** Tokens that the loss is divided by; those that `targets` predicts when not given. */
  predicted?: number;
}

export interface LlamaResult {
  /** [batch · context, vocab_size] */
  logits: Float64Array;
  /** Σ nats / predicted. */
  loss: number;
  /** By the names of the weights; a tied head has none of its own. */
  gradients: Map<string, Float64Array>;
}

/** y[rows,out] = x[rows,in] Wᵀ with W [out,in], and its backward. */
function linear(x: Float64Array, w: Float64Array, rows: number) {
  const shape = { rows, in: x.length / rows, out: (w.length * rows) / x.length };
  return {
    y: matmul(x, w, { m: rows, n: shape.out, k: shape.in, transposeB: true }),
    backward: (dY: Float64Array) => ({
      dX: matmul(dY, w, { m: rows, n: shape.in, k: shape.out }),
      dW: matmul(dY, x, { m: shape.out, n: shape.in, k: rows, transposeA: true }),
    }),
  };
}

const add = (a: Float64Array, b: Float64Array) => a.map((value, i) => value + b[i]!);

function concatenate(parts: Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * LLaMA-2 (Touvron et al. 2023, arXiv:2307.09288), as Hugging Face's `LlamaForCausalLM` computes
 * it: x = embed(ids); per layer x += o(attention(rope(qkv(norm(x))))), x += down(swiglu(norm(x)));
 * logits = head(norm(x)). Forward, loss and the gradient of every weight.
 */
export function llama(config: ModelConfig, weights: Tensors, input: LlamaBatch): LlamaResult {
  const { ids, targets, batch, context } = input;
  const { hidden_size: width, vocab_size: vocab, intermediate_size: ffn } = config;
  const { num_attention_heads: heads, num_key_value_heads: kvHeads, rms_norm_eps: eps } = config;
  const rows = batch * context;
  const headDim = width / heads;
  const attention = { batch, context, heads, kvHeads, headDim };
  const rotation = {
    rows,
    heads: heads + kvHeads,
    headDim,
    rowStride: (heads + 2 * kvHeads) * headDim,
    offset: 0,
    context,
    theta: config.rope_theta,
  };
  const gradients = new Map<string, Float64Array>();
  const weight = (name: string) => {
    const tensor = weights.get(name);
    if (!tensor) throw new RangeError(`no tensor ${name}`);
    return tensor;
  };

  function norm(x: Float64Array, name: string) {
    const gain = weight(name);
    const { y, inverseRms } = rmsNormForward(x, gain, rows, width, eps);
    const backward = (dY: Float64Array) => {
      const { dX, dGain } = rmsNormBackward(x, gain, inverseRms, dY, rows, width);
      gradients.set(name, dGain);
      return dX;
    };
    return { y, backward };
  }

  /** One matmul with the rows of several weights below each other. */
  function project(x: Float64Array, names: string[]) {
    const parts = names.map(weight);
    const { y, backward } = linear(x, concatenate(parts), rows);
    return {
      y,
      backward: (dY: Float64Array) => {
        const { dX, dW } = backward(dY);
        let at = 0;
        parts.forEach((part, i) => {
          gradients.set(names[i]!, dW.slice(at, at + part.length));
          at += part.length;
        });
        return dX;
      },
    };
  }

  function layer(x: Float64Array, prefix: string) {
    const norm1 = norm(x, `${prefix}.input_layernorm.weight`);
    const qkv = project(
      norm1.y,
      ["q_proj", "k_proj", "v_proj"].map((part) => `${prefix}.self_attn.${part}.weight`),
    );
    const rotated = rope(qkv.y, rotation);
    const attended = attentionForward(rotated, attention).out;
    const o = project(attended, [`${prefix}.self_attn.o_proj.weight`]);
    const middle = add(x, o.y);
    const norm2 = norm(middle, `${prefix}.post_attention_layernorm.weight`);
    const gateUp = project(
      norm2.y,
      ["gate_proj", "up_proj"].map((part) => `${prefix}.mlp.${part}.weight`),
    );
    const activated = swigluForward(gateUp.y, rows, ffn);
    const down = project(activated, [`${prefix}.mlp.down_proj.weight`]);
    return {
      y: add(middle, down.y),
      backward: (dY: Float64Array) => {
        const dGateUp = swigluBackward(gateUp.y, down.backward(dY), rows, ffn);
        const dMiddle = add(dY, norm2.backward(gateUp.backward(dGateUp)));
        const dRotated = attentionBackward(rotated, o.backward(dMiddle), attention);
        const dQkv = rope(dRotated, { ...rotation, inverse: true });
        return add(dMiddle, norm1.backward(qkv.backward(dQkv)));
      },
    };
  }

  const table = weight("model.embed_tokens.weight");
  let x = embeddingForward(ids, table, width);
  const layers = Array.from({ length: config.num_hidden_layers }, (_, i) => {
    const done = layer(x, `model.layers.${i}`);
    x = done.y;
    return done;
  });
  const final = norm(x, "model.norm.weight");
  const head = linear(final.y, config.tie_word_embeddings ? table : weight("lm_head.weight"), rows);

  const predicted = input.predicted ?? targets.filter((target) => target !== IGNORED).length;
  const scale = 1 / predicted;
  const { losses, dLogits } = crossEntropy(head.y, targets, rows, vocab, scale);

  const { dX, dW } = head.backward(dLogits);
  let d = final.backward(dX);
  for (const { backward } of layers.toReversed()) d = backward(d);
  const dTable = embeddingBackward(ids, d, vocab, width);
  if (!config.tie_word_embeddings) gradients.set("lm_head.weight", dW);
  gradients.set("model.embed_tokens.weight", config.tie_word_embeddings ? add(dTable, dW) : dTable);
  return { logits: head.y, loss: losses.reduce((a, b) => a + b, 0) * scale, gradients };
}
