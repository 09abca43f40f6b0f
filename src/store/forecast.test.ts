import { expect, test } from "vitest";
import { presetByName } from "../engine/model/config";
import type { Calibration } from "../worker/api";
import { knownSpeed, runTime, speedKey, tokensPerStep } from "./forecast";
import { plannedModel } from "./plan";
import { initialState } from "./studio";

const calibration: Calibration = {
  secondsPerStep: 0.5,
  fastest: 0.4,
  slowest: 0.7,
  steps: 5,
  evaluation: { secondsPerToken: 0.001, tokens: 4_000 },
};

test("a step looks at every window of every micro-batch", () => {
  const { model, training } = presetByName("seed");
  expect(tokensPerStep(model, training)).toBe(8 * 4 * 256);
});

test("a run takes its steps, an evaluation every so often, and the last one on all stories", () => {
  // Evaluations before steps 1, 51 and 101 look at 4,000 tokens, the last one at all 10,000.
  const settings = { max_steps: 120, eval_steps: 50 };
  expect(runTime(calibration, settings, 10_000)).toEqual({ training: 60, evaluating: 22 });
  // Few held-out stories: no evaluation looks at more than there are.
  expect(runTime(calibration, settings, 1_000).evaluating).toBeCloseTo(4, 12);
  expect(runTime(calibration, settings, null).evaluating).toBeCloseTo(16, 12);
  // At the end itself there is only the last one.
  expect(runTime(calibration, { max_steps: 100, eval_steps: 50 }, 4_000).evaluating).toBeCloseTo(
    12,
  );
});

test("a measured speed holds for what decides it, and is stale for anything else", () => {
  const key = speedKey(plannedModel(initialState), initialState.training);
  const state = { ...initialState, calibrations: [{ key, calibration }] };
  const fresh = (changes: object) => knownSpeed({ ...state, ...changes })?.stale === false;
  expect(knownSpeed(initialState)).toBeNull();
  expect(knownSpeed(state)).toEqual({ calibration, stale: false });

  const { training } = state;
  expect(fresh({ training: { ...training, max_steps: 9, learning_rate: 0.1, seed: 7 } })).toBe(
    true,
  );
  expect(fresh({ shape: { rope_theta: 5_000, rms_norm_eps: 1e-6 } })).toBe(true);
  expect(fresh({ training: { ...training, batch_size: 9 } })).toBe(false);
  expect(fresh({ training: { ...training, gradient_accumulation_steps: 2 } })).toBe(false);
  expect(fresh({ shape: { num_hidden_layers: 3 } })).toBe(false);
  expect(fresh({ shape: { max_position_embeddings: 32 } })).toBe(false);
  expect(fresh({ vocabSize: 600 })).toBe(false);
});

test("of several measurements the one for these settings counts, else the last", () => {
  const key = speedKey(plannedModel(initialState), initialState.training);
  const slow = { ...calibration, secondsPerStep: 3 };
  const calibrations = [
    { key, calibration },
    { key: "another", calibration: slow },
  ];
  expect(knownSpeed({ ...initialState, calibrations })?.calibration).toBe(calibration);
  const other = knownSpeed({ ...initialState, calibrations, vocabSize: 600 });
  expect(other).toEqual({ calibration: slow, stale: true });
});
