import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Corpus } from "../../src/text/corpus";
import { trainBpe } from "../../src/text/tokenizer/bpe-train";
import { sampleStories } from "./generate";
import { polish } from "./teller";

const committed = readFileSync(
  join(import.meta.dirname, "..", "..", "public", "sample-stories.txt"),
  "utf8",
);

describe("sample stories", () => {
  let stories: string[];
  beforeAll(() => {
    stories = committed.split("\n<|endoftext|>\n").filter(Boolean);
  });

  it("are what the generator makes, bit for bit", () => {
    expect(sampleStories() === committed).toBe(true);
  });

  it("are about a megabyte, no two the same", () => {
    expect(committed.length).toBeGreaterThan(1_000_000);
    expect(committed.length).toBeLessThan(1_050_000);
    expect(new Set(stories).size).toBe(stories.length);
  });

  it("use more than 2,500 different words", () => {
    const words = committed.toLowerCase().match(/[a-z]+/g)!;
    expect(new Set(words).size).toBeGreaterThan(2_500);
  });

  it("hold 4,096 pieces of which each occurs twice or more", async () => {
    const corpus = await Corpus.open(new Blob([committed]), "sample-stories.txt");
    expect(corpus.summary).toMatchObject({ separator: "endoftext", stories: stories.length });
    const { model, skippedLines } = await trainBpe(corpus, 4_096);
    expect(model.pieces.length).toBe(4_096);
    expect(skippedLines).toBe(0);
  });

  it.each([
    ["template marks", /[{}[\]|#]/],
    ["a before a vowel", /\b[Aa] (?!one|uni|use|ukulele|Eu)[aeiouAEIOU]/],
    ["an before a consonant", /\b[Aa]n (?!honest|hour)[^aeiouAEIOU]/],
    ["a sentence in lower case", /(^|[a-z][.!?] )[a-z]/m],
    ["a doubled word", /\b([a-z]{2,}) \1\b/],
    ["two spaces or stops", / {2}|\.\.|,,|\s[.,!?]/],
  ])("have no %s", (_, pattern) => {
    expect(
      committed.split("\n").filter((line) => !line.startsWith("<|") && pattern.test(line)),
    ).toEqual([]);
  });

  it("close every quotation on its line", () => {
    const odd = committed.split("\n").filter((line) => line.split('"').length % 2 === 0);
    expect(odd).toEqual([]);
  });
});

describe("polish", () => {
  it("chooses the article by sound and starts sentences with capitals", () => {
    expect(polish("a owl saw a honest unicorn. a ukulele! he had a hour.")).toBe(
      "An owl saw an honest unicorn. A ukulele! He had an hour.",
    );
  });
});
