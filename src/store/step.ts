import { runMetrics } from "./metrics";
import { studio } from "./studio";

/** Optimizer steps that the run has done, as far as the page knows. */
export function currentStep(): number {
  return Math.max(studio.get().run?.step ?? 0, runMetrics.step);
}
