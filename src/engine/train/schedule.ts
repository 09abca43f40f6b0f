import type { TrainingConfig } from "../model/config";

type ScheduleConfig = Pick<
  TrainingConfig,
  "learning_rate" | "min_lr_rate" | "warmup_steps" | "max_steps"
>;

/**
 * Learning rate of a step: linear warm-up to the peak over `warmup_steps`, then half a cosine down
 * to `min_lr_rate` of it at `max_steps` (SGDR, arXiv 1608.03983, one cycle).
 * @param step optimizer steps done before, from 0
 */
export function learningRateAt(step: number, config: ScheduleConfig): number {
  const { learning_rate: peak, warmup_steps: warmup, max_steps: end } = config;
  if (step < warmup) return (peak * (step + 1)) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, end - warmup));
  const floor = peak * config.min_lr_rate;
  return floor + 0.5 * (1 + Math.cos(Math.PI * progress)) * (peak - floor);
}
