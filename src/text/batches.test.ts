import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BatchSampler, type Cursor, evaluationBatches, ignoredTarget } from "./batches";
import { MemoryFile } from "./byte-store";
import { TokenArray, TokenWriter } from "./token-store";

const tokensOf = (...ids: number[]) => new TokenArray(Uint16Array.from(ids));
/** Tokens that say where they are: no two alike, none of them BOS. */
const numbered = (length: number) => tokensOf(...Array.from({ length }, (_, i) => i + 10));

function take(sampler: BatchSampler, batchSize: number, context: number) {
  const inputs = new Uint32Array(batchSize * context);
  const targets = new Uint32Array(batchSize * context);
  const predicted = sampler.next(batchSize, inputs, targets);
  return { inputs: [...inputs], targets: [...targets], predicted };
}

describe("BatchSampler", () => {
  it("takes every window of an epoch once, targets one token on", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2, max: 300 }),
        (context, length) => {
          fc.pre(length > context);
          const sampler = new BatchSampler(numbered(length), context, 1);
          const starts = [];
          for (let i = 0; i < sampler.windows; i++) {
            const { inputs, targets, predicted } = take(sampler, 1, context);
            expect(targets).toEqual(inputs.map((token) => token + 1));
            expect(predicted).toBe(context);
            starts.push((inputs[0]! - 10) / context);
          }
          expect(starts.sort((a, b) => a - b)).toEqual(starts.map((_, i) => i));
          // Nothing is left over but less than a window.
          expect(length - 1 - sampler.windows * context).toBeLessThan(context);
        },
      ),
    );
  });

  it("goes across the end of an epoch in one batch, in another order", () => {
    const sampler = new BatchSampler(numbered(41), 2, 5);
    const both = take(sampler, 40, 2).inputs.filter((_, i) => i % 2 === 0);
    expect(sampler.cursor).toEqual({ epoch: 1, index: 20 });
    const [first, second] = [both.slice(0, 20), both.slice(20)];
    expect(new Set(first).size).toBe(20);
    expect(new Set(second)).toEqual(new Set(first));
    expect(second).not.toEqual(first);
  });

  it("resumes from a cursor that went through JSON", () => {
    const tokens = numbered(500);
    const whole = new BatchSampler(tokens, 7, 3);
    for (let i = 0; i < 13; i++) take(whole, 6, 7);
    const cursor = JSON.parse(JSON.stringify(whole.cursor)) as Cursor;
    const resumed = new BatchSampler(tokens, 7, 3, cursor);
    for (let i = 0; i < 30; i++) expect(take(resumed, 5, 7)).toEqual(take(whole, 5, 7));
  });

  it("gives another order for another seed", () => {
    const order = (seed: number) => take(new BatchSampler(numbered(200), 4, seed), 40, 4).inputs;
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).toEqual(order(1));
  });

  it("does not predict BOS", () => {
    const sampler = new BatchSampler(tokensOf(1, 20, 2, 1, 30, 2, 1), 6, 1);
    expect(take(sampler, 1, 6)).toEqual({
      inputs: [1, 20, 2, 1, 30, 2],
      targets: [20, 2, ignoredTarget, 30, 2, ignoredTarget],
      predicted: 4,
    });
  });

  it("takes the same windows from a file as from memory", () => {
    const inMemory = numbered(997);
    const writer = new TokenWriter(new MemoryFile());
    writer.append(inMemory.ids);
    const fromFile = new BatchSampler(writer.finish(), 9, 4);
    const fromMemory = new BatchSampler(inMemory, 9, 4);
    for (let i = 0; i < 40; i++) expect(take(fromFile, 7, 9)).toEqual(take(fromMemory, 7, 9));
  });

  it("says how much text a window needs", () => {
    expect(() => new BatchSampler(numbered(8), 8, 1)).toThrow(
      "has 8 tokens, but one window of this model needs 9",
    );
    expect(new BatchSampler(numbered(9), 8, 1).windows).toBe(1);
  });
});

describe("evaluationBatches", () => {
  it("makes every token but the first a target once, in order, and pads the rest", () => {
    const positive = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(
        positive(9),
        positive(5),
        fc.integer({ min: 2, max: 200 }),
        (context, batch, length) => {
          const tokens = numbered(length);
          const inputs = new Uint32Array(batch * context);
          const targets = new Uint32Array(batch * context);
          const seen: number[] = [];
          for (const predicted of evaluationBatches(tokens, context, batch, inputs, targets)) {
            const valid = [...targets.keys()].filter((i) => targets[i] !== ignoredTarget);
            expect(predicted).toBe(valid.length);
            for (const i of valid) {
              expect(inputs[i]).toBe(targets[i]! - 1);
              seen.push(targets[i]!);
            }
          }
          expect(seen).toEqual([...tokens.ids.subarray(1)]);
        },
      ),
    );
  });

  it("does not predict BOS and needs two tokens", () => {
    const [inputs, targets] = [new Uint32Array(8), new Uint32Array(8)];
    const run = (tokens: number[]) => [
      ...evaluationBatches(tokensOf(...tokens), 4, 2, inputs, targets),
    ];
    expect(run([1, 20, 2, 1, 21, 2])).toEqual([4]);
    const none = ignoredTarget;
    expect([...targets]).toEqual([20, 2, none, 21, 2, none, none, none]);
    expect(() => run([1])).toThrow("The held-out text has 1 tokens");
  });
});
