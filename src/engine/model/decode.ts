import type { Recorder } from "../gpu/plan";
import type { Tensor } from "../gpu/tensor";
import { attentionKernels } from "../kernels/attention";
import { embeddingForward } from "../kernels/embedding";
import { matvec, matvecResidual } from "../kernels/matvec";
import { rmsnormForward } from "../kernels/rmsnorm";
import { rope } from "../kernels/rope";
import { swigluForward } from "../kernels/swiglu";
import { recordForward, ropeParams } from "./forward";
import { modelSizes, type ParameterBlock } from "./layout";
import { blockOf, type Model } from "./model";

export interface DecodeTensors {
  /** [1] for `recordDecode`, [context] for `recordPrefill`. */
  ids: Tensor;
  /** [0]: the position whose logits are wanted (the new token's, or the prompt's last). */
  cursor: Tensor;
  /** For each layer the packed, rotated q, k, v rows, [context, qkv width]. */
  cache: readonly Tensor[];
  /** Out: [vocab]. */
  logits: Tensor;
}

/** Records one new token: its row goes into the cache, its logits come out. */
export function recordDecode(recorder: Recorder, model: Model, tensors: DecodeTensors): void {
  const { config, layout, weights } = model;
  const { hidden_size: hidden, intermediate_size: ffn } = config;
  const { headDim, qkvWidth } = modelSizes(config);
  const context = config.max_position_embeddings;
  const { cursor } = tensors;

  const norm = (x: Tensor, gain: ParameterBlock): Tensor => {
    const y = recorder.temp("normed", hidden);
    recorder.dispatch(
      rmsnormForward,
      { x, gain: blockOf(weights, gain), y, inverse_rms: recorder.temp("inverse rms", 4) },
      { rows: 1, width: hidden, eps: config.rms_norm_eps },
    );
    return y;
  };
  const linear = (weight: ParameterBlock, x: Tensor, y: Tensor, inputs: number, outputs: number) =>
    recorder.dispatch(
      matvec,
      { w: blockOf(weights, weight), x, residual: x, cursor, y },
      { n: outputs, k4: inputs / 4, x_row4: 0, y_row: 0 },
    );
  const linearResidual = (weight: ParameterBlock, x: Tensor, inputs: number, residual: Tensor) => {
    const y = recorder.temp("residual", hidden);
    recorder.dispatch(
      matvecResidual,
      { w: blockOf(weights, weight), x, residual, cursor, y },
      { n: hidden, k4: inputs / 4, x_row4: 0, y_row: 0 },
    );
    return y;
  };

  let x = recorder.temp("embedding", hidden);
  recorder.dispatch(
    embeddingForward,
    { ids: tensors.ids, table: blockOf(weights, layout.embedding), out: x },
    { rows: 1, width4: hidden / 4 },
  );
  layout.layers.forEach((blocks, i) => {
    const qkv = tensors.cache[i]!;
    const normed = norm(x, blocks.inputGain);
    recorder.dispatch(
      matvec,
      { w: blockOf(weights, blocks.qkv), x: normed, residual: normed, cursor, y: qkv },
      { n: qkvWidth, k4: hidden / 4, x_row4: 0, y_row: qkvWidth },
    );
    recorder.dispatch(
      rope,
      { cosine: model.cosine, sine: model.sine, cursor, qkv },
      { ...ropeParams(model, { batch: 1, context }, 1), rows: 1 },
    );
    const attended = recorder.temp("attention", hidden);
    recorder.dispatch(
      attentionKernels(headDim).decode,
      { qkv, cursor, out: attended },
      {
        context,
        heads: config.num_attention_heads,
        kv_heads: config.num_key_value_heads,
        scale: 1 / Math.sqrt(headDim),
      },
    );
    const middle = linearResidual(blocks.output, attended, hidden, x);
    const gateUp = recorder.temp("gate and up", 2 * ffn);
    linear(blocks.gateUp, norm(middle, blocks.postAttentionGain), gateUp, hidden, 2 * ffn);
    const activated = recorder.temp("activated", ffn);
    recorder.dispatch(
      swigluForward,
      { gate_up: gateUp, out: activated },
      { rows: 1, width4: ffn / 4 },
    );
    x = linearResidual(blocks.down, activated, ffn, middle);
  });
  linear(layout.head, norm(x, layout.finalGain), tensors.logits, hidden, config.vocab_size);
}

/** Records a whole context at once: fills the cache, and gives the logits at the cursor. */
export function recordPrefill(recorder: Recorder, model: Model, tensors: DecodeTensors): void {
  const { config, layout, weights } = model;
  const shape = { batch: 1, context: config.max_position_embeddings };
  const { finalNorm } = recordForward(recorder, model, shape, tensors.ids, tensors.cache);
  recorder.dispatch(
    matvec,
    {
      w: blockOf(weights, layout.head),
      x: finalNorm.y,
      residual: finalNorm.y,
      cursor: tensors.cursor,
      y: tensors.logits,
    },
    {
      n: config.vocab_size,
      k4: config.hidden_size / 4,
      x_row4: config.hidden_size / 4,
      y_row: 0,
    },
  );
}
