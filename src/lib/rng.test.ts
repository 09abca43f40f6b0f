import { describe, expect, it } from "vitest";
import { Rng } from "./rng";

const draws = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);

describe("Rng", () => {
  it("follows the published xoshiro128** sequence from the state 1, 2, 3, 4", () => {
    // First outputs of xoshiro128starstar.c (1.1): 11520, 0, 5927040, 70819200.
    const rng = Rng.fromState([1, 2, 3, 4]);
    expect(draws(4, () => rng.below(2 ** 32))).toEqual([11520, 0, 5927040, 70819200]);
  });

  it("seeds with splitmix64", () => {
    // splitmix64 from 0 gives e220a8397b1dcdaf, 6e789e6aa1b965f4.
    expect(new Rng(0).state).toEqual([0x7b1dcdaf, 0xe220a839, 0xa1b965f4, 0x6e789e6a]);
  });

  it("goes on from an exported state, also through JSON", () => {
    const rng = new Rng(7);
    draws(11, () => rng.next());
    const copy = Rng.fromState(JSON.parse(JSON.stringify(rng.state)) as number[]);
    expect(draws(50, () => copy.normal())).toEqual(draws(50, () => rng.normal()));
  });

  it("gives other numbers for another seed, beyond 32 bits and below zero too", () => {
    const firsts = [0, 1, -1, 2 ** 32, 2 ** 40 + 1].map((seed) => new Rng(seed).next());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("is uniform in [0, 1)", () => {
    const rng = new Rng(1);
    const values = draws(100_000, () => rng.next());
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(values.every((v) => v >= 0 && v < 1)).toBe(true);
    const mean = values.reduce((a, b) => a + b) / values.length;
    // Standard error sqrt(1/12/100000) = 0.0009; four of them.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0037);
  });

  it("draws integers below n without bias", () => {
    const rng = new Rng(2);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[rng.below(7)]!++;
    const chiSquare = counts.reduce((sum, c) => sum + (c - 10_000) ** 2 / 10_000, 0);
    // 0.999 quantile of chi-square with 6 degrees of freedom.
    expect(chiSquare).toBeLessThan(22.46);
  });

  it("draws normal values with mean 0, variance 1 and normal tails", () => {
    const rng = new Rng(3);
    const values = draws(100_000, () => rng.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((v) => Math.abs(v) > 2).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.013);
    expect(Math.abs(variance - 1)).toBeLessThan(0.018);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.0027);
  });
});
