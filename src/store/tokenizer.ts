import { tokenizerWorker } from "../worker/client";
import { cancelTokenizerWorker } from "./cancel";
import { runTask, studio, type TextInTokens } from "./studio";
import { textInTokens } from "./text-in-tokens";

/** Trains a tokenizer of the chosen size on the open text; the earlier one stays when that fails. */
export async function trainTokenizer(): Promise<void> {
  const { text, vocabSize } = studio.get();
  if (text === null) return;
  const summary = await runTask(
    { place: "tokenizer", doing: "Training the tokenizer", cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.trainTokenizer(vocabSize, onProgress),
  );
  if (summary === null) return;
  studio.set({ tokenizer: { ...summary, trainedOn: text } });
  await measureTokenizer();
}

/** Looks how tightly the tokenizer packs the open text's held-out stories. */
export async function measureTokenizer(): Promise<void> {
  const heldOut = await runTask(
    { place: "tokenizer", doing: "Measuring the tokenizer", cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.measureTokenizer(onProgress),
  );
  if (heldOut === null) return;
  note({ heldOut });
  if (heldOut.trainTokens !== null) takeTrainTokens(heldOut.trainTokens);
}

/** The training stories were encoded: how long they are is known exactly now. */
export function takeTrainTokens(trainTokens: number): void {
  note({ trainTokens });
}

function note(found: Partial<TextInTokens>): void {
  studio.set((state) => {
    const { text, tokenizer } = state;
    if (text === null || tokenizer === null) return {};
    const known = textInTokens(state) ?? {
      text,
      model: tokenizer.model,
      heldOut: null,
      trainTokens: null,
    };
    return { measured: { ...known, ...found } };
  });
}
