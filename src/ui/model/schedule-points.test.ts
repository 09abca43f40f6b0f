import { expect, test } from "vitest";
import { presetByName } from "../../engine/model/config";
import { learningRateAt } from "../../engine/train/schedule";
import { schedulePoints } from "./schedule-points";

const { training } = presetByName("seed");

test("the curve is what the trainer takes, from the first step to the end, with its peak", () => {
  const points = schedulePoints(training);
  for (const { step, rate } of points) expect(rate).toBe(learningRateAt(step, training));
  expect(points[0]!.step).toBe(0);
  expect(points[0]!.rate).toBeCloseTo(1e-3 / 150, 12);
  expect(points.find(({ step }) => step === 150)!.rate).toBe(1e-3);
  expect(Math.max(...points.map(({ rate }) => rate))).toBe(1e-3);
  expect(points.at(-1)).toEqual({ step: 3_000, rate: expect.closeTo(1e-4, 12) });
  expect(points.length).toBeLessThan(200);
});

test("steps rise, also where a run is shorter than the curve has points or its own warm-up", () => {
  for (const change of [
    { max_steps: 3, warmup_steps: 0 },
    { max_steps: 1, warmup_steps: 1 },
    { max_steps: 5, warmup_steps: 50 },
  ]) {
    const steps = schedulePoints({ ...training, ...change }).map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(change.max_steps);
  }
});
