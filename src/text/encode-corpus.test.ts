import { describe, expect, it } from "vitest";
import { Corpus } from "./corpus";
import { encodeCorpus } from "./encode-corpus";
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
    const fingerprint = async (list: string[]): Promise<string> =>
      (await encodeCorpus(await open(list), model)).fingerprint;
    const first = await fingerprint(stories);
    expect(await fingerprint([...stories])).toBe(first);
    expect(await fingerprint(stories.with(5, `${stories[5]}!`))).not.toBe(first);
    expect(await fingerprint(stories.slice(1))).not.toBe(first);
  });

  it("stops when it is cancelled", async () => {
    const corpus = await open(stories);
    const { model } = await trainBpe(corpus, 400);
    await expect(encodeCorpus(corpus, model, { signal: AbortSignal.abort() })).rejects.toThrow(
      "Encoding the text was cancelled",
    );
  });
});
