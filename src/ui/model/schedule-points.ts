import type { TrainingConfig } from "../../engine/model/config";
import { learningRateAt } from "../../engine/train/schedule";

/** More would not be seen on a curve of this width. */
const POINTS = 160;

export interface SchedulePoint {
  /** Optimizer steps done before. */
  step: number;
  rate: number;
}

/** The learning rate over a run, as the trainer takes it; the end of the warm-up is always among the points. */
export function schedulePoints(training: TrainingConfig): SchedulePoint[] {
  const { max_steps: end, warmup_steps: warmup } = training;
  const steps = new Set([Math.min(warmup, end)]);
  // The last of the warm-up is where a straight line ends.
  if (warmup > 0) steps.add(Math.min(warmup - 1, end));
  for (let i = 0; i <= POINTS; i++) steps.add(Math.round((i / POINTS) * end));
  return [...steps]
    .sort((a, b) => a - b)
    .map((step) => ({ step, rate: learningRateAt(step, training) }));
}
