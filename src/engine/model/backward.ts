import type { Recorder } from "../gpu/plan";
import type { Tensor } from "../gpu/tensor";
import { attentionKernels } from "../kernels/attention";
import { columnSum } from "../kernels/column-sum";
import { embeddingBackward } from "../kernels/embedding";
import { recordMatmul } from "../kernels/matmul";
import { ROWS_PER_BLOCK, rmsnormBackward, rmsnormBackwardGain } from "../kernels/rmsnorm";
import { rope } from "../kernels/rope";
import { swigluBackward, swigluForward } from "../kernels/swiglu";
import {
  attentionParams,
  type BatchShape,
  type ForwardActivations,
  type NormActivations,
  ropeParams,
} from "./forward";
import { modelSizes, type ParameterBlock } from "./layout";
import { blockOf, type Model } from "./model";

/** The batch's rows sorted by token: see groupRowsByToken. */
export interface TokenGroups {
  /** [vocab + 1]. */
  starts: Tensor;
  /** [rows]. */
  positions: Tensor;
}

/**
 * Records the backward pass below the head. Every weight gradient is added to `gradients`.
 * Activations that it overwrites (gate and up, the packed gradient) are not needed again.
 * @param dNormed gradient of the final norm's output, [rows, hidden]
 */
export function recordBackward(
  recorder: Recorder,
  model: Model,
  shape: BatchShape,
  forward: ForwardActivations,
  tokens: TokenGroups,
  dNormed: Tensor,
  gradients: Tensor,
): void {
  const { config, layout, weights, variants } = model;
  const { hidden_size: hidden, intermediate_size: ffn, vocab_size: vocab } = config;
  const { headDim, qkvWidth } = modelSizes(config);
  const rows = shape.batch * shape.context;
  const attention = attentionKernels(headDim);

  /** A linear layer's two gradients; returns the input's, [rows, inputs]. */
  const linear = (
    name: string,
    weight: ParameterBlock,
    x: Tensor,
    dOut: Tensor,
    inputs: number,
    outputs: number,
  ): Tensor => {
    recordMatmul(recorder, variants.matmul, "tn", {
      a: dOut,
      b: x,
      c: blockOf(gradients, weight),
      m: outputs,
      n: inputs,
      k: rows,
      accumulate: true,
    });
    const dX = recorder.temp(name, rows * inputs);
    recordMatmul(recorder, variants.matmul, "nn", {
      a: dOut,
      b: blockOf(weights, weight),
      c: dX,
      m: rows,
      n: inputs,
      k: outputs,
    });
    return dX;
  };
  /** Adds the norm's input gradient to `dX` and its gain's gradient to `gradients`. */
  const norm = ({ x, inverseRms }: NormActivations, gain: ParameterBlock, dY: Tensor) => {
    const partial = recorder.temp(
      "gain gradient by blocks",
      Math.ceil(rows / ROWS_PER_BLOCK) * hidden,
    );
    recorder.dispatch(
      rmsnormBackwardGain,
      { x, inverse_rms: inverseRms, d_y: dY, partial },
      { rows, width4: hidden / 4 },
    );
    recorder.dispatch(
      columnSum,
      { x: partial, sums: blockOf(gradients, gain) },
      { rows: Math.ceil(rows / ROWS_PER_BLOCK), width4: hidden / 4 },
    );
    recorder.dispatch(
      rmsnormBackward,
      { x, gain: blockOf(weights, gain), inverse_rms: inverseRms, d_y: dY, d_x: dX },
      { rows, width: hidden },
    );
  };

  // The gradient of the residual stream: every norm adds its share on the way down.
  const dX = recorder.temp("residual gradient", rows * hidden);
  recorder.clear(dX);
  norm(forward.finalNorm, layout.finalGain, dNormed);

  for (let i = layout.layers.length - 1; i >= 0; i--) {
    const blocks = layout.layers[i]!;
    const kept = forward.layers[i]!;
    const name = (part: string) => `layer ${i} ${part} gradient`;

    const activated = recorder.temp(`layer ${i} activated again`, rows * ffn);
    recorder.dispatch(
      swigluForward,
      { gate_up: kept.gateUp, out: activated },
      { rows, width4: ffn / 4 },
    );
    const dActivated = linear(name("activated"), blocks.down, activated, dX, ffn, hidden);
    recorder.dispatch(
      swigluBackward,
      { d_out: dActivated, gate_up: kept.gateUp },
      { rows, width4: ffn / 4 },
    );
    const dFfnNormed = linear(
      name("ffn norm"),
      blocks.gateUp,
      kept.ffnNorm.y,
      kept.gateUp,
      hidden,
      2 * ffn,
    );
    norm(kept.ffnNorm, blocks.postAttentionGain, dFfnNormed);

    const dAttention = linear(name("attention"), blocks.output, kept.attention, dX, hidden, hidden);
    const delta = recorder.temp(name("delta"), rows * config.num_attention_heads);
    const dQkv = recorder.temp(name("qkv"), rows * qkvWidth);
    const { qkv, logSumExp } = kept;
    recorder.dispatch(
      attention.backwardQuery,
      {
        qkv,
        out: kept.attention,
        log_sum_exp: logSumExp,
        d_out: dAttention,
        delta,
        d_qkv: dQkv,
      },
      attentionParams(model, shape),
    );
    recorder.dispatch(
      attention.backwardKeyValue,
      { qkv, log_sum_exp: logSumExp, delta, d_out: dAttention, d_qkv: dQkv },
      attentionParams(model, shape),
    );
    recorder.dispatch(
      rope,
      { cosine: model.cosine, sine: model.sine, cursor: model.origin, qkv: dQkv },
      ropeParams(model, shape, -1),
    );
    const dNormedInput = linear(
      name("attention norm"),
      blocks.qkv,
      kept.attentionNorm.y,
      dQkv,
      hidden,
      qkvWidth,
    );
    norm(kept.attentionNorm, blocks.inputGain, dNormedInput);
  }
  recorder.dispatch(
    embeddingBackward,
    {
      starts: tokens.starts,
      positions: tokens.positions,
      d_out: dX,
      d_table: blockOf(gradients, layout.embedding),
    },
    { vocab, width4: hidden / 4 },
  );
}
