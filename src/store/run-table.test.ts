import fc from "fast-check";
import { expect, test } from "vitest";
import { axes, RunTable } from "./run-table";

/** Rows in order of steps; time may stand still. */
const rows = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 5 }), seconds: fc.constantFrom(0, 0.5, 2) }), {
    maxLength: 60,
  })
  .map((gaps) => {
    let [step, seconds] = [0, 0];
    return gaps.map((gap) => {
      step += gap.step;
      seconds += gap.seconds;
      return { step, tokens: 64 * step, seconds, loss: 10 / step };
    });
  });

function tableOf(rows: { step: number; tokens: number; seconds: number; loss: number }[]) {
  const table = new RunTable(["loss"]);
  for (const row of rows) table.push(row);
  return table;
}

test("finds the rows of a range and the nearest row on every axis as a search through all of them does", () => {
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(...axes),
      fc.double({ min: -5, max: 12_000, noNaN: true }),
      fc.double({ min: 0, max: 6_000, noNaN: true }),
      (rows, axis, from, width) => {
        const table = tableOf(rows);
        const [start, end] = table.within(axis, from, from + width);
        const inside = rows.filter((row) => row[axis] >= from && row[axis] <= from + width);
        expect(rows.slice(start, end)).toEqual(inside);
        const nearest = table.nearest(axis, from);
        expect(nearest === -1).toBe(rows.length === 0);
        if (nearest >= 0) {
          const distances = rows.map((row) => Math.abs(row[axis] - from));
          expect(distances[nearest]).toBe(Math.min(...distances));
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test("a place keeps its meaning when the axis is changed and changed back", () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (rows, share) => {
      fc.pre(rows.length > 0);
      const table = tableOf(rows);
      const step = share * table.last("step");
      const tokens = table.convert(step, "step", "tokens");
      expect(tokens).toBeCloseTo(64 * step, 6);
      expect(table.convert(tokens, "tokens", "step")).toBeCloseTo(step, 6);
      for (const row of rows) expect(table.convert(row.step, "step", "seconds")).toBe(row.seconds);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test("a row that comes twice or late is left out", () => {
  const table = new RunTable(["loss"]);
  const columns = { step: [1, 2, 2, 1, 3], tokens: [1, 2, 3, 4, 5], seconds: [0, 0, 0, 0, 1] };
  table.append({ ...columns, loss: [5, 4, 3, 2, 1] });
  expect([...table.axes.step.values]).toEqual([1, 2, 3]);
  expect([...table.series.loss.values.values]).toEqual([5, 4, 1]);
  expect(table.last("tokens")).toBe(5);
  expect(new RunTable(["loss"]).last("step")).toBe(-1);
});

test("100,000 points are taken in and searched at once", () => {
  const count = 100_000;
  const step = Float64Array.from({ length: count }, (_, row) => row + 1);
  const table = new RunTable(["loss", "gradNorm", "learningRate", "tokensPerSecond"]);
  const noise = step.map((x) => (x * 16807) % 2_147_483);
  const started = performance.now();
  table.append({
    ...{ step, tokens: step, seconds: step, loss: noise },
    ...{ gradNorm: noise, learningRate: step, tokensPerSecond: noise },
  });
  const [start, end] = table.within("tokens", 25_000.5, 75_000);
  expect([start, end]).toEqual([25_000, 75_000]);
  expect(table.series.loss.view(start, end, 500).length).toBeLessThanOrEqual(500);
  console.log(`100,000 points taken in within ${Math.round(performance.now() - started)} ms`);
});
