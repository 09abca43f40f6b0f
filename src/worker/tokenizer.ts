/** The tokenizer worker: text, tokenizer training and encoding, away from the page. */
import { expose, transfer } from "comlink";
import { readSentencePieceModel, writeSentencePieceModel } from "../formats/sentencepiece-model";
import { problem } from "../lib/errors";
import { sendable } from "../storage/stored-corpus";
import { movedBuffers } from "../storage/stored-tokens";
import { createTokenFolder, type TokenFolder } from "../storage/token-folder";
import { Corpus } from "../text/corpus";
import { encodeCorpus } from "../text/encode-corpus";
import { countPieces, measureTokenizer } from "../text/measure-tokenizer";
import { trainBpe } from "../text/tokenizer/bpe-train";
import { BpeEncoder } from "../text/tokenizer/encode";
import type { TokenizerModel } from "../text/tokenizer/model";
import { tokenParts } from "../text/tokenizer/token-parts";
import type { TokenizerSummary, TokenizerWorkerApi } from "./api";
import "./errors";

/** So many learned pieces are shown. */
const SAMPLES = 40;

let corpus: Corpus | null = null;
let tokenizer: TokenizerModel | null = null;
/** Of the current tokenizer, for text as it is typed. */
let encoder: { of: TokenizerModel; bpe: BpeEncoder } | null = null;
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

function currentTokenizer(action: string): TokenizerModel {
  if (tokenizer === null) throw problem("wrong-state", { action, state: "without a tokenizer" });
  return tokenizer;
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

  encodeCorpus: (bytes, onProgress) =>
    cancellable(async (signal) => {
      const text = openedCorpus("Encoding the text");
      const model = readSentencePieceModel(bytes);
      const files = await newTokenFiles();
      const work = { signal, onProgress };
      const place = files === null ? undefined : { ...files, store: files.folder.store };
      const stored = sendable(await encodeCorpus(text, model, work, place), files);
      return transfer(stored, movedBuffers(stored));
    }),

  measureTokenizer: (onProgress) =>
    cancellable(async (signal) => {
      const text = openedCorpus("Measuring a tokenizer");
      const model = currentTokenizer("Measuring a tokenizer");
      return measureTokenizer(text, model, { signal, onProgress });
    }),

  countPieces: (onProgress) =>
    cancellable(async (signal) => {
      const text = openedCorpus("Counting pieces");
      const model = currentTokenizer("Counting pieces");
      const counted = await countPieces(text, model, { signal, onProgress });
      return transfer(counted, [counted.counts.buffer]);
    }),

  async listPieces() {
    const { pieces } = currentTokenizer("Listing pieces");
    return { pieces: pieces.map(({ piece }) => piece), types: pieces.map(({ type }) => type) };
  },

  async encodeText(text) {
    const model = currentTokenizer("Cutting a text");
    if (encoder?.of !== model) encoder = { of: model, bpe: new BpeEncoder(model) };
    return tokenParts(model, encoder.bpe.encodeString(text));
  },

  async cancel() {
    job?.abort();
  },
};

expose(api);
