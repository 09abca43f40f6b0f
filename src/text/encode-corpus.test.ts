import { describe, expect, it } from "vitest";
import { Corpus } from "./corpus";
import { encodeCorpus, fingerprint } from "./encode-corpus";
import { trainBpe } from "./tokenizer/bpe-train";
import { BpeEncoder } from "./tokenizer/encode";

const stories = Array.from(
  { length: 400 },
  (_, i) => `Story ${i}: the fox said “${i % 7}”.\nThe end.`,
);
const open = (list: string[]): Promise<Corpus> =>
  Corpus.open(new Blob([list.join("\n<|endoftext|>\n")]), "stories.txt");

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
    expect([...encoded.train]).toEqual(expected.train);
    expect([...encoded.heldOut]).toEqual(expected.heldOut);
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
    const { train, heldOut } = first;
    const seen = new Set([first.fingerprint, fingerprint(heldOut, train)]);
    for (const side of [train, heldOut]) {
      side[side.length - 2]! ^= 1;
      seen.add(fingerprint(train, heldOut));
    }
    seen.add(fingerprint(train.subarray(1), heldOut));
    expect(seen.size).toBe(5);
  });

  it("stops when it is cancelled", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    await expect(encodeCorpus(corpus, model, { signal: AbortSignal.abort() })).rejects.toThrow(
      "Encoding the text was cancelled",
    );
  });
});
