import { useSyncExternalStore } from "react";
import { type RunMetrics, runMetrics } from "../../store/metrics";

/** The run's numbers; renders at most twice a second. */
export function useRunMetrics(): RunMetrics {
  useSyncExternalStore(runMetrics.subscribe, runMetrics.version);
  return runMetrics;
}
