import { problem, toProblem } from "../lib/errors";
import { trainerWorker } from "../worker/client";
import { isChanged } from "./plan";
import { takePreset } from "./settings";
import { studio } from "./studio";

/** Looks for a GPU, and proposes the preset that suits it unless the user has chosen one. */
export async function findAdapter(): Promise<void> {
  studio.set({ adapterProblem: null });
  try {
    if (!navigator.gpu) throw problem("webgpu-missing", { secureContext: isSecureContext });
    const adapter = await trainerWorker.describeAdapter();
    studio.set({ adapter });
    if (untouched()) takePreset(adapter.isFallbackAdapter ? "nano" : "seed");
  } catch (thrown) {
    studio.set({ adapterProblem: toProblem(thrown) });
  }
}

/** Whether the user has not chosen or changed anything that another preset would overrule. */
function untouched(): boolean {
  const { presetChosen, tokenizer } = studio.get();
  return !presetChosen && tokenizer === null && !isChanged(studio.get());
}
