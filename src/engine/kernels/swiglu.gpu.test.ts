import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import { swigluBackward, swigluForward } from "../reference/swiglu";
import { toFloat64 } from "./example";
import {
  manyVectors,
  swigluBackwardExample,
  swigluForwardExample,
  swigluShapes,
} from "./swiglu.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

describe("swiglu_forward", () => {
  it.each([...swigluShapes, manyVectors])("matches the reference: %o", async (shape) => {
    const example = swigluForwardExample(shape);
    const { out } = await test.dispatch(example);
    expectClose(out, swigluForward(toFloat64(example.data.gate_up), shape.rows, shape.width));
  });
});

describe("swiglu_backward", () => {
  it.each([...swigluShapes, manyVectors])("matches the reference: %o", async (shape) => {
    const { rows, width } = shape;
    const example = swigluBackwardExample(shape);
    const { gate_up } = await test.dispatch(example);
    const { gate_up: before, d_out } = example.data;
    expectClose(gate_up, swigluBackward(toFloat64(before), toFloat64(d_out), rows, width));
  });

  const small = swigluShapes.filter(({ rows, width }) => rows > 0 && rows * width <= 1200);
  it.each(small)("has the gradient that finite differences see: %o", async (shape) => {
    const { rows, width } = shape;
    const example = swigluBackwardExample(shape);
    const { gate_up } = await test.dispatch(example);
    const numeric = finiteDifferences(
      (moved) => innerProduct(swigluForward(moved, rows, width), toFloat64(example.data.d_out)),
      toFloat64(example.data.gate_up),
    );
    expect(relativeL2(gate_up, numeric)).toBeLessThanOrEqual(1e-4);
  });
});
