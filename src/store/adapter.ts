import { type PresetName, presetByName } from "../engine/model/config";
import { problem, toProblem } from "../lib/errors";
import { trainerWorker } from "../worker/client";
import { usualSamples } from "./sheet";
import { studio } from "./studio";

/** Takes a preset with all its defaults. */
export function choosePreset(name: PresetName): void {
  takePreset(name);
  studio.set({ presetChosen: true });
}

function takePreset(name: PresetName): void {
  const { model, training } = presetByName(name);
  studio.set(({ samples }) => ({
    preset: name,
    vocabSize: model.vocab_size,
    training,
    samples: { ...samples, every: usualSamples(training).every },
  }));
}

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
