import { expect, test } from "vitest";
import {
  formatBytes,
  formatClock,
  formatCompact,
  formatCount,
  formatDuration,
  formatFlops,
  formatProbability,
  formatShare,
  formatSmall,
  formatTokens,
  formatWait,
} from "./format";

test("counts are grouped", () => {
  expect(formatCount(12_597_504)).toBe("12,597,504");
  expect([0, 1, 1_200].map(formatTokens)).toEqual(["0 tokens", "1 token", "1,200 tokens"]);
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

test("ticks of a large axis differ as much as they must", () => {
  expect([0, 500_000, 1_000_000].map((tick) => formatCompact(tick, 500_000))).toEqual([
    "0",
    "500K",
    "1M",
  ]);
  expect([99_120, 99_130].map((tick) => formatCompact(tick, 10))).toEqual(["99.12K", "99.13K"]);
  expect([12, 1_234, 1_234_567].map((value) => formatCompact(value))).toEqual([
    "12",
    "1.2K",
    "1.2M",
  ]);
});

test("a clock shows seconds, minutes and hours", () => {
  expect([0, 0.25, 59, 60, 3_599.6, 3_725].map(formatClock)).toEqual([
    "0 s",
    "0.25 s",
    "59 s",
    "1:00",
    "1:00:00",
    "1:02:05",
  ]);
});

test("operations a second are counted in billions, then in trillions", () => {
  expect([0.0123e9, 1.5e9, 123.4e9, 999.9e9].map(formatFlops)).toEqual([
    "0.0123 GFLOP/s",
    "1.5 GFLOP/s",
    "123 GFLOP/s",
    "1 TFLOP/s",
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
