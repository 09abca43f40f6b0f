import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { relativeL2 } from "./compare";
import { embeddingBackward, embeddingForward } from "./embedding";
import { finiteDifferences, innerProduct, normals } from "./finite-differences";

describe("embedding", () => {
  it("copies the rows that the ids name", () => {
    const table = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect([...embeddingForward(Uint32Array.of(2, 0, 2), table, 2)]).toEqual([5, 6, 1, 2, 5, 6]);
  });

  it.each([
    { ids: [0], vocab: 1, width: 1 },
    { ids: [4, 4, 0, 4, 2, 0, 6], vocab: 7, width: 3 },
    { ids: [], vocab: 3, width: 4 },
  ])("adds up the gradients of repeated ids: $ids", ({ ids, vocab, width }) => {
    const rng = new Rng(3);
    const rows = Uint32Array.from(ids);
    const table = normals(rng, vocab * width);
    const dOut = normals(rng, rows.length * width);
    const numeric = finiteDifferences(
      (x) => innerProduct(embeddingForward(rows, x, width), dOut),
      table,
    );
    const dTable = embeddingBackward(rows, dOut, vocab, width);
    expect(relativeL2(dTable, numeric)).toBeLessThan(1e-6);
  });
});
