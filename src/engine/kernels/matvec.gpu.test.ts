import { describe, expect, it } from "vitest";
import { matmul } from "../reference/matmul";
import { toFloat64 } from "./example";
import { manyOutputs, matvecExample, matvecShapes } from "./matvec.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

describe.each(["store", "residual"] as const)("matvec, %s", (epilogue) => {
  it.each([...matvecShapes, manyOutputs])("matches the reference: %o", async (shape) => {
    const { n, k, cursor = 0, xRow = 0, yRow = 0 } = shape;
    const example = matvecExample(shape, epilogue);
    const { y } = await test.dispatch(example);
    const { w, x, residual } = example.data;
    const input = toFloat64(x.subarray(cursor * xRow, cursor * xRow + k));
    const product = matmul(toFloat64(w), input, { m: n, n: 1, k });
    const start = cursor * yRow;
    expectClose(
      y.subarray(start, start + n),
      product.map((value, i) => value + (residual[i] ?? 0)),
    );
    const others = [...y.subarray(0, start), ...y.subarray(start + n)];
    expect(others.every(Number.isNaN)).toBe(true);
  });
});
