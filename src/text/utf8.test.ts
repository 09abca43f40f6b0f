import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointAt, countCodePoints, Utf8Checker } from "./utf8";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Feeds the bytes in pieces of `size`. */
function check(bytes: Uint8Array, size = bytes.length): number {
  const checker = new Utf8Checker();
  for (let at = 0; at < bytes.length; at += size) {
    const bad = checker.push(bytes.subarray(at, at + size));
    if (bad >= 0) return bad;
  }
  return checker.end();
}

function platformAccepts(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

describe("Utf8Checker", () => {
  it.each([
    ["a continuation byte alone", [0x61, 0x80], 1],
    ["an overlong slash", [0x61, 0x62, 0xc0, 0xaf], 2],
    ["an overlong three-byte form", [0xe0, 0x9f, 0xbf], 0],
    ["a surrogate", [0x61, 0xed, 0xa0, 0x80], 1],
    ["beyond U+10FFFF", [0x61, 0xf4, 0x90, 0x80, 0x80], 1],
    ["a character cut off by the next", [0x61, 0xe2, 0x82, 0x61], 1],
    ["a character cut off by the end", [0x61, 0x62, 0xf0, 0x9f, 0x98], 2],
    ["Latin-1", [0x63, 0x61, 0x66, 0xe9, 0x21], 3],
  ])("finds %s, however the bytes are cut", (_, bytes, offset) => {
    for (const size of [1, 2, 3, 100]) expect(check(Uint8Array.from(bytes), size)).toBe(offset);
  });

  it("accepts exactly what the platform's decoder accepts", () => {
    // Bytes that are likely to be nearly UTF-8.
    const byte = fc.constantFrom(0x61, 0x80, 0x8f, 0x9f, 0xa0, 0xbf, 0xc2, 0xe0, 0xed, 0xf0, 0xf4);
    fc.assert(
      fc.property(
        fc.array(byte, { maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        (list, size) => {
          // The platform's decoder drops a byte order mark, which changes nothing here.
          const bytes = Uint8Array.from(list);
          expect(check(bytes, size) < 0).toBe(platformAccepts(bytes));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it("reads code points as strings do", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (text) => {
        const bytes = encode(text);
        expect(countCodePoints(bytes)).toBe([...text].length);
        expect(codePointAt(bytes, 0)).toBe(text.codePointAt(0));
      }),
    );
  });
});
