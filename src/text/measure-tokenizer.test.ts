import { beforeAll, expect, test } from "vitest";
import { Corpus } from "./corpus";
import { type EncodedCorpus, encodeCorpus } from "./encode-corpus";
import { countPieces, measureTokenizer } from "./measure-tokenizer";
import { allTokens } from "./token-store";
import { trainBpe } from "./tokenizer/bpe-train";
import type { TokenizerModel } from "./tokenizer/model";

const stories = Array.from(
  { length: 300 },
  (_, i) => `Story ${i}: the fox said “${i % 7}”.\nThe  end.`,
);
let corpus: Corpus;
let model: TokenizerModel;
let encoded: EncodedCorpus;

beforeAll(async () => {
  corpus = await Corpus.open(new Blob([stories.join("\n<|endoftext|>\n")]), "stories.txt");
  model = (await trainBpe(corpus, 400)).model;
  encoded = await encodeCorpus(corpus, model);
});

test("measures the held-out stories as they are encoded for a run", async () => {
  const measure = await measureTokenizer(corpus, model);
  const held = stories.length - corpus.summary.trainStories;
  expect(measure.stories).toBe(held);
  expect(measure.tokens).toBe(encoded.heldOut.length - 2 * held);
  expect(measure.bytes).toBe(encoded.heldOutBytes);
  // Two curly quotes of three bytes each.
  expect(measure.characters).toBe(measure.bytes - 4 * held);
  expect(measure.words).toBe(8 * held);
  expect(measure.trainTokens).toBe(encoded.train.length);
});

test("counts each piece of the training stories, and only of those", async () => {
  const { counts, stories: counted, tokens } = await countPieces(corpus, model);
  const expected = new Uint32Array(model.pieces.length);
  for (const id of allTokens(encoded.train)) expected[id]! += 1;
  expect(counts).toEqual(expected);
  expect(counted).toBe(corpus.summary.trainStories);
  expect(tokens).toBe(encoded.train.length);
});

test("both stop when they are cancelled", async () => {
  const signal = AbortSignal.abort();
  await expect(measureTokenizer(corpus, model, { signal })).rejects.toThrow("was cancelled");
  await expect(countPieces(corpus, model, { signal })).rejects.toThrow("was cancelled");
});
