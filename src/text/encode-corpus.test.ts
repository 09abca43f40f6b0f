import { describe, expect, it } from "vitest";
import { crc32 } from "../lib/crc32";
import { problem } from "../lib/errors";
import { type ByteStore, MemoryFile } from "./byte-store";
import { Corpus } from "./corpus";
import { encodeCorpus, fingerprint } from "./encode-corpus";
import { allTokens } from "./token-store";
import { trainBpe } from "./tokenizer/bpe-train";
import { BpeEncoder } from "./tokenizer/encode";

const stories = Array.from(
  { length: 400 },
  (_, i) => `Story ${i}: the fox said “${i % 7}”.\nThe end.`,
);
const open = (list: string[]): Promise<Corpus> =>
  Corpus.open(new Blob([list.join("\n<|endoftext|>\n")]), "stories.txt");

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
const written = (ids: Uint16Array) => ({ length: ids.length, crc: crc32(bytesOf(ids)) });

describe("encodeCorpus", () => {
  it("gives each story alone, between BOS and EOS, on the side where it belongs", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    const encoder = new BpeEncoder(model);
    const expected = { train: [] as number[], heldOut: [] as number[], bytes: 0 };
    for await (const batch of corpus.batches()) {
      for (const { bytes, heldOut } of batch.stories) {
        expected[heldOut ? "heldOut" : "train"].push(1, ...encoder.encode(bytes), 2);
        if (heldOut) expected.bytes += bytes.length;
      }
    }
    const encoded = await encodeCorpus(corpus, model);
    expect([...allTokens(encoded.train)]).toEqual(expected.train);
    expect([...allTokens(encoded.heldOut)]).toEqual(expected.heldOut);
    expect(encoded.heldOutBytes).toBe(expected.bytes);
    expect(encoded.name).toBe("stories.txt");
    expect(encoded.fingerprint).toMatch(/^[0-9a-f]{8}$/);
  });

  it("has a fingerprint that changes with one letter of either side, and not otherwise", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    const encode = async (list: string[]) => encodeCorpus(await open(list), model);
    const first = await encode(stories);
    expect((await encode([...stories])).fingerprint).toBe(first.fingerprint);
    expect((await encode(stories.with(5, `${stories[5]}!`))).fingerprint).not.toBe(
      first.fingerprint,
    );
    const [train, heldOut] = [allTokens(first.train), allTokens(first.heldOut)];
    const of = (one: Uint16Array, other: Uint16Array) => fingerprint(written(one), written(other));
    expect(of(train, heldOut)).toBe(first.fingerprint);
    const seen = new Set([first.fingerprint, of(heldOut, train)]);
    for (const side of [train, heldOut]) {
      side[side.length - 2]! ^= 1;
      seen.add(of(train, heldOut));
    }
    seen.add(of(train.subarray(1), heldOut));
    expect(seen.size).toBe(5);
  });

  it("has the fingerprint that the checkpoints of before have: of lengths and streams in a row", () => {
    const train = Uint16Array.from({ length: 70_001 }, (_, i) => i * i);
    const heldOut = Uint16Array.of(1, 300, 2);
    let whole = crc32(bytesOf(new Uint32Array([train.length, heldOut.length])));
    for (const stream of [train, heldOut]) whole = crc32(bytesOf(stream), whole);
    const expected = whole.toString(16).padStart(8, "0");
    expect(fingerprint(written(train), written(heldOut))).toBe(expected);
  });

  it("leaves nothing in the store when it fails", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    const files = new Set<string>();
    const full = problem("storage-full", { what: "it", written: 1, quota: 1 });
    const store: ByteStore = {
      async create(name) {
        files.add(name);
        const file = new MemoryFile();
        file.append = () => {
          throw full;
        };
        return file;
      },
      async remove(name) {
        files.delete(name);
      },
    };
    const place = { store, train: "a", heldOut: "b" };
    await expect(encodeCorpus(corpus, model, {}, place)).rejects.toBe(full);
    expect(files.size).toBe(0);
  });

  it("stops when it is cancelled", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    await expect(encodeCorpus(corpus, model, { signal: AbortSignal.abort() })).rejects.toThrow(
      "Encoding the text was cancelled",
    );
  });
});
