import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";
import { matmul } from "./matmul";

function transpose(x: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: x.length }, (_, i) => {
    return x[(i % rows) * columns + Math.floor(i / rows)]!;
  });
}

const shapes = [
  { m: 1, n: 1, k: 1 },
  { m: 3, n: 5, k: 7 },
  { m: 1, n: 17, k: 2 },
  { m: 13, n: 1, k: 11 },
];

describe("matmul", () => {
  it("multiplies a product known by heart", () => {
    const c = matmul(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(7, 8, 9, 10, 11, 12), {
      m: 2,
      n: 2,
      k: 3,
    });
    expect([...c]).toEqual([58, 64, 139, 154]);
  });

  it.each(shapes)("reads transposed operands from their own layout: $m×$k×$n", (shape) => {
    const { m, n, k } = shape;
    const rng = new Rng(1);
    const a = normals(rng, m * k);
    const b = normals(rng, k * n);
    const aT = transpose(a, m, k);
    const bT = transpose(b, k, n);
    const c = matmul(a, b, shape);
    expect(matmul(aT, b, { ...shape, transposeA: true })).toEqual(c);
    expect(matmul(a, bT, { ...shape, transposeB: true })).toEqual(c);
    expect(matmul(aT, bT, { ...shape, transposeA: true, transposeB: true })).toEqual(c);
  });

  it.each(shapes)("has gradients that are matmuls: $m×$k×$n", ({ m, n, k }) => {
    const rng = new Rng(2);
    const a = normals(rng, m * k);
    const b = normals(rng, k * n);
    const dC = normals(rng, m * n);
    const dA = matmul(dC, b, { m, n: k, k: n, transposeB: true });
    const dB = matmul(a, dC, { m: k, n, k: m, transposeA: true });
    const overA = finiteDifferences((x) => innerProduct(matmul(x, b, { m, n, k }), dC), a);
    const overB = finiteDifferences((x) => innerProduct(matmul(a, x, { m, n, k }), dC), b);
    expect(relativeL2(dA, overA)).toBeLessThan(1e-6);
    expect(relativeL2(dB, overB)).toBeLessThan(1e-6);
  });

  it("gives an empty product for zero rows and zeros for an empty sum", () => {
    expect(matmul(new Float64Array(0), new Float64Array(6), { m: 0, n: 3, k: 2 })).toHaveLength(0);
    const zeros = matmul(new Float64Array(0), new Float64Array(0), { m: 2, n: 1, k: 0 });
    expect([...zeros]).toEqual([0, 0]);
  });
});
