import { problem } from "../lib/errors";
import { Permutation } from "./permutation";
import type { TokenSource } from "./token-store";
import { bosId } from "./tokenizer/model";

/** A target that is not predicted: BOS, and padding. */
export const ignoredTarget = 0xffff_ffff;

/** Where the next batch starts; plain JSON. */
export interface Cursor {
  epoch: number;
  /** Windows of this epoch that were taken. */
  index: number;
}

/**
 * Copies a window: inputs are tokens [start, start + context), targets the tokens one further on.
 * What lies beyond the end is padding.
 *
 * @param window [context + 1], for the tokens
 * @param at where the window goes in `inputs` and `targets`
 * @returns how many targets are predicted
 */
function copyWindow(
  tokens: TokenSource,
  start: number,
  window: Uint16Array,
  inputs: Uint32Array,
  targets: Uint32Array,
  at: number,
): number {
  const length = tokens.read(start, window);
  let predicted = 0;
  for (let i = 0; i < window.length - 1; i++) {
    const target = window[i + 1]!;
    const ignored = i + 1 >= length || target === bosId;
    // The inputs of padding are never looked at by a predicted target; any id does.
    inputs[at + i] = i < length ? window[i]! : bosId;
    targets[at + i] = ignored ? ignoredTarget : target;
    if (!ignored) predicted++;
  }
  return predicted;
}

/**
 * Training batches. Windows of `context` tokens lie side by side (window i starts at token i ×
 * context, and its last target is the first token of the next); an epoch takes each once, in the
 * order of a `Permutation` keyed by seed and epoch. What is too short for a window at the end of the
 * text is never taken.
 */
export class BatchSampler {
  /** Windows in an epoch. */
  readonly windows: number;
  private readonly tokens: TokenSource;
  private readonly context: number;
  private readonly window: Uint16Array;
  private readonly seed: number;
  private epoch: number;
  private index: number;
  private permutation: Permutation;

  /** @throws `text-too-short` */
  constructor(tokens: TokenSource, context: number, seed: number, cursor?: Cursor) {
    this.windows = Math.floor((tokens.length - 1) / context);
    if (this.windows < 1) {
      const [length, needed] = [tokens.length, context + 1];
      throw problem("text-too-short", { tokens: length, needed, part: "training" });
    }
    this.tokens = tokens;
    this.context = context;
    this.window = new Uint16Array(context + 1);
    this.seed = seed;
    this.epoch = cursor?.epoch ?? 0;
    this.index = cursor?.index ?? 0;
    this.permutation = new Permutation(this.windows, seed, this.epoch);
  }

  get cursor(): Cursor {
    return { epoch: this.epoch, index: this.index };
  }

  /**
   * Fills the next batch and moves on, across the end of an epoch too.
   *
   * @param inputs [batchSize, context]
   * @param targets [batchSize, context], `ignoredTarget` where nothing is predicted
   * @returns how many targets are predicted
   */
  next(batchSize: number, inputs: Uint32Array, targets: Uint32Array): number {
    let predicted = 0;
    for (let row = 0; row < batchSize; row++) {
      if (this.index >= this.windows) {
        this.epoch++;
        this.index = 0;
        this.permutation = new Permutation(this.windows, this.seed, this.epoch);
      }
      const start = this.permutation.at(this.index++) * this.context;
      const at = row * this.context;
      predicted += copyWindow(this.tokens, start, this.window, inputs, targets, at);
    }
    return predicted;
  }
}

/**
 * Fills `inputs` and `targets` (each [batchSize, context]) with the windows of a held-out stream in
 * order, so that every token but the first is a target exactly once; the rest of the last batch is
 * padding. BOS is not predicted.
 *
 * @yields how many targets of the batch are predicted
 * @throws `text-too-short` when there is nothing to predict
 */
export function* evaluationBatches(
  tokens: TokenSource,
  context: number,
  batchSize: number,
  inputs: Uint32Array,
  targets: Uint32Array,
): Generator<number> {
  if (tokens.length < 2) {
    throw problem("text-too-short", { tokens: tokens.length, needed: 2, part: "held-out" });
  }
  const window = new Uint16Array(context + 1);
  for (let start = 0; start < tokens.length - 1; start += batchSize * context) {
    let predicted = 0;
    for (let row = 0; row < batchSize; row++) {
      const at = row * context;
      predicted += copyWindow(tokens, start + at, window, inputs, targets, at);
    }
    yield predicted;
  }
}
