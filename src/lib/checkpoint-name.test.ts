import { expect, test } from "vitest";
import { fileNameOf, nameProblem, tidyName } from "./checkpoint-name";

test.each([" ", "", "x".repeat(81), "a\u0000b", "a\nb", "a\u202etxt"])("%j is no name", (name) => {
  expect(nameProblem(name)).toMatch(/^A name .*\.$/);
});

test.each(["Nano, before the fox", "  x  ", "näh “ü” 🦊", "x".repeat(80)])("%j is one", (name) => {
  expect(nameProblem(name)).toBeNull();
});

test.each([
  ["run\u0000 1 ", "run 1"],
  ["y".repeat(200), "y".repeat(80)],
  ["\n", null],
])("%j is tidied to a name", (name, tidy) => {
  expect(tidyName(name)).toBe(tidy);
  if (tidy !== null) expect(nameProblem(tidy)).toBeNull();
});

test.each([
  ["Nano, step 12", "Nano, step 12.safetensors"],
  ["a/b\\c: what?", "a-b-c- what.safetensors"],
  ["../..", "checkpoint.safetensors"],
  ["..", "checkpoint.safetensors"],
])("%j is downloaded as %s", (name, file) => {
  expect(fileNameOf(name)).toBe(file);
});
