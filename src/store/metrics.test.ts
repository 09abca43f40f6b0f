import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunMetrics } from "./metrics";
import { evaluation, noHistory, point, sentPoints } from "./testing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("tells listeners at most twice a second, and of the last value too", () => {
  const metrics = new RunMetrics();
  let updates = 0;
  const stop = metrics.subscribe(() => (updates += 1));
  for (let ms = 0; ms < 3_000; ms += 100) {
    metrics.addPoints([point(ms + 1, 5)], 10);
    vi.advanceTimersByTime(100);
  }
  expect(updates).toBeGreaterThanOrEqual(5);
  expect(updates).toBeLessThanOrEqual(6);
  vi.advanceTimersByTime(1_000);
  expect(updates).toBe(6);
  expect(metrics.version()).toBe(6);
  expect(metrics.latest?.step).toBe(2_901);
  stop();
  metrics.addPoints([point(4_000, 5)], 10);
  vi.advanceTimersByTime(1_000);
  expect(updates).toBe(6);
});

test("a step without a finite loss is the latest one, shows its other values, and leaves a gap in the loss", () => {
  const metrics = new RunMetrics();
  metrics.addPoints([point(1, 6), point(2, Number.NaN), point(3, 5)], 10);
  expect(metrics.latest?.step).toBe(3);
  const { series } = metrics.tables.points;
  expect(series.loss.view(0, 3, 500)).toEqual([0, 2]);
  expect(series.gradNorm.view(0, 3, 500)).toEqual([0, 1, 2]);
});

test("a new run starts with its own history only", () => {
  const metrics = new RunMetrics();
  metrics.addPoints([point(50, 2)], 10);
  metrics.addEvaluation(evaluation(50, 2.5));
  const earlier = metrics.tables;
  const points = [point(1, 6), point(2, 5)];
  metrics.reset({ points: sentPoints(points), evaluations: [evaluation(2, 5.5)], rounds: [] });
  const { tables } = metrics;
  expect([...tables.points.axes.tokens.values]).toEqual([50, 100]);
  expect([...tables.points.series.loss.values.values]).toEqual([6, 5]);
  expect([...tables.evaluations.series.bitsPerByte.values.values]).toEqual([2.75]);
  expect(metrics.latest).toEqual(points[1]);
  metrics.reset(noHistory);
  expect(metrics.latest).toBeNull();
  expect(metrics.latestEvaluation).toBeNull();
  // What is being written to a file meanwhile does not change.
  expect([...earlier.points.axes.step.values]).toEqual([50]);
});
