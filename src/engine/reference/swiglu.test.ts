import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";
import { swigluBackward, swigluForward } from "./swiglu";

describe("SwiGLU", () => {
  it("gates with silu: the first half of a row is the gate, the second what passes", () => {
    const out = swigluForward(Float64Array.of(1, -2, 10, 100, 0, 3, 7, 7), 2, 2);
    const silu = (x: number) => x / (1 + Math.exp(-x));
    [silu(1) * 10, silu(-2) * 100, 0, silu(3) * 7].forEach((value, i) => {
      expect(out[i]).toBeCloseTo(value, 12);
    });
  });

  it("is finite for gates far out", () => {
    const gates = Float64Array.of(-1000, 1000, 2, 2);
    expect([...swigluForward(gates, 1, 2)]).toEqual([-0, 2000]);
    expect([...swigluBackward(gates, Float64Array.of(1, 1), 1, 2)]).toEqual([-0, 2, -0, 1000]);
  });

  it.each([
    { rows: 1, width: 1 },
    { rows: 5, width: 3 },
    { rows: 2, width: 11 },
    { rows: 0, width: 4 },
  ])("has the gradients that finite differences see: $rows×$width", ({ rows, width }) => {
    const rng = new Rng(8);
    const gateUp = normals(rng, rows * 2 * width, 2);
    const dOut = normals(rng, rows * width);
    const numeric = finiteDifferences(
      (moved) => innerProduct(swigluForward(moved, rows, width), dOut),
      gateUp,
    );
    expect(relativeL2(swigluBackward(gateUp, dOut, rows, width), numeric)).toBeLessThan(1e-6);
  });
});
