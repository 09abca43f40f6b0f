import type { CheckpointContents } from "../worker/api";
import { tokenizerWorker, trainerWorker } from "../worker/client";
import { askToGiveUp } from "./ask";
import { cancelTokenizerWorker } from "./cancel";
import { checkpointName, settingsOf } from "./plan";
import { replaceRun } from "./run";
import { runTask, studio } from "./studio";

/** The run as a file; null when that failed (the problem is shown). */
export function packCheckpoint(contents: CheckpointContents): Promise<File | null> {
  return runTask({ place: "checkpoint", doing: "Packing the checkpoint" }, async () => {
    const { file, step } = await trainerWorker.packCheckpoint(contents);
    const name = checkpointName(studio.get().run?.title ?? "run", step, contents);
    markSaved(contents, step);
    return new File([file], name, { type: "application/octet-stream" });
  });
}

/** The run, with the stories it told, can be opened again as it was at this step. */
export function markSaved(contents: CheckpointContents, step: number): void {
  if (contents === "model") return;
  studio.set(({ run, rounds }) => ({
    run: run && { ...run, saved: { step, rounds: rounds.length } },
  }));
}

/** A file of this step is gone: perhaps the only one. */
export function forgetSaved(step: number): void {
  studio.set(({ run }) => ({
    run: run?.saved?.step === step ? { ...run, saved: undefined } : run,
  }));
}

/**
 * Opens a checkpoint in place of the run on the page, and joins it with the open text where that is its own.
 * @returns whether it is open
 */
export async function openCheckpoint(file: Blob, name: string): Promise<boolean> {
  if (!(await askToGiveUp(`The checkpoint “${name}”`, "run-and-tokenizer"))) return false;
  let opened: Uint8Array | null = null;
  await runTask({ place: "checkpoint", doing: `Opening ${name}` }, () =>
    replaceRun(async () => {
      const { run, tokenizer, corpus } = await trainerWorker.openCheckpoint(file, name);
      opened = tokenizer;
      // A run that did all its steps needs no text any more, and a model only has no use for one.
      return corpus === null || run.step >= run.training.max_steps
        ? { run: { ...run, state: "finished" }, neededText: null }
        : { run, neededText: { ...corpus, tokenizer, otherText: null } };
    }),
  );
  if (opened === null) return false;
  markSaved("run", studio.get().run?.step ?? 0);
  await takeTokenizer(opened);
  if (studio.get().text !== null) await compareText("same-only");
  return true;
}

async function takeTokenizer(model: Uint8Array): Promise<void> {
  const summary = await runTask({ place: "tokenizer", doing: "Taking the tokenizer" }, () =>
    tokenizerWorker.useTokenizer(model),
  );
  if (summary === null) return;
  const { run, preset } = studio.get();
  studio.set({
    tokenizer: { ...summary, trainedOn: null },
    vocabSize: summary.requestedVocabSize,
    // The page shows the settings that the run has, so that another run can start from them.
    ...(run && { ...settingsOf(run, summary.requestedVocabSize, preset), presetChosen: true }),
  });
}

/**
 * Encodes the open text with the checkpoint's tokenizer. The text that the run had is attached at once;
 * another one only when `accept` says so.
 */
export async function compareText(accept: "same-only" | "any"): Promise<void> {
  const { run, text } = studio.get();
  if (!run?.neededText || text === null) return;
  const { neededText } = run;
  const corpus = await runTask(
    {
      place: "checkpoint",
      doing: "Comparing the text with the checkpoint's",
      cancel: cancelTokenizerWorker,
    },
    (onProgress) => tokenizerWorker.encodeCorpus(neededText.tokenizer, onProgress),
  );
  if (corpus === null) return;
  if (accept === "same-only" && corpus.fingerprint !== neededText.fingerprint) {
    studio.set(({ run }) => ({
      run: run && { ...run, neededText: { ...neededText, otherText: text.name } },
    }));
    return;
  }
  await runTask({ place: "checkpoint", doing: "Giving the run its text" }, async () => {
    const { history: _, ...summary } = await trainerWorker.attachCorpus(corpus);
    studio.set(({ run }) => ({ run: run && { ...run, ...summary, neededText: null, text } }));
  });
}
