import { expect, test } from "vitest";
import { unigramEntropy } from "./entropy";
import { TokenArray } from "./token-store";

const entropyOf = (...ids: number[]) => unigramEntropy(new TokenArray(Uint16Array.from(ids)));

test("eight equally frequent tokens have log 8 nats", () => {
  expect(entropyOf(3, 4, 5, 6, 7, 8, 9, 10)).toBeCloseTo(Math.log(8), 12);
});

test("counts by frequency and leaves BOS (1) out", () => {
  // Three of four: 0.75 log(4/3) + 0.25 log 4.
  const expected = 0.75 * Math.log(4 / 3) + 0.25 * Math.log(4);
  expect(entropyOf(1, 5, 5, 1, 5, 9, 1)).toBeCloseTo(expected, 12);
});

test("a single token, and none, have nothing to guess", () => {
  expect(entropyOf(7, 7, 7)).toBe(0);
  expect(entropyOf()).toBe(0);
});
