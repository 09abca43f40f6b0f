import { Rng } from "../../lib/rng";
import { example, normals } from "./example";
import { rope, ropeTables } from "./rope";

export interface RopeShape {
  rows: number;
  context: number;
  /** q heads and k heads together. */
  heads: number;
  /** Heads behind them that stay as they are. */
  valueHeads: number;
  headDim: number;
  /** First row to turn; those before it stay as they are. */
  cursor?: number;
  theta?: number;
}

export const ropeShapes: RopeShape[] = [
  { rows: 0, context: 4, heads: 2, valueHeads: 1, headDim: 8 },
  { rows: 1, context: 1, heads: 2, valueHeads: 1, headDim: 4 },
  { rows: 1, context: 2, heads: 1, valueHeads: 0, headDim: 2 },
  { rows: 2, context: 2, heads: 3, valueHeads: 1, headDim: 8 },
  { rows: 3, context: 2, heads: 2, valueHeads: 1, headDim: 12 },
  { rows: 15, context: 15, heads: 8, valueHeads: 4, headDim: 16 },
  { rows: 16, context: 16, heads: 2, valueHeads: 1, headDim: 32 },
  { rows: 17, context: 16, heads: 5, valueHeads: 1, headDim: 48 },
  { rows: 32, context: 16, heads: 16, valueHeads: 8, headDim: 4 },
  { rows: 63, context: 64, heads: 2, valueHeads: 1, headDim: 64 },
  { rows: 64, context: 64, heads: 12, valueHeads: 4, headDim: 8 },
  { rows: 65, context: 64, heads: 2, valueHeads: 1, headDim: 2 },
  { rows: 130, context: 65, heads: 3, valueHeads: 1, headDim: 20 },
  { rows: 97, context: 130, heads: 2, valueHeads: 1, headDim: 128 },
  { rows: 7, context: 7, heads: 9, valueHeads: 3, headDim: 36 },
  { rows: 300, context: 256, heads: 2, valueHeads: 1, headDim: 32 },
  { rows: 12, context: 4, heads: 6, valueHeads: 2, headDim: 16, theta: 100 },
  { rows: 1, context: 64, heads: 16, valueHeads: 8, headDim: 16, cursor: 1 },
  { rows: 1, context: 64, heads: 12, valueHeads: 4, headDim: 8, cursor: 63 },
  { rows: 1, context: 130, heads: 2, valueHeads: 1, headDim: 64, cursor: 128 },
  { rows: 5, context: 8, heads: 3, valueHeads: 1, headDim: 4, cursor: 6 },
  { rows: 31, context: 17, heads: 4, valueHeads: 4, headDim: 12, cursor: 20 },
];

/** More than 65,535 workgroups of 64 pairs. */
export const manyPairs: RopeShape = {
  rows: 524_289,
  context: 128,
  heads: 4,
  valueHeads: 0,
  headDim: 4,
};

export function ropeExample(shape: RopeShape, direction: 1 | -1) {
  const { rows, context, heads, valueHeads, headDim, cursor = 0, theta = 10_000 } = shape;
  const row_stride = (heads + valueHeads) * headDim;
  // One more row behind the last, which must stay as it is too.
  const qkv = normals(new Rng(1), (cursor + rows + 1) * row_stride);
  return example(
    rope,
    { ...ropeTables(context, headDim, theta), cursor: Uint32Array.of(cursor), qkv },
    { rows, context, heads, half: headDim / 2, row_stride, direction },
  );
}
