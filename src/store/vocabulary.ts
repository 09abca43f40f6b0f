/** What the tokenizer view alone needs: all pieces, and how often each occurs. */
import { create } from "zustand";
import type { CorpusSummary, PieceCounts, Vocabulary } from "../worker/api";
import { tokenizerWorker } from "../worker/client";
import { cancelTokenizerWorker } from "./cancel";
import { runTask, type StudioState, showProblem, studio } from "./studio";
import { takeTrainTokens } from "./tokenizer";

interface VocabularyState {
  /** With the bytes of the tokenizer that has these pieces. */
  listed: (Vocabulary & { model: Uint8Array }) | null;
  counted: (PieceCounts & { model: Uint8Array; text: CorpusSummary }) | null;
}

export const useVocabulary = create<VocabularyState>(() => ({ listed: null, counted: null }));

/** Asks for the pieces of the tokenizer at hand, unless they are here. */
export async function listPieces(): Promise<void> {
  const model = studio.get().tokenizer?.model;
  if (model === undefined || useVocabulary.getState().listed?.model === model) return;
  try {
    const vocabulary = await tokenizerWorker.listPieces();
    useVocabulary.setState({ listed: { ...vocabulary, model } });
  } catch (thrown) {
    showProblem("tokenizer", thrown);
  }
}

/** Counts the pieces in the training stories of the open text. */
export async function countPieces(): Promise<void> {
  const { text, tokenizer } = studio.get();
  if (text === null || tokenizer === null) return;
  const counts = await runTask(
    { place: "tokenizer", doing: "Counting the pieces", cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.countPieces(onProgress),
  );
  if (counts === null) return;
  useVocabulary.setState({ counted: { ...counts, text, model: tokenizer.model } });
  takeTrainTokens(counts.tokens);
}

/** The counts of this tokenizer in this text; null when they are of others. */
export function countsFor(
  { counted }: VocabularyState,
  { text, tokenizer }: Pick<StudioState, "text" | "tokenizer">,
): PieceCounts | null {
  if (counted === null || counted.text !== text) return null;
  return counted.model === tokenizer?.model ? counted : null;
}
