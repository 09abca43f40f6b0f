import { expect, test } from "vitest";
import { Rng } from "../lib/rng";
import { Series, type SeriesPoint } from "./series";

function noise(count: number, seed: number): SeriesPoint[] {
  const rng = new Rng(seed);
  return Array.from({ length: count }, (_, i) => ({ step: 3 * i + 1, value: rng.next() }));
}

function seriesOf(points: SeriesPoint[]): Series {
  const series = new Series();
  for (const { step, value } of points) series.push(step, value);
  return series;
}

/** What a view must be, the slow way: the lowest and highest point of each bucket, and both ends. */
function slowView(points: SeriesPoint[], bucketSize: number): SeriesPoint[] {
  const shown = new Set<SeriesPoint>([points[0]!, points[points.length - 1]!]);
  for (let start = 0; start < points.length; start += bucketSize) {
    const bucket = points.slice(start, start + bucketSize);
    shown.add(bucket.reduce((a, b) => (b.value < a.value ? b : a)));
    shown.add(bucket.reduce((a, b) => (b.value > a.value ? b : a)));
  }
  return [...shown].sort((a, b) => a.step - b.step);
}

test("shows every point while they fit", () => {
  const points = noise(500, 1);
  expect(seriesOf(points).view(500)).toEqual(points);
  expect(new Series().view(500)).toEqual([]);
  expect(new Series().last).toBeNull();
});

test("a view is the lowest and highest point of each bucket of the finest level that fits", () => {
  for (const [count, limit] of [
    [2, 4],
    [5, 4],
    [501, 500],
    [1023, 100],
    [1024, 100],
    [1025, 100],
    [40_003, 500],
  ] as const) {
    const points = noise(count, count);
    let bucketSize = 1;
    while (bucketSize === 1 ? count > limit : 2 * Math.ceil(count / bucketSize) + 2 > limit) {
      bucketSize *= 2;
    }
    const view = seriesOf(points).view(limit);
    expect(view.length).toBeLessThanOrEqual(limit);
    expect(view).toEqual(bucketSize === 1 ? points : slowView(points, bucketSize));
  }
});

test("a spike of a single step stays on the chart", () => {
  const points = noise(100_000, 7);
  points[54_321]!.value = 90;
  points[77_777]!.value = -90;
  const view = seriesOf(points).view(500);
  expect(view).toContainEqual(points[54_321]);
  expect(view).toContainEqual(points[77_777]);
  expect(view[0]).toEqual(points[0]);
  expect(view.at(-1)).toEqual(points.at(-1));
});

test("points do not shimmer: what a full bucket shows stays while the next ones fill", () => {
  const points = noise(1_400, 3);
  const series = seriesOf(points.slice(0, 1_200));
  // 1,200 points at a limit of 500 are buckets of 8; the last one shown may be the moving end.
  const before = series.view(500).filter(({ step }) => step <= 3 * 1_191 + 1);
  for (const { step, value } of points.slice(1_200)) series.push(step, value);
  expect(series.view(500).slice(0, before.length)).toEqual(before);
});

test("leaves out values that are not finite and steps that were already there", () => {
  const series = seriesOf([
    { step: 1, value: 5 },
    { step: 2, value: Number.NaN },
    { step: 3, value: Number.POSITIVE_INFINITY },
    { step: 4, value: 4 },
    { step: 4, value: 3 },
    { step: 2, value: 3 },
  ]);
  expect(series.view(500)).toEqual([
    { step: 1, value: 5 },
    { step: 4, value: 4 },
  ]);
  expect(series.last).toEqual({ step: 4, value: 4 });
  series.clear();
  expect(series.length).toBe(0);
  series.push(1, 9);
  expect(series.view(4)).toEqual([{ step: 1, value: 9 }]);
});
