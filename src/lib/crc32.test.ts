import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "./crc32";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Straight from the definition: one bit at a time. */
function bitwise(data: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb8_8320 : 0);
  }
  return ~crc >>> 0;
}

describe("crc32", () => {
  it.each([
    ["", 0],
    ["a", 0xe8b7be43],
    ["abc", 0x352441c2],
    ["123456789", 0xcbf43926],
    ["The quick brown fox jumps over the lazy dog", 0x414fa339],
  ])("matches the known value of %j", (text, expected) => {
    expect(crc32(bytes(text))).toBe(expected);
  });

  it("equals the definition, whole or in two parts, at any offset in a buffer", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), fc.nat(9), (data, at, shift) => {
        const cut = Math.min(at, data.length);
        const shifted = new Uint8Array(data.length + shift);
        shifted.set(data, shift);
        const expected = bitwise(data);
        expect(crc32(shifted.subarray(shift))).toBe(expected);
        expect(crc32(data.subarray(cut), crc32(data.subarray(0, cut)))).toBe(expected);
      }),
    );
  });
});
