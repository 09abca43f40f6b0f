import { expect, test } from "vitest";
import { learningRateAt } from "./schedule";

const config = { learning_rate: 0.01, min_lr_rate: 0.1, warmup_steps: 10, max_steps: 110 };

test("rises in equal parts to the peak", () => {
  expect(learningRateAt(0, config)).toBeCloseTo(0.001, 12);
  expect(learningRateAt(4, config)).toBeCloseTo(0.005, 12);
  expect(learningRateAt(9, config)).toBeCloseTo(0.01, 12);
  expect(learningRateAt(10, config)).toBeCloseTo(0.01, 12);
});

test("falls along half a cosine to its floor, and stays there", () => {
  // A third of the way: (1 + cos(π/3)) / 2 = 3/4 of the fall is left.
  expect(learningRateAt(10 + 100 / 3, config)).toBeCloseTo(0.001 + 0.75 * 0.009, 12);
  expect(learningRateAt(60, config)).toBeCloseTo(0.0055, 12);
  expect(learningRateAt(110, config)).toBeCloseTo(0.001, 12);
  expect(learningRateAt(500, config)).toBeCloseTo(0.001, 12);
});

test("needs no warm-up, and a run may be all warm-up", () => {
  expect(learningRateAt(0, { ...config, warmup_steps: 0 })).toBeCloseTo(0.01, 12);
  expect(learningRateAt(9, { ...config, max_steps: 10 })).toBeCloseTo(0.01, 12);
});
