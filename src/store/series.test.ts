import fc from "fast-check";
import { expect, test } from "vitest";
import { Rng } from "../lib/rng";
import { Series } from "./series";

function noise(count: number, seed: number): number[] {
  const rng = new Rng(seed);
  return Array.from({ length: count }, () => rng.next());
}

function seriesOf(values: number[]): Series {
  const series = new Series();
  for (const value of values) series.values.push(value);
  return series;
}

const whole = (series: Series, limit: number) => series.view(0, series.length, limit);

/** The rows of the lowest and highest value, the slow way; the first of equals. */
function slowExtremes(values: number[], from: number, to: number): [number, number] | null {
  const rows = [];
  for (let row = from; row < to; row++) if (Number.isFinite(values[row])) rows.push(row);
  if (rows.length === 0) return null;
  const lowest = rows.reduce((a, b) => (values[b]! < values[a]! ? b : a));
  const highest = rows.reduce((a, b) => (values[b]! > values[a]! ? b : a));
  return [lowest, highest];
}

/** Few different values, so that ties happen, and some that are none. */
const gappyValues = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -9, max: 9 }) },
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY),
  ),
  { minLength: 1, maxLength: 700 },
);
const ranged = gappyValues.chain((values) =>
  fc.record({
    values: fc.constant(values),
    ends: fc.tuple(fc.nat(values.length), fc.nat(values.length)),
    limit: fc.integer({ min: 6, max: 60 }),
  }),
);

test("shows every row while they fit", () => {
  const series = seriesOf(noise(500, 1));
  expect(whole(series, 502)).toEqual(Array.from({ length: 500 }, (_, row) => row));
  expect(whole(new Series(), 500)).toEqual([]);
});

test("the extremes of any range are those of the slow way", () => {
  fc.assert(
    fc.property(ranged, ({ values, ends }) => {
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      const slow = slowExtremes(values, from, to) ?? [-1, -1];
      const { lowest, highest } = seriesOf(values).extremes(from, to);
      expect([lowest, highest]).toEqual(slow);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test("a view of any range fits its limit, and has the extremes of every bucket, both ends and both neighbours", () => {
  fc.assert(
    fc.property(ranged, ({ values, ends, limit }) => {
      const [from, to] = [Math.min(...ends), Math.max(...ends)];
      const view = seriesOf(values).view(from, to, limit);
      expect(view.length).toBeLessThanOrEqual(limit);
      expect(view).toEqual([...new Set(view)].sort((a, b) => a - b));
      expect(view.every((row) => Number.isFinite(values[row]))).toBe(true);
      expect(view.every((row) => row >= from - 1 && row <= to)).toBe(true);
      const must = [from - 1, to].filter((row) => row >= 0 && row < values.length);
      if (to > from) must.push(from, to - 1);
      let size = 1;
      // The finest buckets that fit, with two rows each and four for ends and neighbours.
      const buckets = () => Math.floor((to - 1) / size) - Math.floor(from / size) + 1;
      if (to - from > limit - 2) {
        do size *= 2;
        while (2 * buckets() > limit - 4);
      }
      for (let start = from - (from % size); start < to; start += size) {
        const range = [Math.max(from, start), Math.min(to, start + size)] as const;
        must.push(...(slowExtremes(values, ...range) ?? []));
      }
      for (const row of must) if (Number.isFinite(values[row])) expect(view).toContain(row);
      expect(view.every((row) => must.includes(row))).toBe(true);
    }),
    { seed: 4, numRuns: 500 },
  );
});

test("a spike of a single step stays on the chart at every zoom", () => {
  const values = noise(100_000, 7);
  values[54_321] = 90;
  values[77_777] = -90;
  const series = seriesOf(values);
  expect(whole(series, 500)).toEqual(expect.arrayContaining([0, 54_321, 77_777, 99_999]));
  for (const [from, to] of [
    [54_321, 99_998],
    [50_001, 54_322],
    [1, 60_000],
  ] as const) {
    expect(series.view(from, to, 500)).toContain(54_321);
  }
});

test("points do not shimmer: what a full bucket shows stays while the next ones fill", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 255 }),
      (from, added) => {
        // Up to 2,048 rows from the first are buckets of 8 and less at this limit.
        const values = noise(from + 1_537 + added, 3);
        const series = seriesOf(values.slice(0, from + 1_537));
        const size = 8;
        const before = series.view(from, series.length, 500);
        for (const value of values.slice(from + 1_537)) series.values.push(value);
        const after = series.view(from, series.length, 500);
        const settled = (row: number) => row < from + 1_537 - (2 * size - 1);
        expect(after.filter(settled)).toEqual(before.filter(settled));
      },
    ),
    { seed: 5, numRuns: 50 },
  );
});

test("what comes after a look is found by the next one", () => {
  fc.assert(
    fc.property(gappyValues, fc.array(fc.nat(700)), (values, looks) => {
      const series = new Series();
      for (const [row, value] of values.entries()) {
        series.values.push(value);
        if (!looks.includes(row)) continue;
        const { lowest, highest } = series.extremes(0, row + 1);
        expect([lowest, highest]).toEqual(slowExtremes(values, 0, row + 1) ?? [-1, -1]);
      }
    }),
    { seed: 6, numRuns: 100 },
  );
});
