import { problem, toProblem } from "../lib/errors";
import { trainerWorker } from "../worker/client";
import { takePreset } from "./settings";
import { studio } from "./studio";

/** Looks for a GPU, and proposes the preset that suits it unless the user has chosen one. */
export async function findAdapter(): Promise<void> {
  studio.set({ adapterProblem: null });
  try {
    if (!navigator.gpu) throw problem("webgpu-missing", { secureContext: isSecureContext });
    const adapter = await trainerWorker.describeAdapter();
    studio.set({ adapter });
    if (!studio.get().presetChosen) takePreset(adapter.isFallbackAdapter ? "nano" : "seed");
  } catch (thrown) {
    studio.set({ adapterProblem: toProblem(thrown) });
  }
}
