/** What a run will take, from its settings and a measured speed: pure. */
import type { ModelConfig, TrainingConfig } from "../engine/model/config";
import type { Calibration } from "../worker/api";
import { lastAnswer } from "./last-answer";
import { plannedModel } from "./plan";
import type { KeptCalibration, StudioState } from "./studio";

/** Tokens that one optimizer step looks at. */
export function tokensPerStep(
  { max_position_embeddings }: Pick<ModelConfig, "max_position_embeddings">,
  training: Pick<TrainingConfig, "batch_size" | "gradient_accumulation_steps">,
): number {
  return training.batch_size * training.gradient_accumulation_steps * max_position_embeddings;
}

/** Everything that decides how long a step takes; the same for two runs of the same speed. */
export function speedKey(model: ModelConfig, training: TrainingConfig): string {
  // These change the numbers that are computed, not how many.
  const { rms_norm_eps: _, rope_theta: __, ...shape } = model;
  const { batch_size, gradient_accumulation_steps } = training;
  return JSON.stringify({ ...shape, batch_size, gradient_accumulation_steps });
}

/** The speed measured for the settings on the page, else the last one, which is of other settings. */
export function knownSpeed(
  state: StudioState,
): { calibration: Calibration; stale: boolean } | null {
  return speedAmong(state.calibrations, speedKey(plannedModel(state), state.training));
}

const speedAmong = lastAnswer((calibrations: KeptCalibration[], key: string) => {
  const fitting = calibrations.findLast((kept) => kept.key === key);
  const found = fitting ?? calibrations.at(-1);
  return found ? { calibration: found.calibration, stale: fitting === undefined } : null;
});

/** Seconds of a whole run. */
export interface RunTime {
  training: number;
  evaluating: number;
}

/**
 * @param heldOutTokens of all held-out stories; null where that is not known: each evaluation is then
 *   taken to be as long as one may be
 */
export function runTime(
  { secondsPerStep, evaluation }: Calibration,
  { max_steps, eval_steps }: Pick<TrainingConfig, "max_steps" | "eval_steps">,
  heldOutTokens: number | null,
): RunTime {
  const all = heldOutTokens ?? evaluation.tokens;
  const part = Math.min(all, evaluation.tokens);
  // Before the first step and then every so often; the last one, after the end, looks at all.
  const parts = Math.ceil(max_steps / eval_steps);
  return {
    training: max_steps * secondsPerStep,
    evaluating: (parts * part + all) * evaluation.secondsPerToken,
  };
}
