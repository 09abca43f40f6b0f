import { describe, it } from "vitest";
import { columnSumExample, columnSumShapes } from "./column-sum.cases";
import { toFloat64 } from "./example";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

describe("column_sum", () => {
  it.each(columnSumShapes)("adds every row to the sums: %o", async (shape) => {
    const example = columnSumExample(shape);
    const { sums } = await test.dispatch(example);
    const expected = toFloat64(example.data.sums);
    example.data.x.forEach((value, i) => {
      expected[i % shape.width]! += value;
    });
    expectClose(sums, expected);
  });
});
