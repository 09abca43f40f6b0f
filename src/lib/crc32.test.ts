import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32, crc32Joined } from "./crc32";

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

  it("joins the CRCs of two parts, whatever their lengths", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 99 }), fc.uint8Array({ maxLength: 999 }), (a, b) => {
        const whole = new Uint8Array([...a, ...b]);
        expect(crc32Joined(crc32(a), crc32(b), b.length)).toBe(crc32(whole));
      }),
    );
    // More bytes than 32 bits can count: zeros, by doubling, and one byte more before or after.
    const zero = crc32(new Uint8Array(1));
    let [crc, bytes] = [zero, 1];
    while (bytes < 2 ** 34) [crc, bytes] = [crc32Joined(crc, crc, bytes), 2 * bytes];
    expect(crc32Joined(crc, zero, 1)).toBe(crc32Joined(zero, crc, bytes));
  });
});
