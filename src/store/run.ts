import type { RunSummary, TrainerEvent } from "../worker/api";
import { tokenizerWorker, trainerWorker } from "../worker/client";
import { askToGiveUp } from "./ask";
import { cancelTokenizerWorker } from "./cancel";
import { showWhole } from "./charts";
import { hideCrosshair } from "./crosshair";
import { intake } from "./intake";
import { runMetrics } from "./metrics";
import { modelTitle, plannedModel } from "./plan";
import { endTelling, takeText } from "./prompt";
import { takeRound } from "./rounds";
import { type NeededText, runTask, showProblem, studio } from "./studio";
import { takeTrainTokens } from "./tokenizer";

/**
 * Events of a new run can arrive before the answer of the call that began it (they come through
 * another port). While such a call is under way, what comes after the change to `training` is kept.
 */
let early: TrainerEvent[] | null = null;
let replacing = false;

/** Awaits the summary of another run and puts it on the page in place of the one before. */
export async function replaceRun(
  begin: () => Promise<{ run: RunSummary; neededText: NeededText | null }>,
): Promise<void> {
  replacing = true;
  try {
    const { run, neededText } = await begin();
    const { history, samples, ...shown } = run;
    runMetrics.reset(history);
    showWhole();
    hideCrosshair();
    studio.set((state) => ({
      runs: state.runs + 1,
      run: { ...shown, title: modelTitle(run.model), neededText },
      tellings: [],
      rounds: history.rounds,
      round: null,
      samples: samples ?? { ...state.samples, every: 0 },
    }));
  } finally {
    // When it failed, they tell that the run before goes on.
    const kept = early ?? [];
    replacing = false;
    early = null;
    for (const event of kept) takeTrainerEvent(event);
  }
}

/** Builds a run from what the page shows, and starts it. Asks first when another run would be lost. */
export async function startRun(): Promise<void> {
  const state = studio.get();
  if (state.tokenizer === null || state.text === null) return;
  if (!(await askToGiveUp("A new run", "run"))) return;
  const { training, samples } = state;
  const tokenizer = state.tokenizer.model;
  const model = plannedModel(state);
  const corpus = await runTask(
    { place: "train", doing: "Turning the text into tokens", cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.encodeCorpus(tokenizer, onProgress),
  );
  if (corpus === null) return;
  takeTrainTokens(corpus.train.length);
  intake.set({ tokensInMemory: "ids" in corpus.train });
  await runTask({ place: "train", doing: "Preparing the model" }, (onProgress) =>
    replaceRun(async () => {
      const request = { model, training, tokenizer, corpus, samples };
      return { run: await trainerWorker.startRun(request, onProgress), neededText: null };
    }),
  );
  // Only what this call has put on the page learns from this text.
  studio.set(({ run }) => ({
    run: run && run.corpus?.fingerprint === corpus.fingerprint ? { ...run, text: state.text } : run,
  }));
}

function command(send: () => Promise<void>): () => void {
  return () => {
    send().catch((thrown: unknown) => showProblem("train", thrown));
  };
}

export const pauseRun = command(trainerWorker.pause);
export const resumeRun = command(trainerWorker.resume);
export const stopRun = command(trainerWorker.stop);

/** Takes one event of the trainer worker. */
export function takeTrainerEvent(event: TrainerEvent): void {
  if (replacing) {
    if (event.type === "state" && event.state === "training") early = [];
    if (early !== null) {
      early.push(event);
      return;
    }
  }
  switch (event.type) {
    case "state":
      studio.set(({ run }) => ({ run: run && { ...run, state: event.state, step: event.step } }));
      break;
    case "metrics":
      runMetrics.addPoints(event.points, event.secondsLeft);
      break;
    case "evaluation":
      runMetrics.addEvaluation(event.evaluation);
      break;
    case "text":
      takeText(event);
      break;
    case "generation-ended":
      endTelling(event.id, event.reason);
      break;
    case "round-progress":
      studio.set({ round: event.progress });
      break;
    case "round-ended":
      takeRound(event.round);
      break;
    case "problem":
      showProblem("train", event.problem);
      if (event.problem.code === "device-lost") {
        studio.set(({ run }) => ({ run: run && { ...run, lost: true } }));
      }
      break;
  }
}
