import { expect, test } from "vitest";
import type { StoryRound } from "../worker/api";
import {
  commonStart,
  describeSampling,
  roundTitles,
  sheetMarkdown,
  sheetPrompts,
  usualSampling,
} from "./sheet";

function sheet(step: number, text = " he sat."): StoryRound {
  const stories = [{ prompt: "Tom *ran*.", text, end: "length" as const, tokens: 4 }];
  return { step, kind: "sheet", sampling: usualSampling(4), stories };
}

test("the sheet has its 25 prompts, with the spaces that three of them end with", () => {
  expect(new Set(sheetPrompts).size).toBe(25);
  expect(sheetPrompts.filter((prompt) => prompt.endsWith(" "))).toEqual([
    "Once upon a time, there was a big whale. ",
    "Once upon a time, there was a ",
    "Once upon a time, ",
  ]);
});

test("sheets are called by their steps, and counted where several are of one step", () => {
  expect(roundTitles([sheet(0), sheet(1200), sheet(1200), sheet(1300)])).toEqual([
    "Step 0",
    "Step 1,200",
    "Step 1,200 (2)",
    "Step 1,300",
  ]);
});

test("two stories have their beginning in common up to a whole word", () => {
  expect(commonStart(" he was sad", " he was sandy")).toBe(" he was ".length);
  expect(commonStart(" he", " she")).toBe(1);
  expect(commonStart("a b", "a b")).toBe(3);
  expect(commonStart("", "a")).toBe(0);
});

test("settings that are off are not named", () => {
  const sampling = usualSampling(9);
  expect(describeSampling(sampling)).toBe("temperature 0.8, top-k 40, top-p 0.95, seed 1");
  expect(describeSampling({ ...sampling, temperature: 0, repetition_penalty: 1.2 })).toBe(
    "temperature 0, repetition penalty 1.2",
  );
});

test("a sheet as Markdown shows text as it is", () => {
  const markdown = sheetMarkdown(sheet(1200, " he\n_sat_."), "Nano");
  expect(markdown).toContain("# Story sheet: Nano, step 1,200");
  expect(markdown).toContain("**Tom \\*ran\\*.** he  \n\\_sat\\_.");
});
