import { describe, expect, it } from "vitest";
import { adamW, clipScale, globalNorm } from "./adamw";

const settings = {
  learningRate: 0.1,
  beta1: 0.9,
  beta2: 0.95,
  eps: 1e-8,
  weightDecay: 0,
  step: 1,
  clipScale: 1,
};
const zero = Float64Array.of(0);

// Twenty whole steps against PyTorch's AdamW are in tests/llama-reference.test.ts.
describe("AdamW", () => {
  it("moves by the learning rate against the sign of the first gradient", () => {
    const { p } = adamW(Float64Array.of(5), Float64Array.of(-300), zero, zero, settings);
    expect(p[0]).toBeCloseTo(5.1, 9);
  });

  it("decays the weight apart from the gradient", () => {
    const { p } = adamW(Float64Array.of(5), zero, zero, zero, { ...settings, weightDecay: 0.5 });
    expect(p[0]).toBeCloseTo(5 * 0.95, 14);
  });

  it("clips before it takes moments, and corrects their bias", () => {
    const g = Float64Array.of(8);
    const m = Float64Array.of(1);
    const v = Float64Array.of(2);
    const next = adamW(Float64Array.of(0), g, m, v, { ...settings, step: 3, clipScale: 0.25 });
    expect(next.m[0]).toBeCloseTo(0.9 + 0.1 * 2, 14);
    expect(next.v[0]).toBeCloseTo(0.95 * 2 + 0.05 * 4, 14);
    const mHat = 1.1 / (1 - 0.9 ** 3);
    const vHat = 2.1 / (1 - 0.95 ** 3);
    expect(next.p[0]).toBeCloseTo((-0.1 * mHat) / Math.sqrt(vHat), 9);
  });

  it("leaves its arguments as they were", () => {
    const arrays = [5, 1, 2, 3].map((value) => Float64Array.of(value));
    adamW(arrays[0]!, arrays[1]!, arrays[2]!, arrays[3]!, settings);
    expect(arrays.map((array) => array[0])).toEqual([5, 1, 2, 3]);
  });
});

describe("gradient clip", () => {
  it("takes the L2 norm", () => {
    expect(globalNorm(Float64Array.of(2, -3, 6))).toBe(7);
    expect(globalNorm(new Float64Array(0))).toBe(0);
  });

  it("scales down to the limit and never up", () => {
    expect(clipScale(4, 1)).toBeCloseTo(0.25, 6);
    expect(clipScale(0.5, 1)).toBe(1);
    expect(clipScale(0, 1)).toBe(1);
  });
});
