import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../lib/crc32";
import { MemoryFile } from "./byte-store";
import { allTokens, TokenArray, type TokenSource, TokenWriter } from "./token-store";

/** Sizes that grow over every border there is: the writer's buffer, the file's chunks. */
function write(length: number): { ids: Uint16Array<ArrayBuffer>; writer: TokenWriter } {
  const ids = Uint16Array.from({ length }, (_, i) => i * 7);
  const writer = new TokenWriter(new MemoryFile());
  for (let at = 0, size = 1; at < length; at += size, size = (size * 7) % 300_007) {
    writer.append(ids.subarray(at, at + size));
  }
  return { ids, writer };
}

describe("TokenWriter", () => {
  it("gives back what went in, over the borders of its chunks, with its checksum", () => {
    for (const length of [0, 1, 2 ** 18, 2 ** 19, 2_700_000]) {
      const { ids, writer } = write(length);
      const stream = writer.finish();
      expect(stream.length).toBe(length);
      expect(Buffer.from(allTokens(stream).buffer).equals(Buffer.from(ids.buffer))).toBe(true);
      expect(writer.crc).toBe(crc32(new Uint8Array(ids.buffer)));
    }
  });
});

describe("a token source", () => {
  it("reads any part, from memory and from a file, and no further than its end", () => {
    const { ids, writer } = write(1_100_000);
    const sources: TokenSource[] = [writer.finish(), new TokenArray(ids)];
    fc.assert(
      fc.property(fc.nat(1_100_100), fc.nat(70), (start, length) => {
        for (const source of sources) {
          const into = new Uint16Array(length).fill(1);
          const count = source.read(start, into);
          const expected = ids.subarray(start, start + length);
          expect(count).toBe(expected.length);
          expect([...into.subarray(0, count)]).toEqual([...expected]);
        }
      }),
    );
  });
});
