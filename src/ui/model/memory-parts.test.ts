import { expect, test } from "vitest";
import { countParameters, estimateMemory, presets } from "../../engine/model/config";
import { memoryParts } from "./memory-parts";

test.each(presets)("$label: the parts of the bar are the whole memory", ({ model, training }) => {
  const memory = estimateMemory(model, training);
  const parts = memoryParts(memory);
  const sum = (of: "bytes" | "share") => parts.reduce((total, part) => total + part[of], 0);
  expect(sum("bytes")).toBe(memory.total);
  expect(sum("share")).toBeCloseTo(1, 12);
  const [weights, gradients, optimizer] = parts.map(({ bytes }) => bytes);
  // f32: four bytes a parameter, as many for its gradient, and both of Adam's moments.
  expect([weights, gradients, optimizer]).toEqual(
    [4, 4, 8].map((bytes) => bytes * countParameters(model)),
  );
});
