import { expect, test } from "vitest";
import type { ToldToken } from "../worker/api";
import { usualSampling } from "./sheet";
import type { Telling } from "./studio";
import {
  insteadOf,
  likelihoodLevel,
  pieceLabel,
  pieceText,
  reopened,
  shownPieces,
  withTokens,
} from "./telling";

function token(piece: string, text = pieceText(piece), more: Partial<ToldToken> = {}): ToldToken {
  return { id: 9, piece, text, probability: 0.5, shifted: false, likeliest: [], ...more };
}

const telling: Telling = {
  id: 1,
  prompt: "Once",
  sampling: usualSampling(10),
  tokens: [],
  steps: { first: 3, last: 3 },
  pace: null,
  end: null,
};
const pace = { secondsToFirst: 0.1, tokensPerSecond: 20 };

test("tokens are added in order, with the steps and the pace that they came at", () => {
  const [a, b, c] = [token("▁upon"), token("▁a"), token("▁time")];
  const begun = withTokens(telling, { tokens: [a], step: 5, pace: null });
  const told = withTokens(begun, { tokens: [b, c], step: 7, pace });
  expect(told.tokens).toEqual([a, b, c]);
  expect(told.steps).toEqual({ first: 5, last: 7 });
  expect(told.pace).toEqual(pace);
});

test("to be gone on with, an end of the story is taken back, and nothing else", () => {
  const tokens = [token("▁upon"), token("</s>")];
  const ended: Telling = { ...telling, tokens, pace, end: "end-of-story" };
  expect(reopened(ended)).toEqual({ ...telling, tokens: tokens.slice(0, 1) });
  const stopped: Telling = { ...ended, tokens: tokens.slice(0, 1), end: "stopped" };
  expect(reopened(stopped)).toEqual({ ...telling, tokens: tokens.slice(0, 1) });
});

test("another token takes the place of one, and those after it are gone", () => {
  const tokens = [token("▁upon"), token("▁a"), token("▁time")];
  const choice = { id: 77, piece: "▁the", probability: 0.25 };
  expect(insteadOf(tokens, 1, choice)).toEqual([
    tokens[0],
    { ...token("▁the", " the"), id: 77, probability: 0.25 },
  ]);
});

test("bytes are shown as the character that they make, as likely as all of them together", () => {
  const tokens = [
    token("▁a"),
    token("<0xC3>", ""),
    token("<0xBC>", "ü", { shifted: true }),
    token("▁b"),
  ];
  const pieces = shownPieces(tokens, true);
  expect(pieces.map(({ text, at, shifted }) => [text, at, shifted])).toEqual([
    [" a", 0, false],
    ["ü", 1, true],
    [" b", 3, false],
  ]);
  expect(pieces[1]!.probability).toBe(0.25);
});

test("an unfinished character waits while the telling goes on, and is U+FFFD when it has ended", () => {
  const tokens = [token("▁a"), token("<0xF0>", ""), token("<0x9F>", "")];
  expect(shownPieces(tokens, false).map(({ text }) => text)).toEqual([" a"]);
  expect(shownPieces(tokens, true).map(({ text }) => text)).toEqual([" a", "\ufffd"]);
});

test("the end of a story is a piece of its own without text", () => {
  const pieces = shownPieces([token("<0xF0>", ""), token("</s>")], true);
  expect(pieces.map(({ text, tokens }) => [text, tokens.length])).toEqual([["", 2]]);
});

test("pieces have names that can be read", () => {
  const names = ["▁the", "</s>", "<0x0A>", "<0x41>", "<0xE2>", "<0x20>"].map(pieceLabel);
  expect(names).toEqual(["␣the", "end of the story", "new line", "A", "byte E2", "byte 20"]);
  expect(["▁a▁b", "<0x41>", "<0xE2>", "</s>"].map(pieceText)).toEqual([" a b", "A", "", ""]);
});

test("the less likely, the stronger the shade", () => {
  expect([0, 0.02, 0.1, 0.3, 0.7, 1].map(likelihoodLevel)).toEqual([0, 1, 2, 3, 4, 4]);
});
