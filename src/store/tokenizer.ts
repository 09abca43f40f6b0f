import { tokenizerWorker } from "../worker/client";
import { cancelTokenizerWorker } from "./cancel";
import { runTask, studio } from "./studio";

/** Trains a tokenizer of the chosen size on the open text; the earlier one stays when that fails. */
export async function trainTokenizer(): Promise<void> {
  const { text, vocabSize } = studio.get();
  if (text === null) return;
  const summary = await runTask(
    { place: "tokenizer", doing: "Training the tokenizer", cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.trainTokenizer(vocabSize, onProgress),
  );
  if (summary !== null) studio.set({ tokenizer: { ...summary, trainedOn: text } });
}
