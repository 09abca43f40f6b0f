import fc from "fast-check";
import { expect, test } from "vitest";
import { logTicksWithin, roundTicks, ticksWithin, timeTicksWithin } from "./ticks";

test("ticks are round and within, or just around", () => {
  expect(ticksWithin(0, 80, 5)).toEqual([0, 20, 40, 60, 80]);
  expect(ticksWithin(3.1, 9.9, 4)).toEqual([4, 6, 8]);
  expect(ticksWithin(0.05, 0.35, 3)).toEqual([0.1, 0.2, 0.3]);
  expect(ticksWithin(10.2, 12.9, 8, true)).toEqual([11, 12]);
  expect(roundTicks(1.37, 6.2, 5)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(roundTicks(0.1, 0.3, 2)).toEqual([0.1, 0.2, 0.3]);
});

test("times are cut at whole seconds, minutes and hours", () => {
  expect(timeTicksWithin(0, 100, 4)).toEqual([0, 30, 60, 90]);
  expect(timeTicksWithin(0, 1_000, 5)).toEqual([0, 300, 600, 900]);
  expect(timeTicksWithin(3_000, 20_000, 5)).toEqual([3_600, 7_200, 10_800, 14_400, 18_000]);
  expect(timeTicksWithin(0, 300_000, 3)).toEqual([0, 172_800]);
  expect(timeTicksWithin(1, 2, 5)).toEqual([1, 1.2, 1.4, 1.6, 1.8, 2]);
});

test("logarithmic ticks are round in each decade", () => {
  expect(logTicksWithin(1.5, 9, 5)).toEqual([2, 5]);
  expect(logTicksWithin(1e-5, 1, 4)).toEqual([1e-5, 1e-3, 1e-1]);
  expect(logTicksWithin(4, 5, 5)).toEqual([4, 4.2, 4.4, 4.6, 4.8, 5]);
});

test("any range has a few ticks in order, and none of them twice", () => {
  const range = fc.tuple(
    fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    fc.double({ min: 1.000_01, max: 1e9, noNaN: true }),
  );
  fc.assert(
    fc.property(range, fc.integer({ min: 3, max: 8 }), ([from, ratio], count) => {
      for (const ticks of [ticksWithin, timeTicksWithin, logTicksWithin, roundTicks]) {
        const found = ticks(from, from * ratio, count);
        expect(found.length).toBeLessThanOrEqual(3 * count + 2);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        const inside = found.every((tick) => tick >= from * 0.999 && tick <= from * ratio * 1.001);
        if (ticks !== roundTicks) expect(inside).toBe(true);
        else {
          expect(found[0]).toBeLessThanOrEqual(from * 1.000_001);
          expect(found.at(-1)).toBeGreaterThanOrEqual(from * ratio * 0.999_999);
        }
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
