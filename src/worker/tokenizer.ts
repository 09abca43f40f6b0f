/** The tokenizer worker: text, tokenizer training and encoding, away from the page. */
import { expose, transfer } from "comlink";
import { readSentencePieceModel, writeSentencePieceModel } from "../formats/sentencepiece-model";
import { problem } from "../lib/errors";
import { sendable } from "../storage/stored-corpus";
import { movedBuffers } from "../storage/stored-tokens";
import { createTokenFolder, type TokenFolder } from "../storage/token-folder";
import { Corpus } from "../text/corpus";
import { encodeCorpus } from "../text/encode-corpus";
import { trainBpe } from "../text/tokenizer/bpe-train";
import type { TokenizerModel } from "../text/tokenizer/model";
import type { TokenizerSummary, TokenizerWorkerApi } from "./api";
import "./errors";

/** So many learned pieces are shown. */
const SAMPLES = 40;

let corpus: Corpus | null = null;
let tokenizer: TokenizerModel | null = null;
let job: AbortController | null = null;
/** Where token streams go; null in it where the browser has no storage for them. */
let tokenFolder: Promise<TokenFolder | null> | null = null;
let encodings = 0;

/** Does one piece of work that `cancel` can end. What it replaces is replaced only when it succeeds. */
async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (job !== null) throw problem("still-busy", { doing: "Other work on the text" });
  job = new AbortController();
  try {
    return await work(job.signal);
  } finally {
    job = null;
  }
}

function openedCorpus(action: string): Corpus {
  if (corpus === null) throw problem("wrong-state", { action, state: "without a text" });
  return corpus;
}

/** Two new files for token streams. Those of earlier encodings go, unless the run has them open. */
async function newTokenFiles() {
  tokenFolder ??= createTokenFolder();
  const folder = await tokenFolder;
  if (folder === null) return null;
  await folder.store.sweep();
  encodings++;
  return { folder, train: `train-${encodings}`, heldOut: `held-out-${encodings}` };
}

/** The longer pieces among the earliest: single characters and pairs say little. */
function samplePieces(model: TokenizerModel): string[] {
  const learned = model.pieces.filter(({ type, piece }) => type === "normal" && piece.length > 2);
  return learned.slice(0, SAMPLES).map(({ piece }) => piece);
}

function summaryOf(
  model: TokenizerModel,
  rest: { skippedLines: number; seconds: number },
): TokenizerSummary {
  return {
    model: writeSentencePieceModel(model),
    vocabSize: model.pieces.length,
    requestedVocabSize: model.trainer.vocab_size,
    samplePieces: samplePieces(model),
    ...rest,
  };
}

const api: TokenizerWorkerApi = {
  openCorpus: (files, choices, onProgress) =>
    cancellable(async (signal) => {
      corpus = await Corpus.openFiles(files, choices, { signal, onProgress });
      return { summary: corpus.summary, report: corpus.report };
    }),

  trainTokenizer: (vocabSize, onProgress) =>
    cancellable(async (signal) => {
      const started = performance.now();
      const text = openedCorpus("Training a tokenizer");
      const { model, skippedLines } = await trainBpe(text, vocabSize, { signal, onProgress });
      tokenizer = model;
      const seconds = (performance.now() - started) / 1000;
      return { ...summaryOf(model, { skippedLines, seconds }), requestedVocabSize: vocabSize };
    }),

  async useTokenizer(bytes) {
    const started = performance.now();
    const model = readSentencePieceModel(bytes);
    tokenizer = model;
    const seconds = (performance.now() - started) / 1000;
    return summaryOf(model, { skippedLines: 0, seconds });
  },

  encodeCorpus: (onProgress) =>
    cancellable(async (signal) => {
      const text = openedCorpus("Encoding the text");
      if (tokenizer === null)
        throw problem("wrong-state", { action: "Encoding the text", state: "without a tokenizer" });
      const files = await newTokenFiles();
      const work = { signal, onProgress };
      const place = files === null ? undefined : { ...files, store: files.folder.store };
      const stored = sendable(await encodeCorpus(text, tokenizer, work, place), files);
      return transfer(stored, movedBuffers(stored));
    }),

  async cancel() {
    job?.abort();
  },
};

expose(api);
