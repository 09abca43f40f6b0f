import fc from "fast-check";
import { expect, test } from "vitest";
import { Series } from "./series";
import { Smoothed } from "./smoothing";

/** The formula itself: a mean of the values so far, weighted β^(t − i). */
function direct(values: number[], beta: number): number[] {
  return values.map((value, row) => {
    if (!Number.isFinite(value)) return Number.NaN;
    const finite = values.slice(0, row + 1).filter(Number.isFinite);
    let [sum, weights] = [0, 0];
    for (const [i, x] of finite.entries()) {
      const weight = beta ** (finite.length - 1 - i);
      sum += weight * x;
      weights += weight;
    }
    return sum / weights;
  });
}

const values = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: 0.1, max: 12, noNaN: true }) },
    fc.constant(Number.NaN),
  ),
  { maxLength: 120 },
);
const betas = fc.constantFrom(0, 0.5, 0.9, 0.99, 0.999);

function expectClose(smoothed: ArrayLike<number>, wanted: number[]): void {
  expect(smoothed).toHaveLength(wanted.length);
  for (const [row, value] of wanted.entries()) {
    if (Number.isNaN(value)) expect(smoothed[row]).toBeNaN();
    else expect(Math.abs(smoothed[row]! - value)).toBeLessThan(1e-9);
  }
}

test("is the weighted mean of all values so far, however they came in and whatever β was asked for before", () => {
  fc.assert(
    fc.property(values, fc.nat(120), betas, betas, (values, split, beta, before) => {
      const series = new Series();
      const smoothed = new Smoothed(series);
      for (const value of values.slice(0, split)) series.values.push(value);
      smoothed.values(before);
      smoothed.values(beta);
      for (const value of values.slice(split)) series.values.push(value);
      expectClose(smoothed.values(beta).values, direct(values, beta));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("has no bias at the beginning: the first value is itself, and what does not change stays", () => {
  const series = new Series();
  for (let row = 0; row < 50; row++) series.values.push(7);
  const smoothed = new Smoothed(series).values(0.999);
  for (let row = 0; row < 50; row++) expect(smoothed.at(row)).toBeCloseTo(7, 9);
});
