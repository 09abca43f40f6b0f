import { Rng } from "../../lib/rng";
import { attentionForward, type AttentionShape as Shape } from "../reference/attention";
import { attentionKernels } from "./attention";
import { example, normals, toFloat32, toFloat64 } from "./example";

export interface AttentionShape extends Shape {
  /** Standard deviation of q, k and v: 4 makes softmax nearly one-hot. */
  scale?: number;
}

function shape(
  batch: number,
  context: number,
  heads: number,
  kvHeads: number,
  headDim: number,
  scale?: number,
): AttentionShape {
  return { batch, context, heads, kvHeads, headDim, ...(scale && { scale }) };
}

/** Around the tiles of 16 and the blocks of 64 queries or keys. */
export const attentionShapes: AttentionShape[] = [
  shape(0, 4, 2, 1, 8),
  shape(1, 1, 1, 1, 4),
  shape(1, 1, 4, 2, 64),
  shape(3, 2, 1, 1, 8),
  shape(1, 3, 5, 5, 4),
  shape(3, 7, 6, 2, 48),
  shape(2, 15, 2, 1, 12),
  shape(1, 16, 3, 3, 16),
  shape(1, 17, 4, 2, 32),
  shape(2, 18, 4, 4, 64),
  shape(1, 31, 8, 1, 4),
  shape(2, 33, 8, 4, 8),
  shape(2, 63, 2, 2, 16),
  shape(1, 64, 2, 1, 32),
  shape(1, 65, 4, 1, 16),
  shape(1, 65, 1, 1, 64),
  shape(1, 80, 3, 1, 12),
  shape(1, 128, 1, 1, 4),
  shape(1, 129, 2, 1, 12),
  shape(2, 130, 2, 2, 8),
  shape(1, 5, 2, 2, 128),
  shape(1, 130, 1, 1, 128),
  shape(1, 40, 2, 2, 16, 4),
  shape(2, 66, 2, 1, 48, 0.01),
];

/** One workgroup a sequence: more than WebGPU has along x. */
export const manySequences: AttentionShape = shape(65_537, 1, 1, 1, 4);

function params({ batch, context, heads, kvHeads, headDim }: Shape) {
  return { batch, context, heads, kv_heads: kvHeads, scale: 1 / Math.sqrt(headDim) };
}

function sizes({ batch, context, heads, kvHeads, headDim }: Shape) {
  const rows = batch * context;
  return {
    qkv: rows * (heads + 2 * kvHeads) * headDim,
    out: rows * heads * headDim,
    statistics: rows * heads,
  };
}

export function attentionForwardExample(shape: AttentionShape) {
  const { qkv, out, statistics } = sizes(shape);
  const data = { qkv: normals(new Rng(1), qkv, shape.scale), out, log_sum_exp: statistics };
  return example(attentionKernels(shape.headDim).forward, data, params(shape));
}

function drawBackward(shape: AttentionShape) {
  const size = sizes(shape);
  const rng = new Rng(1);
  const qkv = normals(rng, size.qkv, shape.scale);
  const forward = attentionForward(toFloat64(qkv), shape);
  return {
    qkv,
    out: toFloat32(forward.out),
    log_sum_exp: toFloat32(forward.logSumExp),
    d_out: normals(rng, size.out),
    d_qkv: size.qkv,
  };
}

/** delta[t, h] = d_out[t, h] . out[t, h] */
export function attentionDelta(out: Float32Array, d_out: Float32Array, headDim: number) {
  const delta = new Float64Array(out.length / headDim);
  out.forEach((value, i) => {
    delta[Math.floor(i / headDim)]! += value * d_out[i]!;
  });
  return delta;
}

export function attentionBackwardQueryExample(shape: AttentionShape) {
  const data = { ...drawBackward(shape), delta: sizes(shape).statistics };
  return example(attentionKernels(shape.headDim).backwardQuery, data, params(shape));
}

export function attentionBackwardKeyValueExample(shape: AttentionShape) {
  const { out, ...drawn } = drawBackward(shape);
  const data = { ...drawn, delta: toFloat32(attentionDelta(out, drawn.d_out, shape.headDim)) };
  return example(attentionKernels(shape.headDim).backwardKeyValue, data, params(shape));
}

export interface DecodeShape {
  /** Rows that the cache has room for. */
  context: number;
  /** Of the newest token. */
  position: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  scale?: number;
}

function decode(
  context: number,
  position: number,
  heads: number,
  kvHeads: number,
  headDim: number,
  scale?: number,
): DecodeShape {
  return { context, position, heads, kvHeads, headDim, ...(scale && { scale }) };
}

/** Around the 32 threads and the chunks of 128 keys. */
export const decodeShapes: DecodeShape[] = [
  decode(1, 0, 1, 1, 4),
  decode(2, 1, 2, 1, 8),
  decode(64, 0, 8, 4, 8),
  decode(64, 14, 3, 1, 12),
  decode(64, 15, 4, 4, 16),
  decode(64, 16, 4, 2, 16),
  decode(64, 31, 5, 1, 16),
  decode(64, 32, 2, 2, 48),
  decode(64, 63, 8, 8, 32),
  decode(65, 64, 6, 2, 64),
  decode(130, 1, 2, 1, 128),
  decode(130, 126, 2, 1, 4),
  decode(130, 127, 2, 1, 4),
  decode(130, 128, 2, 1, 4),
  decode(130, 129, 1, 1, 128),
  decode(256, 130, 4, 2, 12),
  decode(256, 254, 3, 3, 32),
  decode(256, 255, 8, 4, 8),
  decode(300, 256, 2, 1, 16),
  decode(512, 299, 7, 7, 48),
  decode(512, 100, 4, 2, 32, 4),
  decode(512, 511, 2, 1, 8, 4),
];

/** Rows behind the newest are NaN: a cache has not written them yet. */
export function attentionDecodeExample(shape: DecodeShape) {
  const { context, position, heads, kvHeads, headDim, scale } = shape;
  const row = (heads + 2 * kvHeads) * headDim;
  const qkv = new Float32Array(context * row).fill(Number.NaN);
  qkv.set(normals(new Rng(1), (position + 1) * row, scale));
  return example(
    attentionKernels(headDim).decode,
    { qkv, cursor: Uint32Array.of(position), out: heads * headDim },
    { context, heads, kv_heads: kvHeads, scale: 1 / Math.sqrt(headDim) },
  );
}
