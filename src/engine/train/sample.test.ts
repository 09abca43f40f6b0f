import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Rng } from "../../lib/rng";
import { likelihood } from "./likelihood";
import { choicesOf, type SampleSettings, sampleToken } from "./sample";

interface Case {
  logits: number[];
  before: number[];
  settings: SampleSettings;
  ids: number[];
  probabilities: number[];
}
const fixture = new URL("../../../tests/fixtures/sampling/sampling.json", import.meta.url);
const cases = JSON.parse(readFileSync(fixture, "utf8")) as Case[];

const off: SampleSettings = {
  temperature: 1,
  top_k: 0,
  top_p: 1,
  min_p: 0,
  repetition_penalty: 1,
};
const nothing = new Set<number>();

function normalLogits(count: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => 3 * rng.normal());
}

function named(settings: SampleSettings): string {
  const set = Object.entries(settings).filter(([key, x]) => off[key as keyof typeof off] !== x);
  return set.map(([key, x]) => `${key} ${x}`).join(", ") || "all off";
}

test.each(cases.map((one) => [named(one.settings), one] as const))(
  "leaves the tokens that Hugging Face leaves, with its probabilities: %s",
  (_, { logits, before, settings, ids, probabilities }) => {
    const choices = choicesOf(Float32Array.from(logits), settings, new Set(before));
    expect([...choices.ids].sort((a, b) => a - b)).toEqual(ids);
    for (const [i, id] of ids.entries()) {
      const found = choices.probabilities[choices.ids.indexOf(id)]!;
      // Both compute in float64: only the order of sums differs.
      expect(Math.abs(found - probabilities[i]!)).toBeLessThanOrEqual(1e-12);
    }
  },
);

test("with all off it is the softmax, the likeliest first and equal ones by id", () => {
  const logits = Float32Array.of(1, 3, 2, 3, -5);
  const { ids, probabilities } = choicesOf(logits, off, nothing);
  expect(ids).toEqual([1, 3, 2, 0, 4]);
  const total = logits.reduce((sum, x) => sum + Math.exp(x), 0);
  for (const [i, id] of ids.entries()) {
    expect(probabilities[i]).toBeCloseTo(Math.exp(logits[id]!) / total, 12);
  }
});

test("where the border of the nucleus runs through equal tokens, the lower ids stay", () => {
  const logits = new Float32Array(8);
  expect(choicesOf(logits, { ...off, top_p: 0.3 }, nothing).ids).toEqual([0, 1, 2]);
});

test("temperature 0 takes the likeliest after the penalty, whatever the seed", () => {
  const logits = Float32Array.of(2, 5, 4);
  const greedy = { ...off, temperature: 0, repetition_penalty: 2 };
  for (const seed of [1, 2, 3]) {
    expect(sampleToken(logits, greedy, nothing, new Rng(seed))).toBe(1);
    expect(sampleToken(logits, greedy, new Set([1]), new Rng(seed))).toBe(2);
  }
});

test("each token takes one random number, and a seed gives the same tokens again", () => {
  const logits = normalLogits(100, 4);
  const settings = { ...off, temperature: 0.8, top_k: 40, top_p: 0.95 };
  const rng = new Rng(9);
  const drawn = Array.from({ length: 50 }, () => sampleToken(logits, settings, nothing, rng));
  const numbers = new Rng(9);
  for (let i = 0; i < 20; i++) numbers.next();
  const later = Array.from({ length: 30 }, () => sampleToken(logits, settings, nothing, numbers));
  expect(later).toEqual(drawn.slice(20));
  expect(new Set(drawn).size).toBeGreaterThan(5);
  const greedy = new Rng(9);
  sampleToken(logits, { ...off, temperature: 0 }, nothing, greedy);
  const one = new Rng(9);
  one.next();
  expect(greedy.state).toEqual(one.state);
});

test("tokens come as often as they are likely", () => {
  const logits = Float32Array.of(Math.log(0.5), Math.log(0.3), Math.log(0.2));
  const rng = new Rng(7);
  const counts = [0, 0, 0];
  const draws = 20_000;
  for (let i = 0; i < draws; i++) counts[sampleToken(logits, off, nothing, rng)]! += 1;
  for (const [id, share] of [0.5, 0.3, 0.2].entries()) {
    // Five standard deviations.
    const tolerance = 5 * Math.sqrt((share * (1 - share)) / draws);
    expect(Math.abs(counts[id]! / draws - share)).toBeLessThan(tolerance);
  }
});

test("a token that must not come never comes", () => {
  const logits = Float32Array.of(0, Number.NEGATIVE_INFINITY, 0);
  const flat = { ...off, temperature: 100, top_k: 3 };
  expect(choicesOf(logits, flat, nothing).ids).toEqual([0, 2]);
  expect(choicesOf(logits, { ...off, repetition_penalty: 2 }, new Set([1])).ids).toEqual([0, 2]);
});

test("the likeliest tokens are told in order, with the model's own probabilities", () => {
  const logits = normalLogits(500, 3);
  const all = likelihood(logits, 17, 500);
  const sum = all.likeliest.reduce((total, { probability }) => total + probability, 0);
  expect(sum).toBeCloseTo(1, 12);
  expect(all.likeliest.map(({ id }) => id)).toEqual(choicesOf(logits, off, nothing).ids);
  const some = likelihood(logits, 17, 8);
  expect(some.likeliest).toEqual(all.likeliest.slice(0, 8));
  expect(some.probability).toBe(all.likeliest.find(({ id }) => id === 17)!.probability);
});
