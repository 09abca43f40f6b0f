import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";
import { rmsNormBackward, rmsNormForward } from "./rms-norm";

describe("RMSNorm", () => {
  it("divides by the root mean square, eps inside the root", () => {
    const { y, inverseRms } = rmsNormForward(
      Float64Array.of(3, 4),
      Float64Array.of(2, 1),
      1,
      2,
      0.5,
    );
    const rms = Math.sqrt(12.5 + 0.5);
    expect(inverseRms[0]).toBeCloseTo(1 / rms, 15);
    expect(y[0]).toBeCloseTo(6 / rms, 15);
    expect(y[1]).toBeCloseTo(4 / rms, 15);
  });

  it.each([
    { rows: 1, width: 1, scale: 1 },
    { rows: 5, width: 7, scale: 1 },
    { rows: 3, width: 13, scale: 10 },
    // Here x² ≈ eps, so an eps in the wrong place shows.
    { rows: 3, width: 5, scale: 3e-3 },
    { rows: 0, width: 4, scale: 1 },
  ])("has the gradients that finite differences see: $rows×$width, |x| ~ $scale", (shape) => {
    const { rows, width, scale } = shape;
    const eps = 1e-5;
    const rng = new Rng(4);
    const x = normals(rng, rows * width, scale);
    const gain = normals(rng, width);
    const dY = normals(rng, rows * width);
    const { inverseRms } = rmsNormForward(x, gain, rows, width, eps);
    const { dX, dGain } = rmsNormBackward(x, gain, inverseRms, dY, rows, width);
    const numericX = finiteDifferences(
      (moved) => innerProduct(rmsNormForward(moved, gain, rows, width, eps).y, dY),
      x,
      // A step small beside the values, or the truncation error counts.
      1e-4 * scale,
    );
    const numericGain = finiteDifferences(
      (moved) => innerProduct(rmsNormForward(x, moved, rows, width, eps).y, dY),
      gain,
    );
    expect(relativeL2(dX, numericX)).toBeLessThan(1e-6);
    expect(relativeL2(dGain, numericGain)).toBeLessThan(1e-6);
  });
});
