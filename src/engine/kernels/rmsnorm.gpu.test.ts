import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import { rmsNormBackward, rmsNormForward } from "../reference/rms-norm";
import { columnSum } from "./column-sum";
import { toFloat64 } from "./example";
import { ROWS_PER_BLOCK } from "./rmsnorm";
import {
  EPS,
  manyColumns,
  manyRows,
  rmsnormBackwardExample,
  rmsnormBackwardGainExample,
  rmsnormForwardExample,
  rmsnormShapes,
} from "./rmsnorm.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();
const forward = (x: Float64Array, gain: Float64Array, rows: number, width: number) =>
  rmsNormForward(x, gain, rows, width, Math.fround(EPS));
const small = rmsnormShapes.filter(({ rows, width }) => rows > 0 && rows * width <= 2500);

describe("rmsnorm_forward", () => {
  it.each([...rmsnormShapes, manyRows])("matches the reference: %o", async (shape) => {
    const { rows, width } = shape;
    const example = rmsnormForwardExample(shape);
    const { y, inverse_rms } = await test.dispatch(example);
    const { x, gain } = example.data;
    const reference = forward(toFloat64(x), toFloat64(gain), rows, width);
    expectClose(y, reference.y, "y");
    expectClose(inverse_rms, reference.inverseRms, "inverse_rms");
  });
});

describe("rmsnorm_backward", () => {
  it.each([...rmsnormShapes, manyRows])("adds the reference's gradient: %o", async (shape) => {
    const { rows, width } = shape;
    const example = rmsnormBackwardExample(shape);
    const { d_x } = await test.dispatch(example);
    const { x, gain, inverse_rms, d_y, d_x: before } = example.data;
    const { dX } = rmsNormBackward(
      toFloat64(x),
      toFloat64(gain),
      toFloat64(inverse_rms),
      toFloat64(d_y),
      rows,
      width,
    );
    expectClose(
      d_x,
      dX.map((value, i) => value + before[i]!),
      "d_x",
    );
  });

  it.each(small)("has the gradient that finite differences see: %o", async (shape) => {
    const { rows, width, scale = 1 } = shape;
    const example = rmsnormBackwardExample(shape);
    example.data.d_x.fill(0);
    const { d_x } = await test.dispatch(example);
    const { x, gain, d_y } = example.data;
    const numeric = finiteDifferences(
      (moved) => innerProduct(forward(moved, toFloat64(gain), rows, width).y, toFloat64(d_y)),
      toFloat64(x),
      // Small against x, and against sqrt(eps) where x is smaller than that.
      1e-5 * Math.max(scale, Math.sqrt(EPS)),
    );
    expect(relativeL2(d_x, numeric)).toBeLessThanOrEqual(1e-4);
  });
});

describe("rmsnorm_backward_gain", () => {
  it.each([...rmsnormShapes, manyColumns])("sums each block of rows: %o", async (shape) => {
    const { rows, width } = shape;
    const example = rmsnormBackwardGainExample(shape);
    const { partial } = await test.dispatch(example);
    const { x, inverse_rms, d_y } = example.data;
    const reference = new Float64Array(partial.length);
    for (let first = 0; first < rows; first += ROWS_PER_BLOCK) {
      const last = Math.min(first + ROWS_PER_BLOCK, rows);
      const { dGain } = rmsNormBackward(
        toFloat64(x.subarray(first * width, last * width)),
        new Float64Array(width),
        toFloat64(inverse_rms.subarray(first, last)),
        toFloat64(d_y.subarray(first * width, last * width)),
        last - first,
        width,
      );
      reference.set(dGain, (first / ROWS_PER_BLOCK) * width);
    }
    expectClose(partial, reference, "partial");
  });

  it.each(small)(
    "with column_sum has the gradient that finite differences see: %o",
    async (shape) => {
      const { rows, width } = shape;
      const { kernel, data, params } = rmsnormBackwardGainExample(shape);
      const { gain } = rmsnormForwardExample(shape).data;
      const x = await test.upload(data.x);
      const inverse_rms = await test.upload(data.inverse_rms);
      const d_y = await test.upload(data.d_y);
      const sums = await test.upload(new Float32Array(width));
      await test.run((recorder) => {
        const partial = recorder.temp("partial", data.partial);
        recorder.dispatch(kernel, { x, inverse_rms, d_y, partial }, params);
        const blocks = data.partial / width;
        recorder.dispatch(columnSum, { x: partial, sums }, { rows: blocks, width4: width / 4 });
      });
      const numeric = finiteDifferences(
        (moved) =>
          innerProduct(forward(toFloat64(data.x), moved, rows, width).y, toFloat64(data.d_y)),
        toFloat64(gain),
      );
      expect(relativeL2(await test.read(sums), numeric)).toBeLessThanOrEqual(1e-4);
    },
  );
});
