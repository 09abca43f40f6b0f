import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { attentionBackward, attentionForward } from "./attention";
import { relativeL2 } from "./compare";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";

const shapes = [
  { batch: 1, context: 1, heads: 1, kvHeads: 1, headDim: 1 },
  { batch: 2, context: 5, heads: 3, kvHeads: 3, headDim: 4 },
  { batch: 1, context: 7, heads: 4, kvHeads: 2, headDim: 3 },
  { batch: 3, context: 3, heads: 6, kvHeads: 1, headDim: 2 },
  { batch: 0, context: 4, heads: 2, kvHeads: 1, headDim: 2 },
];

const packedLength = (s: (typeof shapes)[number]) =>
  s.batch * s.context * (s.heads + 2 * s.kvHeads) * s.headDim;

describe("attention", () => {
  it("averages the values seen so far when all keys are alike", () => {
    // headDim 1; rows are [q, k, v].
    const qkv = Float64Array.of(5, 0, 3, 5, 0, 6, 5, 0, 12);
    const shape = { batch: 1, context: 3, heads: 1, kvHeads: 1, headDim: 1 };
    const { out, logSumExp } = attentionForward(qkv, shape);
    [3, 4.5, 7].forEach((value, t) => {
      expect(out[t]).toBeCloseTo(value, 14);
      expect(logSumExp[t]).toBeCloseTo(Math.log(t + 1), 14);
    });
  });

  it("scales scores by 1/sqrt(headDim) and shares a key head among its query heads", () => {
    const shape = { batch: 1, context: 2, heads: 4, kvHeads: 2, headDim: 4 };
    const qkv = new Float64Array(2 * 32);
    for (let h = 0; h < 4; h++) qkv[32 + h * 4] = 1; // q of token 1
    qkv[32 + 16] = 2; // k of token 1, kv head 0: score 2/2 = 1 against 0
    qkv[32 + 20] = 4; // kv head 1: score 2 against 0
    const { logSumExp } = attentionForward(qkv, shape);
    [1, 1, 2, 2].forEach((score, h) => {
      expect(logSumExp[4 + h]).toBeCloseTo(Math.log(1 + Math.exp(score)), 14);
    });
  });

  it("stays finite where exp of a score would not", () => {
    const shape = { batch: 1, context: 2, heads: 1, kvHeads: 1, headDim: 1 };
    const { out, logSumExp } = attentionForward(Float64Array.of(100, 90, 1, 100, 91, 2), shape);
    expect(logSumExp[1]).toBeCloseTo(9100, 9);
    expect(out[1]).toBeCloseTo(2, 9);
  });

  it("does not look ahead", () => {
    const shape = shapes[1]!;
    const qkv = normals(new Rng(6), packedLength(shape));
    const later = qkv.slice();
    const row = (shape.heads + 2 * shape.kvHeads) * shape.headDim;
    for (let i = 3 * row; i < 5 * row; i++) later[i]! += 1;
    const width = shape.heads * shape.headDim;
    const before = attentionForward(qkv, shape).out;
    const after = attentionForward(later, shape).out;
    expect(after.subarray(0, 3 * width)).toEqual(before.subarray(0, 3 * width));
    expect(after.subarray(5 * width)).toEqual(before.subarray(5 * width));
    expect(relativeL2(after, before)).toBeGreaterThan(0.01);
  });

  it.each(shapes)("has the gradients that finite differences see: %o", (shape) => {
    const rng = new Rng(7);
    const qkv = normals(rng, packedLength(shape));
    const dOut = normals(rng, shape.batch * shape.context * shape.heads * shape.headDim);
    const numeric = finiteDifferences(
      (moved) => innerProduct(attentionForward(moved, shape).out, dOut),
      qkv,
    );
    expect(relativeL2(attentionBackward(qkv, dOut, shape), numeric)).toBeLessThan(1e-6);
  });
});
