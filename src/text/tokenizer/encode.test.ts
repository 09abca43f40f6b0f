import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  encoding,
  trainingText,
  trainOn,
  vectorVocabSize,
} from "../../../tests/fixtures/tokenizer/load";
import { decode } from "./decode";
import { BpeEncoder } from "./encode";
import type { TokenizerModel } from "./model";

let model: TokenizerModel;
let encoder: BpeEncoder;
beforeAll(async () => {
  model = await trainOn(trainingText, vectorVocabSize);
  encoder = new BpeEncoder(model);
});

describe("BpeEncoder", () => {
  it("gives SentencePiece's ids for every vector, from an empty cache and a full one", () => {
    for (const { text, ids } of [...encoding, ...encoding]) {
      expect({ text, ids: encoder.encodeString(text) }).toEqual({ text, ids });
    }
    expect(encoding.length).toBeGreaterThan(60);
  });

  it("loses nothing: decoding gives the text back", () => {
    const piece = fc.oneof(
      fc.constantFrom("fox", " ", "  ", "\n", "the", "🦊", "\t", "<s>", "日本", "e\u0301", "12"),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        // A literal ▁ is a space to SentencePiece.
        const text = pieces.join("").replaceAll("▁", "_");
        expect(decode(model, encoder.encodeString(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("takes a word of a megabyte in its stride", () => {
    const ids = encoder.encode(new TextEncoder().encode("ab".repeat(500_000)));
    expect(decode(model, ids).length).toBe(1_000_000);
  });

  it("goes on when its cache is full", () => {
    const text = Array.from({ length: 300_000 }, (_, i) => i.toString(36)).join(" ");
    const bytes = new TextEncoder().encode(text);
    expect(decode(model, encoder.encode(bytes)) === text).toBe(true);
    expect(encoder.encodeString("the fox")).toEqual(new BpeEncoder(model).encodeString("the fox"));
  });

  it("refuses models that it would encode wrongly", () => {
    const refuse = (change: (copy: TokenizerModel) => unknown, reason: string): void => {
      const copy = structuredClone(model);
      change(copy);
      expect(() => new BpeEncoder(copy)).toThrow(reason);
    };
    refuse((copy) => {
      copy.trainer.model_type = "unigram";
    }, "of type unigram");
    refuse((copy) => copy.pieces.splice(100, 1), "no piece <0x61>");
    refuse((copy) => {
      copy.pieces[300]!.piece = "a▁b";
    }, "goes over a space");
    refuse((copy) => {
      copy.pieces[300]!.type = "user-defined";
    }, "user-defined piece");
    refuse((copy) => {
      copy.pieces[300]!.piece = "a\n";
    }, "line feed");
    refuse((copy) => copy.pieces.reverse(), "not unk, bos and eos");
    refuse((copy) => {
      copy.normalizer.remove_extra_whitespaces = true;
    }, "removes spaces");
    refuse((copy) => {
      copy.normalizer.add_dummy_prefix = false;
    }, "no space before");
    refuse((copy) => {
      copy.normalizer.precompiled_charsmap = Uint8Array.of(1);
    }, "normalizes text");
  });
});
