import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";
import { rope, ropeTables } from "./rope";

const shape = {
  rows: 10,
  heads: 3,
  headDim: 6,
  rowStride: 25,
  offset: 2,
  context: 5,
  theta: 10_000,
};

describe("rope", () => {
  it("has the angles t · theta^(−2i/headDim)", () => {
    const { cos, sin } = ropeTables(3, 4, 100);
    expect([...cos]).toEqual([0, 1, 2].flatMap((t) => [Math.cos(t), Math.cos(t * 0.1)]));
    expect([...sin]).toEqual([0, 1, 2].flatMap((t) => [Math.sin(t), Math.sin(t * 0.1)]));
  });

  it("turns element i together with element i + headDim/2", () => {
    const one = { rows: 2, heads: 1, headDim: 4, rowStride: 4, offset: 0, context: 2, theta: 100 };
    const y = rope(Float64Array.of(9, 9, 9, 9, 1, 0, 0, 1), one);
    expect([...y.subarray(0, 4)]).toEqual([9, 9, 9, 9]);
    const expected = [Math.cos(1), -Math.sin(0.1), Math.sin(1), Math.cos(0.1)];
    expected.forEach((value, i) => {
      expect(y[4 + i]).toBeCloseTo(value, 15);
    });
  });

  it("leaves everything outside its heads alone and starts again with each sequence", () => {
    const x = new Float64Array(shape.rows * shape.rowStride).fill(1);
    const y = rope(x, shape);
    for (let r = 0; r < shape.rows; r++) {
      const row = y.subarray(r * shape.rowStride, (r + 1) * shape.rowStride);
      expect([...row.subarray(0, 2), ...row.subarray(20)]).toEqual([1, 1, 1, 1, 1, 1, 1]);
    }
    expect(y.subarray(125)).toEqual(y.subarray(0, 125));
  });

  it("is undone by its inverse, which is its backward", () => {
    const rng = new Rng(5);
    const x = normals(rng, shape.rows * shape.rowStride);
    const dY = normals(rng, x.length);
    expect(relativeL2(rope(rope(x, shape), { ...shape, inverse: true }), x)).toBeLessThan(1e-14);
    const numeric = finiteDifferences((moved) => innerProduct(rope(moved, shape), dY), x);
    expect(relativeL2(rope(dY, { ...shape, inverse: true }), numeric)).toBeLessThan(1e-6);
  });
});
