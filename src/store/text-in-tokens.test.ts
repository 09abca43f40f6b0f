import { expect, test } from "vitest";
import type { CorpusSummary, TokenizerMeasure } from "../worker/api";
import type { TextInTokens, TokenizerOnPage } from "./studio";
import { textInTokens, trainTokens } from "./text-in-tokens";

const text = { name: "t", characters: 10_000, trainStories: 90 } as CorpusSummary;
const model = new Uint8Array(1);
const tokenizer = { model } as TokenizerOnPage;
const heldOut: TokenizerMeasure = {
  stories: 10,
  characters: 1_000,
  bytes: 1_100,
  words: 200,
  tokens: 400,
  trainTokens: null,
};
const measured: TextInTokens = { text, model, heldOut, trainTokens: null };

test("the training text is reckoned from its characters until it was counted", () => {
  // 9,000 characters at 0.4 tokens each, and a beginning and an end for each of 90 stories.
  expect(trainTokens({ measured, text, tokenizer })).toEqual({ tokens: 3_780, exact: false });
  const counted = { ...measured, trainTokens: 3_777 };
  expect(trainTokens({ measured: counted, text, tokenizer })).toEqual({
    tokens: 3_777,
    exact: true,
  });
});

test("what was measured of another text or with another tokenizer says nothing", () => {
  expect(textInTokens({ measured, text, tokenizer })).toBe(measured);
  expect(textInTokens({ measured: null, text, tokenizer })).toBeNull();
  expect(textInTokens({ measured, text: { ...text }, tokenizer })).toBeNull();
  expect(textInTokens({ measured, text: null, tokenizer })).toBeNull();
  const other = { ...tokenizer, model: new Uint8Array(1) };
  expect(textInTokens({ measured, text, tokenizer: other })).toBeNull();
  expect(trainTokens({ measured, text, tokenizer: other })).toBeNull();
});
