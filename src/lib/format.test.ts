import { expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatProbability,
  formatShare,
  formatSmall,
  formatWait,
} from "./format";

test("counts are grouped", () => {
  expect(formatCount(12_597_504)).toBe("12,597,504");
});

test("bytes never show a thousand of a unit", () => {
  expect([0, 999, 1000, 1_000_000, 999_949, 999_999, 151_200_000, 1.5e9].map(formatBytes)).toEqual([
    "0 bytes",
    "999 bytes",
    "1.00 kB",
    "1.00 MB",
    "1.00 MB",
    "1.00 MB",
    "151 MB",
    "1.50 GB",
  ]);
});

test("durations round up into the next unit instead of showing 60 s", () => {
  expect([0, 1.26, 9.96, 59.6, 61, 3_599.7, 3_725, 90_000, Infinity].map(formatDuration)).toEqual([
    "0.0 s",
    "1.3 s",
    "10 s",
    "1 min 0 s",
    "1 min 1 s",
    "1 h 0 min",
    "1 h 2 min",
    "1 d 1 h",
    "unknown",
  ]);
});

test("shares and small numbers keep only digits that say something", () => {
  expect([0.05, 0.0512, 0, 1].map(formatShare)).toEqual(["5%", "5.1%", "0%", "100%"]);
  expect([0, 0.001, 0.0012345, 4.5e-7].map(formatSmall)).toEqual([
    "0",
    "0.001",
    "0.00123",
    "4.5e-7",
  ]);
});

test("probabilities keep digits where they are small, and waits are in milliseconds", () => {
  expect([0.3412, 0.0213, 0.05, 0.0004, 1].map(formatProbability)).toEqual([
    "34%",
    "2.1%",
    "5%",
    "< 0.1%",
    "100%",
  ]);
  expect([0.0124, 0.999, 2.34].map(formatWait)).toEqual(["12 ms", "999 ms", "2.3 s"]);
});
