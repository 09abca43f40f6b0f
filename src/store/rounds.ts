import type { SampleSchedule, StoryRound } from "../worker/api";
import { trainerWorker } from "../worker/client";
import { sheetPrompts, usualSampling } from "./sheet";
import { dismissProblem, showProblem, studio } from "./studio";

/** Changes when samples are told: by the run that is on the page, at once, and by the next. */
export function setSamples(change: Partial<SampleSchedule>): void {
  studio.set(({ samples }) => ({ samples: { ...samples, ...change } }));
  const { run, samples } = studio.get();
  if (run === null) return;
  trainerWorker.setSamples(samples).catch((thrown: unknown) => showProblem("samples", thrown));
}

/** Tells the 25 stories with the weights of the step that the model is at. */
export function tellSheet(): void {
  dismissProblem("sheet");
  trainerWorker
    .tellSheet(sheetPrompts, usualSampling(studio.get().sheetLength))
    .catch((thrown: unknown) => showProblem("sheet", thrown));
}

export function cancelRound(): void {
  trainerWorker.cancelRound().catch((thrown: unknown) => showProblem("sheet", thrown));
}

/** A round has ended; null where nothing of it is kept. */
export function takeRound(round: StoryRound | null): void {
  studio.set(({ rounds }) => ({ round: null, rounds: round ? [...rounds, round] : rounds }));
}
