import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineKernel, packParams, shaderText, spread } from "./kernel";

const base = {
  name: "scale",
  source: "fn main() {}",
  bindings: { x: "read", y: "write" },
  params: { count: "u32" },
  grid: () => spread(1),
  cost: () => ({ flops: 0, bytes: 0 }),
} as const;

describe("spread", () => {
  it("stays within 65,535 along x and y, with as many workgroups as asked and at most a row too many", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (count) => {
        const [x, y, z] = spread(count);
        expect(Math.max(x, y)).toBeLessThanOrEqual(65_535);
        expect(z).toBe(1);
        expect(x * y).toBeGreaterThanOrEqual(count);
        expect(x * y - count).toBeLessThan(y);
      }),
    );
  });

  it.each([
    [0, [0, 1, 1]],
    [65_535, [65_535, 1, 1]],
    [65_536, [32_768, 2, 1]],
  ])("makes of %i workgroups %o", (count, grid) => {
    expect(spread(count)).toEqual(grid);
  });
});

describe("packParams", () => {
  it("lays out fields in the order of the kernel, little-endian, each in its type", () => {
    const packed = packParams(
      { rows: "u32", scale: "f32", last: "u32" },
      { last: 0xffff_ffff, scale: -1.5, rows: 258 },
    );
    const view = new DataView(packed.buffer);
    expect(packed.length).toBe(12);
    expect([...packed.subarray(0, 4)]).toEqual([2, 1, 0, 0]);
    expect(view.getFloat32(4, true)).toBe(-1.5);
    expect(view.getUint32(8, true)).toBe(0xffff_ffff);
  });
});

describe("defineKernel", () => {
  it("tells variants apart by their tiles and constants", () => {
    expect(defineKernel(base).id).toBe("scale");
    expect(defineKernel({ ...base, tiles: { FORM: 2 }, constants: { WORKGROUP: 64 } }).id).toBe(
      "scale(FORM=2,WORKGROUP=64)",
    );
  });

  it("takes the id from what a variant says, not from the kernel it was made of", () => {
    const first = defineKernel({ ...base, constants: { WORKGROUP: 64 } });
    expect(defineKernel({ ...first, constants: { WORKGROUP: 4 } }).id).toBe("scale(WORKGROUP=4)");
  });
});

it("puts tiles before the source as constants", () => {
  expect(shaderText({ ...base, tiles: { FORM: 2, HEAD4: 8 } })).toBe(
    "const FORM: u32 = 2u;\nconst HEAD4: u32 = 8u;\nfn main() {}",
  );
  expect(shaderText(base)).toBe(base.source);
});
