import { expect, test } from "vitest";
import { Pacing } from "./pacing";

test("is cautious until something was measured", () => {
  // 3e8 FLOP/s in software: a tenth of a second each.
  expect(new Pacing(true).parts(3e8)).toBe(10);
  expect(new Pacing(false).parts(3e8)).toBe(1);
});

test("splits by what was measured last, and an unknown time changes nothing", () => {
  const pacing = new Pacing(true);
  pacing.measured(3e8, 0);
  expect(pacing.parts(3e8)).toBe(10);
  pacing.measured(3e8, 0.25);
  expect(pacing.parts(3e8)).toBe(3);
  pacing.measured(3e8, 0);
  expect(pacing.parts(6e8)).toBe(5);
});

test("no work is one submit, and no work is more than 64", () => {
  const pacing = new Pacing(true);
  expect(pacing.parts(0)).toBe(1);
  expect(pacing.parts(1e15)).toBe(64);
});
