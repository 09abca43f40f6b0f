import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { embeddingBackward, embeddingForward } from "../reference/embedding";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import {
  embeddingBackwardExample,
  embeddingForwardExample,
  embeddingShapes,
  manyRows,
  manyTokens,
} from "./embedding.cases";
import { toFloat64 } from "./example";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

describe("embedding_forward", () => {
  it.each([...embeddingShapes, manyRows])("copies the rows bit for bit: %o", async (shape) => {
    const example = embeddingForwardExample(shape);
    const { out } = await test.dispatch(example);
    const { ids, table } = example.data;
    expectClose(out, embeddingForward(ids, toFloat64(table), shape.width));
    expect(
      out.every((value, i) => {
        const row = Math.floor(i / shape.width);
        return value === table[ids[row]! * shape.width + (i % shape.width)];
      }),
    ).toBe(true);
  });
});

describe("embedding_backward", () => {
  it.each([...embeddingShapes, manyTokens])("adds the reference's gradient: %o", async (shape) => {
    const { vocab, width } = shape;
    const example = embeddingBackwardExample(shape);
    const { d_table } = await test.dispatch(example);
    const { d_out, d_table: before } = example.data;
    const reference = embeddingBackward(example.ids, toFloat64(d_out), vocab, width);
    expectClose(
      d_table,
      reference.map((value, i) => value + before[i]!),
    );
  });

  const small = embeddingShapes.filter((s) => s.rows > 0 && s.vocab * s.width <= 2500);
  it.each(small)("has the gradient that finite differences see: %o", async (shape) => {
    const { vocab, width } = shape;
    const example = embeddingBackwardExample(shape);
    example.data.d_table.fill(0);
    const { d_table } = await test.dispatch(example);
    const numeric = finiteDifferences(
      (moved) =>
        innerProduct(embeddingForward(example.ids, moved, width), toFloat64(example.data.d_out)),
      new Float64Array(vocab * width),
    );
    expect(relativeL2(d_table, numeric)).toBeLessThanOrEqual(1e-4);
  });
});
