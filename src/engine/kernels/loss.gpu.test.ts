import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { crossEntropy } from "../reference/cross-entropy";
import { finiteDifferences } from "../reference/finite-differences";
import { toFloat64, unpadRows } from "./example";
import {
  crossEntropyExample,
  crossEntropyShapes,
  LOSS_SCALE,
  lossSumExample,
  lossSumShapes,
  manyRows,
} from "./loss.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();

describe("cross_entropy", () => {
  it.each([...crossEntropyShapes, manyRows])("matches the reference: %o", async (shape) => {
    const { rows, vocab } = shape;
    const example = crossEntropyExample(shape);
    const { logits, losses } = await test.dispatch(example);
    const { stride } = example.params;
    const before = toFloat64(unpadRows(example.data.logits, vocab, stride));
    const reference = crossEntropy(before, example.data.targets, rows, vocab, LOSS_SCALE);
    expectClose(losses, reference.losses, "losses");
    expectClose(unpadRows(logits, vocab, stride), reference.dLogits, "d_logits");
    expect(
      logits.every((value, i) => i % stride < vocab || value === 0),
      "padding is 0",
    ).toBe(true);
  });

  const small = crossEntropyShapes.filter((s) => {
    return s.rows > 0 && s.rows * s.vocab < 1700 && (s.scale ?? 1) < 1e4;
  });
  it.each(small)("has the gradient that finite differences see: %o", async (shape) => {
    const { rows, vocab } = shape;
    const example = crossEntropyExample(shape);
    const { logits } = await test.dispatch(example);
    const { stride } = example.params;
    const numeric = finiteDifferences(
      (moved) => {
        const { losses } = crossEntropy(moved, example.data.targets, rows, vocab, LOSS_SCALE);
        return LOSS_SCALE * losses.reduce((sum, loss) => sum + loss, 0);
      },
      toFloat64(unpadRows(example.data.logits, vocab, stride)),
    );
    expect(relativeL2(unpadRows(logits, vocab, stride), numeric)).toBeLessThanOrEqual(1e-4);
  });
});

describe("loss_sum", () => {
  it.each(lossSumShapes)("adds the scaled mean of %i losses and nothing else", async (rows) => {
    const example = lossSumExample(rows);
    const { metrics } = await test.dispatch(example);
    const sum = toFloat64(example.data.losses).reduce((a, b) => a + b, 0);
    expectClose(metrics.subarray(0, 1), Float64Array.of(0.75 + LOSS_SCALE * sum));
    expect([...metrics.subarray(1)]).toEqual([11, 12, 13]);
  });
});
