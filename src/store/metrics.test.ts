import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Evaluation, MetricPoint } from "../worker/api";
import { chartRows, RunMetrics } from "./metrics";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function point(step: number, loss: number): MetricPoint {
  const speed = { tokensPerSecond: 100, tokens: 50 * step, seconds: step / 2 };
  return { step, loss, learningRate: 1e-3, gradNorm: 1, ...speed };
}

function evaluation(step: number, loss: number): Evaluation {
  return { step, loss, bitsPerByte: loss / 2, tokens: 50 * step, seconds: step / 2 };
}

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

test("a skipped step is the latest one, but no point of the chart", () => {
  const metrics = new RunMetrics();
  metrics.addPoints([point(1, 6), point(2, Number.NaN)], 10);
  expect(metrics.latest?.step).toBe(2);
  expect(metrics.training.last).toEqual({ step: 1, value: 6 });
});

test("a new run starts with its own history only", () => {
  const metrics = new RunMetrics();
  metrics.addPoints([point(50, 2)], 10);
  metrics.addEvaluation(evaluation(50, 2.5));
  metrics.reset({
    points: [point(1, 6), point(2, 5)],
    evaluations: [evaluation(2, 5.5)],
    rounds: [],
  });
  expect(metrics.training.view(500)).toEqual([
    { step: 1, value: 6 },
    { step: 2, value: 5 },
  ]);
  expect(metrics.validation.view(500)).toEqual([{ step: 2, value: 5.5 }]);
  expect(metrics.latest?.step).toBe(2);
  metrics.reset({ points: [], evaluations: [], rounds: [] });
  expect(metrics.latest).toBeNull();
  expect(metrics.latestEvaluation).toBeNull();
});

test("rows of the chart join the series where steps meet, in order", () => {
  expect(
    chartRows(
      [
        { step: 1, value: 6 },
        { step: 10, value: 5 },
      ],
      [
        { step: 5, value: 5.5 },
        { step: 10, value: 5.2 },
      ],
    ),
  ).toEqual([
    { step: 1, training: 6 },
    { step: 5, validation: 5.5 },
    { step: 10, training: 5, validation: 5.2 },
  ]);
});
