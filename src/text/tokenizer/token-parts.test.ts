import fc from "fast-check";
import { expect, test } from "vitest";
import { Corpus } from "../corpus";
import { trainBpe } from "./bpe-train";
import { BpeEncoder } from "./encode";
import { tokenParts } from "./token-parts";

const text = "The cat saw a fox.\n<|endoftext|>\nThe fox saw a cat and a hen.";
const { model } = await trainBpe(await Corpus.open(new Blob([text]), "t.txt"), 290);
const encoder = new BpeEncoder(model);

test("a part is a token, and a character spelled in bytes is one part with all its bytes", () => {
  const ids = encoder.encodeString("cat\n☃!");
  const parts = tokenParts(model, ids);
  expect(parts.flatMap(({ tokens }) => tokens.map(({ id }) => id))).toEqual(ids);
  const lineFeed = parts.find(({ text }) => text === "\n")!;
  expect(lineFeed.tokens.map(({ piece }) => piece)).toEqual(["<0x0A>"]);
  const snowman = parts.find(({ text }) => text === "☃")!;
  expect(snowman.tokens.map(({ piece }) => piece)).toEqual(["<0xE2>", "<0x98>", "<0x83>"]);
});

test("parts spell the text again, after the space that the tokenizer puts before it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      const ids = encoder.encodeString(typed);
      const parts = tokenParts(model, ids);
      const before = typed === "" ? "" : " ";
      expect(parts.map(({ text }) => text).join("")).toBe(before + typed.replaceAll("▁", " "));
      expect(parts.flatMap(({ tokens }) => tokens.map(({ id }) => id))).toEqual(ids);
    }),
    { seed: 5 },
  );
});

test("a byte order mark within a text is a character like any other", () => {
  const parts = tokenParts(model, encoder.encodeString("a\ufeff"));
  expect(parts.map(({ text }) => text).join("")).toBe(" a\ufeff");
});

test("byte tokens that make no whole character stay separate from what follows", () => {
  const byte = (value: number) => 3 + value;
  const parts = tokenParts(model, [byte(0xe2), model.pieces.length - 1, byte(0x41)]);
  expect(parts.map(({ tokens }) => tokens.length)).toEqual([1, 1, 1]);
  expect(parts[0]!.text).toBe("\ufffd");
  expect(parts[2]!.text).toBe("A");
});
