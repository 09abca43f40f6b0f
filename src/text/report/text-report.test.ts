import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LengthCounter } from "./lengths";
import { StorySet } from "./story-set";
import { TextReporter } from "./text-report";

const encode = (text: string) => new TextEncoder().encode(text);

function report(stories: string[]) {
  const reporter = new TextReporter(10_000);
  // The text's own hash decides as well: equal stories have equal ones.
  for (const story of stories) reporter.add(encode(story), story.length);
  return { ...reporter.finish(), characters: reporter.characters };
}

describe("a text's report", () => {
  it("counts words, characters and duplicates as one would on strings", () => {
    const word = fc.constantFrom("a", "fox", "🦊", "Zoë", "日本");
    const story = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 40 }), (stories) => {
        const { words, characters, duplicates, comparedStories } = report(stories);
        expect(words).toBe(stories.join(" ").split(" ").length);
        expect(characters).toBe([...stories.join("")].length);
        expect(duplicates).toBe(stories.length - new Set(stories).size);
        expect(comparedStories).toBe(stories.length);
      }),
      { numRuns: 30 },
    );
  });

  it("finds what is odd, and nothing in plain text", () => {
    const plain = Array.from({ length: 200 }, (_, i) => `The fox “ran” ${i % 10} — she’s quick.`);
    expect(report(plain).odd).toMatchObject({ characters: [], different: 0, mojibake: [] });
    const odd = "\ufffd \u0007 \u200b \ue000 \u00a0 ж cafÃ© â€œhiâ€\u009d Ã";
    const { characters, mojibake, mojibakeCount } = report([...plain, ...plain, ...plain, odd]).odd;
    const kindOf = new Map(characters.map(({ codePoint, oddity }) => [codePoint, oddity]));
    expect(kindOf.get(0xfffd)).toBe("replacement");
    expect(kindOf.get(7)).toBe("control");
    expect(kindOf.get(0x200b)).toBe("invisible");
    expect(kindOf.get(0xe000)).toBe("private-use");
    expect(kindOf.get(0xa0)).toBe("space");
    expect(mojibake.map(({ meant }) => meant).sort()).toEqual(["é", "“", "”"].sort());
    expect(mojibakeCount).toBe(3);
  });

  it("calls a character rare when the tokenizer's alphabet would leave it out", () => {
    const codes = (stories: string[]) => report(stories).odd.characters.map((c) => c.codePoint);
    const often = Array.from({ length: 30_000 }, () => "ab");
    // 1 of 60,001 is beyond what 99.995% cover; 1 of 601 is not.
    expect(codes([...often, "ж"])).toEqual([0x436]);
    expect(codes([...often.slice(0, 300), "ж"])).toEqual([]);
  });

  it("shows the first story and others from all over the text", () => {
    const { samples } = report(Array.from({ length: 5_000 }, (_, i) => `Story ${i + 1}.`));
    expect(samples).toHaveLength(10);
    expect(samples[0]!.number).toBe(1);
    for (const { number, text } of samples) expect(text).toBe(`Story ${number}.`);
    expect(samples.at(-1)!.number).toBeGreaterThan(2_500);
    expect(new Set(samples.map(({ number }) => number)).size).toBe(10);
  });
});

describe("story lengths", () => {
  it("are all in the bars, side by side from the shortest to the longest", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1 }), (lengths) => {
        const counter = new LengthCounter(5_000);
        for (const length of lengths) counter.add(length);
        const { bars, shortest, median, longest } = counter.finish();
        const sorted = lengths.toSorted((a, b) => a - b);
        expect([shortest, longest]).toEqual([sorted[0], sorted.at(-1)]);
        expect(median).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
        expect(bars.reduce((sum, { stories }) => sum + stories, 0)).toBe(lengths.length);
        expect(bars.length).toBeLessThanOrEqual(21);
        for (let i = 1; i < bars.length; i++) expect(bars[i]!.from).toBe(bars[i - 1]!.to + 1);
      }),
      { numRuns: 40 },
    );
  });
});

describe("StorySet", () => {
  it("knows what it has seen, as a set of strings does, and says when it is full", () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(9));
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const set = new StorySet();
        const known = new Set<string>();
        for (const [high, low] of pairs) {
          // Zero in both stands for one in the second.
          const key = `${high} ${high === 0 && low === 0 ? 1 : low}`;
          expect(set.add(high, low)).toBe(known.has(key));
          known.add(key);
        }
      }),
    );
    const small = new StorySet(8_192);
    for (let i = 0; i < 20_000; i++) small.add(i, Math.imul(i, 0x9e37_79b1) >>> 0);
    expect(small.compared).toBeGreaterThan(6_000);
    expect(small.compared).toBeLessThan(8_192);
  });
});
