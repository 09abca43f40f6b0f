import { beforeEach, expect, test } from "vitest";
import { Rng } from "../lib/rng";
import { type ChartView, chartData, readingAt } from "./chart-data";
import { chartIds, chartSpec } from "./chart-specs";
import {
  chooseAxis,
  panCharts,
  shownRange,
  showPart,
  showWhole,
  smoothingBeta,
  useCharts,
  zoomCharts,
} from "./charts";
import { hideCrosshair, movePointer, pointAt, useCrosshair } from "./crosshair";
import { runMetrics } from "./metrics";
import { evaluation, noHistory, point } from "./testing";

const STEPS = 2_000;

beforeEach(() => {
  const rng = new Rng(1);
  runMetrics.reset(noHistory);
  for (let step = 1; step <= STEPS; step++) {
    runMetrics.addPoints([point(step, step === 777 ? 30 : 2 + rng.next())], 1);
    if (step % 100 === 0) runMetrics.addEvaluation(evaluation(step, 2.25));
  }
  chooseAxis("step");
  showWhole();
  hideCrosshair();
});

const view = (change: Partial<ChartView> = {}): ChartView => ({
  ...{ axis: "step", range: [0, STEPS], beta: 0.9, logarithmic: false },
  ...change,
});
const loss = chartSpec("loss", "nats", 1e6);

test("a chart of a long run has at most 500 steps and 100 evaluations, and every spike", () => {
  const data = chartData(runMetrics.tables, loss, view());
  expect(data.rows.filter(({ values }) => "raw" in values).length).toBeLessThanOrEqual(500);
  expect(data.rows.filter(({ values }) => "validation" in values)).toHaveLength(20);
  expect(data.measured).toBe(STEPS + 20);
  expect(data.rows).toContainEqual(
    expect.objectContaining({ step: 777, values: expect.objectContaining({ raw: 30 }) }),
  );
  expect(data.y[1]).toBeGreaterThanOrEqual(30);
  expect(data.rows.map(({ step }) => step)).toEqual(
    data.rows.map(({ step }) => step).sort((a, b) => a - b),
  );
});

test("what is smoothed does not depend on what is shown", () => {
  const at = (change: Partial<ChartView>) =>
    new Map(
      chartData(runMetrics.tables, loss, view(change)).rows.flatMap(({ step, values }) =>
        values.smoothed === undefined ? [] : [[step, values.smoothed] as const],
      ),
    );
  const whole = at({});
  const part = at({ range: [700, 900] });
  const both = [...part].filter(([step]) => whole.has(step));
  expect(part.size).toBeGreaterThan(200);
  expect(both.length).toBeGreaterThan(20);
  for (const [step, smoothed] of both) expect(whole.get(step)).toBe(smoothed);
});

test("every chart has finite ends, and ticks within them, at any zoom and on both scales", () => {
  for (const id of chartIds) {
    for (const logarithmic of [false, true]) {
      for (const range of [
        [0, STEPS],
        [776.5, 777.5],
        [0, 0.5],
        [1, 1.01],
      ] as const) {
        const spec = chartSpec(id, "perplexity", 1e6);
        const { y, yTicks, xTicks } = chartData(
          runMetrics.tables,
          spec,
          view({ range, logarithmic }),
        );
        expect([id, y.every(Number.isFinite), y[1] > y[0]]).toEqual([id, true, true]);
        if (logarithmic) expect(y[0]).toBeGreaterThan(0);
        expect(yTicks.every((tick) => tick >= y[0] && tick <= y[1])).toBe(true);
        expect(xTicks.every((tick) => tick >= range[0] && tick <= range[1])).toBe(true);
      }
    }
  }
});

test("the crosshair reads the step itself, and the nearest evaluation", () => {
  const reading = readingAt(runMetrics.tables, chartSpec("loss", "perplexity", 1), 777, 0)!;
  expect(reading).toMatchObject({ step: 777, tokens: 50 * 777, seconds: 388.5 });
  expect(reading.values.map(({ line, value, at }) => [line.key, value, at.step])).toEqual([
    ["raw", Math.exp(30), 777],
    ["smoothed", Math.exp(30), 777],
    ["validation", Math.exp(2.25), 800],
  ]);
});

test("another axis shows the same part of the run, and a part at its end goes on with it", () => {
  showPart(500, 1_500);
  chooseAxis("tokens");
  expect(shownRange()).toEqual([25_000, 75_000]);
  chooseAxis("seconds");
  expect(shownRange()).toEqual([250, 750]);
  chooseAxis("step");
  panCharts(9);
  expect(shownRange()).toEqual([1_000, 2_000]);
  runMetrics.addPoints([point(2_100)], 1);
  expect(shownRange()).toEqual([1_100, 2_100]);
  zoomCharts(0.5, 1_100);
  runMetrics.addPoints([point(2_200)], 1);
  expect(shownRange()).toEqual([1_100, 1_600]);
});

test("the keyboard takes the crosshair on by one measurement at least, and not out of sight", () => {
  showPart(1_000, 1_010);
  movePointer(0.01);
  expect(useCrosshair.getState().step).toBe(1_000);
  movePointer(0.01);
  expect(useCrosshair.getState().step).toBe(1_001);
  for (let press = 0; press < 20; press++) movePointer(0.01);
  expect(useCrosshair.getState().step).toBe(1_010);
  movePointer(-0.5);
  expect(useCrosshair.getState().step).toBe(1_005);
  useCharts.setState({ axis: "tokens" });
  showWhole();
  pointAt(50 * 1_234.4);
  expect(useCrosshair.getState().step).toBe(1_234);
});

test("the smoothing slider goes from each step itself to about a thousand steps", () => {
  expect([0, 20, 40, 60].map(smoothingBeta)).toEqual([0, 0.9, 0.99, 0.999]);
});
