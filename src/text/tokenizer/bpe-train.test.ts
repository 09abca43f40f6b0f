import { describe, expect, it } from "vitest";
import { expectedPieces, trainingText, trainOn } from "../../../tests/fixtures/tokenizer/load";
import { Corpus } from "../corpus";
import { trainBpe } from "./bpe-train";
import { metaPieces } from "./model";
import { WordCounter } from "./word-counter";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const open = (text: string): Promise<Corpus> => Corpus.open(new Blob([text]), "a.txt");

describe("BPE training", () => {
  it.each(Object.keys(expectedPieces))(
    "finds SentencePiece's pieces in SentencePiece's order, for a vocabulary of %s",
    async (size) => {
      const { pieces } = await trainOn(trainingText, Number(size));
      expect(pieces.map(({ piece }) => piece)).toEqual(expectedPieces[size]);
      const learned = pieces.slice(metaPieces.length);
      expect(learned.map(({ score }) => score)).toEqual(learned.map((_, i) => -i));
      expect(learned.every(({ type }) => type === "normal")).toBe(true);
    },
  );

  it("stops when no pair occurs twice, and says the size that was reached", async () => {
    const { pieces, trainer } = await trainOn(utf8("abc abc\nxyz"), 1000);
    const learned = pieces.slice(metaPieces.length).map(({ piece }) => piece);
    // Merges by count, then text; "abc" and "xyz" occur once each without the space before them.
    expect(learned).toEqual(["ab", "abc", "▁abc", "▁", "a", "b", "c", "x", "y", "z"]);
    expect(trainer.vocab_size).toBe(pieces.length);
  });

  it("never crosses meta pieces, U+001F, digits, scripts or spaces", async () => {
    const text = "ab<s>cd ab\u001fcd a1 a1 дa дa x  y ".repeat(50);
    const { pieces } = await trainOn(utf8(text), 400);
    const learned = pieces.slice(metaPieces.length).map(({ piece }) => piece);
    expect(learned.join("")).not.toContain("\u001f");
    expect(learned).toContain("cd");
    expect(learned).toContain("▁ab");
    expect(learned.filter((piece) => /bc|[<>]|.[0-9]|[0-9].|дa|.▁[a-z]/u.test(piece))).toEqual([]);
  });

  it("says the least vocabulary that works, and works with it", async () => {
    const text = utf8("the cat sat on the mat");
    const minimum = metaPieces.length + new Set("thecatsonm").size + 1;
    await expect(trainOn(text, minimum - 1)).rejects.toThrow(`need ${minimum}`);
    expect((await trainOn(text, minimum)).pieces.length).toBe(minimum);
    await expect(trainOn(text, 65_537)).rejects.toThrow("vocab_size = 65537 is not possible");
  });

  it("reads the lines of training stories only, and no separators", async () => {
    const stories = Array.from(
      { length: 300 },
      (_, i) => `story ${"x".repeat(i)} ${String.fromCodePoint(0x4e00 + i)}`,
    );
    const corpus = await open(stories.join("\n<|endoftext|>\n"));
    const train = new Set<string>();
    const heldOut = new Set<string>();
    for await (const batch of corpus.batches()) {
      for (const story of batch.stories) {
        const character = new TextDecoder().decode(story.bytes).at(-1)!;
        (story.heldOut ? heldOut : train).add(character);
      }
    }
    expect(heldOut.size).toBeGreaterThan(3);
    const { model } = await trainBpe(corpus, 2000);
    const pieces = new Set(model.pieces.map(({ piece }) => piece));
    // Coverage leaves out the rarest characters, so not all of them are there.
    expect([...train].filter((character) => pieces.has(character)).length).toBeGreaterThan(200);
    expect([...heldOut].filter((character) => pieces.has(character))).toEqual([]);
    expect([...pieces].filter((piece) => /endof|\|/.test(piece))).toEqual([]);
  });

  it("stops when it is cancelled, and reports counting before merging", async () => {
    const words = Array.from({ length: 120_000 }, (_, i) => `w${(i * 7919) % 1_000_003}x${i}`);
    const corpus = await open(`${words.join(" ")}\n${words.reverse().join(" ")}`);
    const phases: string[] = [];
    const controller = new AbortController();
    const training = trainBpe(corpus, 20_000, {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        phases.push(phase);
        if (phase === "merging") controller.abort();
      },
    });
    await expect(training).rejects.toThrow("Training the tokenizer was cancelled");
    expect([...new Set(phases)].at(-1)).toBe("merging");
  });
});

describe("WordCounter", () => {
  const count = (text: string, limit = 100) => {
    const counter = new WordCounter(limit);
    counter.add(utf8(text));
    const { codePoints, starts, counts } = counter.words();
    const words = [...counts].map((n, i) => [
      String.fromCodePoint(...codePoints.subarray(starts[i]!, starts[i + 1]!)),
      n,
    ]);
    return {
      words: Object.fromEntries(words) as Record<string, number>,
      skipped: counter.skippedLines,
    };
  };

  it("puts ▁ before lines and for spaces, and keeps runs of it with what follows", () => {
    expect(count("a b  a\na  \n b▁c").words).toEqual({
      "▁a": 2,
      "▁b": 1,
      "▁▁a": 1,
      "▁▁": 1,
      "▁▁b": 1,
      "▁c": 1,
    });
  });

  it("counts lines that it leaves out: too long, or with the reserved character", () => {
    const { words, skipped } = count(`ok\n${"x".repeat(101)}\n${"y".repeat(100)}\na▅b\n\nok`);
    expect(words).toEqual({ "▁ok": 2, [`▁${"y".repeat(100)}`]: 1 });
    expect(skipped).toBe(2);
  });

  it("puts a boundary where the text spells out a meta piece", () => {
    expect(count("a<s>b<0x0A>c<0x0a>d<pad>").words).toEqual({ "▁a\u001fb\u001fc<0x0a>d<pad>": 1 });
  });

  it("keeps its memory bounded on endless different words", () => {
    const counter = new WordCounter(2 ** 20);
    for (let line = 0; line < 20; line++) counter.add(utf8(String(10 + line).repeat(500_000)));
    for (let line = 0; line < 20; line++) counter.add(utf8("once upon a time"));
    const { codePoints, counts } = counter.words();
    expect(codePoints.length).toBeLessThan(2 ** 24 + 100);
    expect(counter.skippedLines).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBe(20);
  });
});

describe("the alphabet", () => {
  it("ends where float32 coverage is reached, as SentencePiece compares it", async () => {
    // 19,999 of 20,000 characters are exactly the coverage of 0.99995: b is one too many.
    const text = utf8(`${"a\n".repeat(9_999)}b`);
    const { pieces } = await trainOn(text, 262);
    expect(pieces.slice(metaPieces.length).map(({ piece }) => piece)).toEqual(["▁a", "▁", "a"]);
  });
});
