import { trainerWorker } from "../worker/client";
import { speedKey } from "./forecast";
import { plannedModel } from "./plan";
import { runTask, showProblem, studio } from "./studio";

/** Speeds that are remembered while the page is open. */
const KEPT = 20;

/** Trains a few steps of the model on the page with random tokens, to see how fast this GPU is. */
export async function measureSpeed(): Promise<void> {
  const state = studio.get();
  const model = plannedModel(state);
  const { training } = state;
  const calibration = await runTask(
    { place: "model", doing: "Measuring the speed", cancel: cancelMeasuring },
    (onProgress) => trainerWorker.calibrate({ model, training }, onProgress),
  );
  if (calibration === null) return;
  const kept = { key: speedKey(model, training), calibration };
  studio.set(({ calibrations }) => ({ calibrations: [...calibrations, kept].slice(-KEPT) }));
}

function cancelMeasuring(): void {
  trainerWorker.cancelCalibration().catch((thrown: unknown) => showProblem("model", thrown));
}
