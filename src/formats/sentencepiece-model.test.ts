import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { trainingText, trainOn } from "../../tests/fixtures/tokenizer/load";
import { StoryloomError } from "../lib/errors";
import type { TokenizerModel } from "../text/tokenizer/model";
import { readSentencePieceModel, writeSentencePieceModel } from "./sentencepiece-model";

let model: TokenizerModel;
let bytes: Uint8Array;
beforeAll(async () => {
  model = await trainOn(trainingText, 450);
  bytes = writeSentencePieceModel(model);
});

/** Reads bytes that may be bad: a typed error is fine, anything else is not. */
function outcome(bad: Uint8Array): "read" | "refused" {
  try {
    readSentencePieceModel(bad);
    return "read";
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(StoryloomError);
    expect((thrown as StoryloomError).problem.code).toBe("tokenizer-malformed");
    return "refused";
  }
}

describe("SentencePiece model files", () => {
  it("come back as they were written", () => {
    const read = readSentencePieceModel(bytes);
    expect(read.pieces).toEqual(model.pieces);
    expect(read.normalizer).toEqual(model.normalizer);
    const { character_coverage: coverage, ...trainer } = read.trainer;
    const { character_coverage: written, ...rest } = model.trainer;
    expect(trainer).toEqual(rest);
    expect(coverage).toBe(Math.fround(written));
  });

  it("start with the bytes of a real file", () => {
    const start = [
      0x0a,
      0x0e,
      0x0a,
      0x05,
      ...new TextEncoder().encode("<unk>"),
      0x15,
      0,
      0,
      0,
      0,
      0x18,
      0x02,
    ];
    expect([...bytes.subarray(0, start.length)]).toEqual(start);
  });

  it("keep every string and number that a model may hold", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
    const pieces = fc.uniqueArray(
      text.filter((t) => t !== "<unk>"),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        pieces,
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.integer(),
        (texts, score, id) => {
          const some: TokenizerModel = {
            pieces: [
              { piece: "<unk>", score: 0, type: "unknown" },
              ...texts.map((piece) => ({ piece, score, type: "normal" as const })),
            ],
            trainer: {
              ...model.trainer,
              byte_fallback: false,
              pad_id: id,
              character_coverage: 0.5,
            },
            normalizer: { ...model.normalizer, precompiled_charsmap: Uint8Array.of(0, 255, 128) },
          };
          expect(readSentencePieceModel(writeSentencePieceModel(some))).toEqual(some);
        },
      ),
    );
  });

  it("are refused wherever they are cut off", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(outcome(bytes.subarray(0, length))).toBe("refused");
    }
  });

  it("with hostile bytes in them are read or refused, but nothing else happens", () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 12 }),
        (at, junk) => {
          const bad = bytes.slice();
          bad.set(junk.subarray(0, bad.length - at), at);
          outcome(bad);
        },
      ),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => void outcome(junk)),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, (copy: TokenizerModel) => unknown]>([
    ["0 unknown pieces", (copy) => copy.pieces.shift()],
    ["is there twice", (copy) => copy.pieces.push(copy.pieces[300]!)],
    ["has 0 characters", (copy) => copy.pieces.push({ piece: "", score: 0, type: "normal" })],
    ["255 byte pieces", (copy) => copy.pieces.splice(50, 1)],
    ["not finite", (copy) => copy.pieces.push({ piece: "x", score: Number.NaN, type: "normal" })],
    [
      "has 257 characters",
      (copy) => copy.pieces.push({ piece: "x".repeat(257), score: 0, type: "normal" }),
    ],
  ])("are refused when inconsistent: %s", (reason, change) => {
    const copy = structuredClone(model);
    change(copy);
    expect(() => readSentencePieceModel(writeSentencePieceModel(copy))).toThrow(reason);
  });
});
