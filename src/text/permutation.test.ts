import fc from "fast-check";
import { describe, expect, it } from "vitest";
import cases from "../../tests/fixtures/permutation/permutation.json";
import { Permutation } from "./permutation";

describe("Permutation", () => {
  it.each(cases)("is what Python computes for $windows windows, seed $seed, epoch $epoch", (c) => {
    const permutation = new Permutation(c.windows, c.seed, c.epoch);
    expect(c.first.map((_, i) => permutation.at(i))).toEqual(c.first);
  });

  it("takes every window once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), fc.nat(), (size, seed, epoch) => {
        const permutation = new Permutation(size, seed, epoch);
        const order = Array.from({ length: size }, (_, i) => permutation.at(i));
        expect(new Set(order).size).toBe(size);
        expect(Math.max(...order)).toBe(size - 1);
      }),
    );
  });

  it.each([3, 5, 16, 40])(
    "puts each of %i windows in each place equally often over epochs",
    (size) => {
      const epochs = 4000;
      const counts = new Float64Array(size * size);
      for (let epoch = 0; epoch < epochs; epoch++) {
        const permutation = new Permutation(size, 1, epoch);
        for (let i = 0; i < size; i++) counts[i * size + permutation.at(i)]!++;
      }
      const expected = epochs / size;
      const chiSquare = counts.reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0);
      const degrees = (size - 1) ** 2;
      // Mean and standard deviation of chi-square, four deviations.
      expect(chiSquare).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees) + 4);
    },
  );

  it("does not keep neighbours together", () => {
    const permutation = new Permutation(10_000, 3, 0);
    let neighbours = 0;
    for (let i = 1; i < 10_000; i++) {
      if (Math.abs(permutation.at(i) - permutation.at(i - 1)) === 1) neighbours++;
    }
    // Two are expected.
    expect(neighbours).toBeLessThan(10);
  });
});
