import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { crossEntropy, IGNORED } from "./cross-entropy";
import { finiteDifferences, normals } from "./finite-differences";

describe("cross-entropy", () => {
  it("costs log(vocab) nats when all logits are alike", () => {
    const { losses } = crossEntropy(new Float64Array(10).fill(3), Uint32Array.of(4, 0), 2, 5, 1);
    expect(losses[0]).toBeCloseTo(Math.log(5), 14);
    expect(losses[1]).toBeCloseTo(Math.log(5), 14);
  });

  it("gives ignored rows no loss and no gradient", () => {
    const { losses, dLogits } = crossEntropy(
      normals(new Rng(9), 6),
      Uint32Array.of(IGNORED, 1),
      2,
      3,
      1,
    );
    expect(losses[0]).toBe(0);
    expect([...dLogits.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(losses[1]).toBeGreaterThan(0);
  });

  it("is finite for logits far out", () => {
    const { losses } = crossEntropy(Float64Array.of(5000, -5000), Uint32Array.of(1), 1, 2, 1);
    expect(losses[0]).toBe(10_000);
  });

  it.each([
    { rows: 1, vocab: 1, targets: [0] },
    { rows: 4, vocab: 7, targets: [6, IGNORED, 0, 3] },
    { rows: 3, vocab: 61, targets: [60, 60, 1] },
    { rows: 0, vocab: 5, targets: [] },
  ])("has the gradient that finite differences see: $rows×$vocab", ({ rows, vocab, targets }) => {
    const logits = normals(new Rng(10), rows * vocab, 3);
    const target = Uint32Array.from(targets);
    const scale = 0.25;
    const numeric = finiteDifferences((moved) => {
      const { losses } = crossEntropy(moved, target, rows, vocab, scale);
      return losses.reduce((a, b) => a + b, 0) * scale;
    }, logits);
    const { dLogits } = crossEntropy(logits, target, rows, vocab, scale);
    expect(relativeL2(dLogits, numeric)).toBeLessThan(1e-6);
  });
});
