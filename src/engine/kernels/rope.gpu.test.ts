import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import { rope } from "../reference/rope";
import { toFloat64 } from "./example";
import { manyPairs, type RopeShape, ropeExample, ropeShapes } from "./rope.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

/** The reference turns rows from position 0 on: the rows before the cursor are turned and then put back. */
function turned(x: Float64Array, shape: RopeShape, inverse: boolean): Float64Array {
  const { rows, heads, valueHeads, headDim, context, theta = 10_000, cursor = 0 } = shape;
  const rowStride = (heads + valueHeads) * headDim;
  const end = cursor + rows;
  const y = rope(x, { rows: end, heads, headDim, rowStride, offset: 0, context, theta, inverse });
  y.set(x.subarray(0, cursor * rowStride));
  return y;
}

describe.each([1, -1] as const)("rope, direction %i", (direction) => {
  it.each([...ropeShapes, manyPairs])("turns q and k heads and nothing else: %o", async (shape) => {
    const example = ropeExample(shape, direction);
    const { qkv } = await test.dispatch(example);
    const before = example.data.qkv;
    expectClose(qkv, turned(toFloat64(before), shape, direction === -1));
    const { rows, heads, valueHeads, headDim, cursor = 0 } = shape;
    const stride = (heads + valueHeads) * headDim;
    const untouched = qkv.every((value, i) => {
      const row = Math.floor(i / stride);
      const inside = row >= cursor && row < cursor + rows && i % stride < heads * headDim;
      return inside || value === before[i];
    });
    expect(untouched).toBe(true);
  });
});

describe("rope backward", () => {
  const small = ropeShapes.filter((s) => {
    return (
      s.rows > 0 && ((s.cursor ?? 0) + s.rows + 1) * (s.heads + s.valueHeads) * s.headDim < 3000
    );
  });
  it.each(small)("has the gradient that finite differences see: %o", async (shape) => {
    const example = ropeExample(shape, -1);
    const { qkv } = await test.dispatch(example);
    const d_out = toFloat64(example.data.qkv);
    const numeric = finiteDifferences(
      (moved) => innerProduct(turned(moved, shape, false), d_out),
      new Float64Array(d_out.length),
    );
    expect(relativeL2(qkv, numeric)).toBeLessThanOrEqual(1e-4);
  });
});
