import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  decoding,
  encoding,
  trainingText,
  trainOn,
  vectorVocabSize,
} from "../../../tests/fixtures/tokenizer/load";
import { decode, StreamDecoder } from "./decode";
import { bytePieceText, eosId, type TokenizerModel } from "./model";

let model: TokenizerModel;
const idOf = (piece: string): number => model.pieces.findIndex((p) => p.piece === piece);
const byteId = (byte: number): number => idOf(bytePieceText(byte));

beforeAll(async () => {
  model = await trainOn(trainingText, vectorVocabSize);
});

describe("decoding", () => {
  it("gives SentencePiece's text for every vector, of texts and of odd ids", () => {
    for (const { ids, decoded } of [...encoding, ...decoding]) {
      expect({ ids, decoded: decode(model, ids) }).toEqual({ ids, decoded });
    }
  });

  it("gives the same text id by id, and never half a character", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(vectorVocabSize - 1), { maxLength: 30 }), (ids) => {
        const decoder = new StreamDecoder(model);
        const parts = ids.map((id) => decoder.push(id));
        expect(parts.join("") + decoder.end()).toBe(decode(model, ids));
      }),
    );
    const decoder = new StreamDecoder(model);
    const fox = [...new TextEncoder().encode("🦊")].map(byteId);
    expect(fox.map((id) => decoder.push(id))).toEqual(["", "", "", "🦊"]);
  });

  it("drops the first space of a text, but not where a text goes on", () => {
    const the = idOf("▁the");
    expect(the).toBeGreaterThan(0);
    expect(new StreamDecoder(model).push(the)).toBe("the");
    expect(new StreamDecoder(model, true).push(the)).toBe(" the");
  });

  it("shows what is left of a cut character when the text ends", () => {
    const decoder = new StreamDecoder(model);
    expect(decoder.push(byteId(0xf0))).toBe("");
    expect(decoder.push(byteId(0x9f))).toBe("");
    expect(decoder.push(eosId)).toBe("\ufffd\ufffd");
    expect(decoder.end()).toBe("");
  });
});
