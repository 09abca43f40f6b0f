import type { Recorder } from "../gpu/plan";
import type { Tensor } from "../gpu/tensor";
import { attentionKernels } from "../kernels/attention";
import { embeddingForward } from "../kernels/embedding";
import { recordMatmul } from "../kernels/matmul";
import { rmsnormForward } from "../kernels/rmsnorm";
import { rope } from "../kernels/rope";
import { swigluForward } from "../kernels/swiglu";
import { modelSizes, type ParameterBlock } from "./layout";
import { blockOf, type Model } from "./model";

/** Windows of `context` tokens each; a row is one token of one window. */
export interface BatchShape {
  batch: number;
  context: number;
}

/** What RMSNorm's backward needs. */
export interface NormActivations {
  /** Input, [rows, hidden]. */
  x: Tensor;
  /** [rows]. */
  inverseRms: Tensor;
  /** Output, [rows, hidden]. */
  y: Tensor;
}

/** What one layer's backward needs. */
export interface LayerActivations {
  attentionNorm: NormActivations;
  /** Packed q, k, v heads with q and k rotated, [rows, qkv width]. */
  qkv: Tensor;
  /** Attention's output before the projection, [rows, hidden]. */
  attention: Tensor;
  /** [rows, heads]. */
  logSumExp: Tensor;
  ffnNorm: NormActivations;
  /** Gate and up side by side, [rows, 2 intermediate]. */
  gateUp: Tensor;
}

export interface ForwardActivations {
  layers: LayerActivations[];
  finalNorm: NormActivations;
}

/**
 * Records the forward pass up to the final norm. What nobody reads afterwards gives up its memory
 * at once, so the same recording serves training, evaluation and prefill.
 * @param ids [batch * context]
 * @param cache where to put each layer's packed rows, instead of a temporary tensor
 */
export function recordForward(
  recorder: Recorder,
  model: Model,
  shape: BatchShape,
  ids: Tensor,
  cache?: readonly Tensor[],
): ForwardActivations {
  const { config, layout, weights, variants } = model;
  const { hidden_size: hidden, intermediate_size: ffn } = config;
  const { headDim, qkvWidth } = modelSizes(config);
  const rows = shape.batch * shape.context;
  const attention = attentionKernels(headDim);

  const norm = (name: string, x: Tensor, gain: ParameterBlock): NormActivations => {
    const y = recorder.temp(`${name} y`, rows * hidden);
    const inverseRms = recorder.temp(`${name} inverse rms`, rows);
    recorder.dispatch(
      rmsnormForward,
      { x, gain: blockOf(weights, gain), y, inverse_rms: inverseRms },
      { rows, width: hidden, eps: config.rms_norm_eps },
    );
    return { x, inverseRms, y };
  };
  /** `x` [rows, inputs] through a linear layer to [rows, outputs]. */
  const linear = (
    x: Tensor,
    weight: ParameterBlock,
    c: Tensor,
    inputs: number,
    outputs: number,
    residual?: Tensor,
  ) =>
    recordMatmul(recorder, variants.matmul, "nt", {
      a: x,
      b: blockOf(weights, weight),
      c,
      m: rows,
      n: outputs,
      k: inputs,
      ...(residual && { residual }),
    });

  let x = recorder.temp("embedding", rows * hidden);
  recorder.dispatch(
    embeddingForward,
    { ids, table: blockOf(weights, layout.embedding), out: x },
    { rows, width4: hidden / 4 },
  );
  const layers = layout.layers.map((blocks, i): LayerActivations => {
    const name = (part: string) => `layer ${i} ${part}`;
    const attentionNorm = norm(name("attention norm"), x, blocks.inputGain);
    const qkv = cache?.[i] ?? recorder.temp(name("qkv"), rows * qkvWidth);
    linear(attentionNorm.y, blocks.qkv, qkv, hidden, qkvWidth);
    recorder.dispatch(
      rope,
      { cosine: model.cosine, sine: model.sine, cursor: model.origin, qkv },
      ropeParams(model, shape, 1),
    );
    const attended = recorder.temp(name("attention"), rows * hidden);
    const logSumExp = recorder.temp(name("log-sum-exp"), rows * config.num_attention_heads);
    recorder.dispatch(
      attention.forward,
      { qkv, out: attended, log_sum_exp: logSumExp },
      attentionParams(model, shape),
    );
    const middle = recorder.temp(name("residual after attention"), rows * hidden);
    linear(attended, blocks.output, middle, hidden, hidden, x);

    const ffnNorm = norm(name("ffn norm"), middle, blocks.postAttentionGain);
    const gateUp = recorder.temp(name("gate and up"), rows * 2 * ffn);
    linear(ffnNorm.y, blocks.gateUp, gateUp, hidden, 2 * ffn);
    const activated = recorder.temp(name("activated"), rows * ffn);
    recorder.dispatch(
      swigluForward,
      { gate_up: gateUp, out: activated },
      { rows, width4: ffn / 4 },
    );
    const out = recorder.temp(name("residual after ffn"), rows * hidden);
    linear(activated, blocks.down, out, ffn, hidden, middle);
    x = out;
    return { attentionNorm, qkv, attention: attended, logSumExp, ffnNorm, gateUp };
  });
  return { layers, finalNorm: norm("final norm", x, layout.finalGain) };
}

export function attentionParams({ config }: Model, shape: BatchShape) {
  return {
    ...shape,
    heads: config.num_attention_heads,
    kv_heads: config.num_key_value_heads,
    scale: 1 / Math.sqrt(modelSizes(config).headDim),
  };
}

export function ropeParams({ config }: Model, shape: BatchShape, direction: 1 | -1) {
  const { headDim, qkvWidth } = modelSizes(config);
  return {
    rows: shape.batch * shape.context,
    context: shape.context,
    heads: config.num_attention_heads + config.num_key_value_heads,
    half: headDim / 2,
    row_stride: qkvWidth,
    direction,
  };
}
