import type { AdapterFacts, Gpu } from "../engine/gpu/device";
import { readTensor } from "../engine/gpu/readback";
import { countParameters, type ModelConfig, type TrainingConfig } from "../engine/model/config";
import type { KernelVariants, Model } from "../engine/model/model";
import {
  flatten,
  initialParameters,
  type NamedTensors,
  unflatten,
} from "../engine/model/parameters";
import type { Decoder } from "../engine/train/decoder";
import { learningRateAt } from "../engine/train/schedule";
import type { StepMetrics } from "../engine/train/step-state";
import type { MicroBatch, Trainer } from "../engine/train/trainer";
import type { CheckpointLosses } from "../formats/checkpoint-schema";
import { readSentencePieceModel } from "../formats/sentencepiece-model";
import { problem } from "../lib/errors";
import { Rng } from "../lib/rng";
import { BatchSampler, type Cursor, evaluationBatches } from "../text/batches";
import type { EncodedCorpus } from "../text/encode-corpus";
import type { TokenizerModel } from "../text/tokenizer/model";
import { buildMachine, destroyMachine, type Learning, type Machine } from "./machine";
import type { Evaluation, MemoryUse, RunHistory, SampleSchedule } from "./types";

/** Weights and both moments under Hugging Face's names, and how far the optimizer is. */
interface RunState {
  weights: NamedTensors;
  /** Null where there is a model only. */
  moments: { first: NamedTensors; second: NamedTensors } | null;
  step: number;
}

export interface Progress {
  /** Tokens that the run has predicted. */
  tokens: number;
  /** Time spent training. */
  seconds: number;
}

/** A run's place in a text: which text, and which window comes next. */
export interface Place {
  corpus: { name: string; fingerprint: string };
  cursor: Cursor;
}

export interface RunOptions {
  model: ModelConfig;
  training: TrainingConfig;
  tokenizer: Uint8Array;
  variants: KernelVariants;
  /** Where to go on; null starts from random weights. Without moments, it does not train. */
  state: RunState | null;
  progress: Progress;
  history: RunHistory;
  /** Absent: it tells no samples. */
  samples?: SampleSchedule;
  /** The newest that were known when the run was opened. */
  losses: CheckpointLosses;
  /** Where in which text the run stopped; null for a new one, and for a model only. */
  place: Place | null;
}

/** Held-out tokens that an evaluation during training looks at; the last one looks at all. */
const EVALUATION_TOKENS = { software: 4_096, gpu: 131_072 };

export function evaluationLimit(adapter: AdapterFacts): number {
  return adapter.isFallbackAdapter ? EVALUATION_TOKENS.software : EVALUATION_TOKENS.gpu;
}

/** The text a run learns from, and its place in it. */
interface RunText {
  corpus: EncodedCorpus;
  sampler: BatchSampler;
}

/**
 * A model on the GPU with all that trains, measures and prompts it; one whose checkpoint holds no
 * optimizer state can only be prompted.
 */
export class Run {
  private text: RunText | null = null;
  readonly progress: Progress;
  /** When it tells stories by itself. */
  samples: SampleSchedule | undefined;
  readonly model: Model;
  readonly decoder: Decoder;
  private readonly learning: Learning | null;

  private constructor(
    private readonly gpu: Gpu,
    readonly options: RunOptions,
    private readonly machine: Machine,
    readonly tokenizer: TokenizerModel,
  ) {
    this.model = machine.model;
    this.learning = machine.learning;
    this.decoder = machine.decoder;
    this.progress = { ...options.progress };
    this.samples = options.samples;
  }

  /** @throws config-invalid, limit-too-small, out-of-memory, shader-invalid, file-malformed */
  static async create(
    gpu: Gpu,
    options: RunOptions,
    onCompiled?: (done: number, total: number) => void,
  ): Promise<Run> {
    const tokenizer = readSentencePieceModel(options.tokenizer);
    checkVocabulary(options.model, tokenizer);
    const { model, variants } = options;
    const training = options.state?.moments === null ? null : options.training;
    const machine = await buildMachine(gpu, model, training, variants, onCompiled);
    try {
      restore(gpu, machine, options);
    } catch (error) {
      destroyMachine(machine);
      throw error;
    }
    return new Run(gpu, options, machine, tokenizer);
  }

  /** Whether it can train: not when it is a model only. */
  get learns(): boolean {
    return this.learning !== null;
  }

  private get trainer(): Trainer {
    return this.need(this.learning).trainer;
  }

  private need<T>(part: T | null): T {
    if (part === null) throw problem("model-only", { action: "Training" });
    return part;
  }

  /** Optimizer steps submitted. */
  get step(): number {
    // Without a trainer, the steps that the checkpoint tells of.
    return this.learning?.trainer.updates ?? this.options.state!.step;
  }

  get finished(): boolean {
    return this.step >= this.options.training.max_steps;
  }

  get corpus(): EncodedCorpus | null {
    return this.text?.corpus ?? null;
  }

  /** Where in which text the run is now. */
  get place(): Place {
    // A run has a text, or comes from a checkpoint and knows its place from there.
    if (this.text === null) return this.options.place!;
    const { corpus, sampler } = this.text;
    const { name, fingerprint } = corpus;
    return { corpus: { name, fingerprint }, cursor: sampler.cursor };
  }

  get memory(): MemoryUse {
    const weights = 4 * this.model.layout.length;
    const decoding = this.decoder.activationBytes;
    if (this.learning === null) {
      return { weights, gradients: 0, optimizer: 0, activations: decoding };
    }
    const { trainer, evaluator } = this.learning;
    return {
      weights,
      gradients: weights,
      optimizer: 2 * weights,
      activations: trainer.activationBytes + evaluator.activationBytes + decoding,
    };
  }

  get parameters(): number {
    return countParameters(this.options.model);
  }

  /** Of forward and backward; the update, once a step, is left out. 0 for a model only. */
  get flopsPerToken(): number {
    if (this.learning === null) return 0;
    const { shape, flopsPerMicroBatch } = this.learning.trainer;
    return flopsPerMicroBatch / (shape.batch * shape.context);
  }

  /** Tokens that one optimizer step goes through. */
  get tokensPerStep(): number {
    const { batch, context } = this.trainer.shape;
    return batch * context * this.options.training.gradient_accumulation_steps;
  }

  /**
   * Gives the run its text, and closes the one it had. The text it was trained on before goes on where
   * it stopped; another one starts at its beginning. The run closes it in the end, unless this throws.
   * @throws text-too-short, model-only
   */
  attach(corpus: EncodedCorpus): void {
    const { context } = this.trainer.shape;
    if (corpus.heldOut.length < 2) {
      throw problem("text-too-short", {
        tokens: corpus.heldOut.length,
        needed: 2,
        part: "held-out",
      });
    }
    const { training, place } = this.options;
    const { seed } = training;
    const known = place?.corpus.fingerprint === corpus.fingerprint;
    const cursor = known ? place.cursor : undefined;
    const sampler = new BatchSampler(corpus.train, context, seed, cursor);
    this.closeText();
    this.text = { corpus, sampler };
  }

  /** Of the next step. */
  get learningRate(): number {
    return learningRateAt(this.step, this.options.training);
  }

  /**
   * Submits one optimizer step.
   * @param onMetrics called when it is finished, with the tokens that the run has predicted by then
   */
  async trainStep(onMetrics: (metrics: StepMetrics, tokens: number) => void): Promise<void> {
    const { sampler } = this.text!;
    const { training } = this.options;
    const { batch, context } = this.trainer.shape;
    const batches: MicroBatch[] = [];
    let predicted = 0;
    for (let i = 0; i < training.gradient_accumulation_steps; i++) {
      const ids = new Uint32Array(batch * context);
      const targets = new Uint32Array(batch * context);
      predicted += sampler.next(batch, ids, targets);
      batches.push({ ids, targets });
    }
    const tokens = this.progress.tokens + predicted;
    await this.trainer.step(batches, predicted, this.learningRate, (metrics) =>
      onMetrics(metrics, tokens),
    );
    this.progress.tokens = tokens;
  }

  /** Tells how long a step took (0: not known), so that no later submit blocks the screen for long. */
  pace(secondsPerStep: number): void {
    this.trainer.pace(secondsPerStep / this.options.training.gradient_accumulation_steps);
  }

  /**
   * The loss on the held-out stories: on all of them, or on a fixed part while training goes on.
   * @param between is awaited after each batch: what else needs the GPU may have its turn
   */
  async evaluate(extent: "part" | "all", between?: () => Promise<void>): Promise<Evaluation> {
    const { trainer, evaluator } = this.need(this.learning);
    await trainer.drain();
    const { heldOut, heldOutBytes } = this.text!.corpus;
    const { batch, context } = evaluator.shape;
    const limit = evaluationLimit(this.gpu.adapter);
    const ids = new Uint32Array(batch * context);
    const targets = new Uint32Array(batch * context);
    let predicted = 0;
    let predictedOfAll = 0;
    function* chosen(): Generator<MicroBatch> {
      for (const count of evaluationBatches(heldOut, context, batch, ids, targets)) {
        predictedOfAll += count;
        if (extent === "part" && predicted > 0 && predicted + count > limit) continue;
        predicted += count;
        yield { ids, targets };
      }
    }
    const loss = (await evaluator.nats(chosen(), between)) / predicted;
    // The part stands for the whole: as many bytes a token as all held-out stories have.
    const bitsPerByte = (loss * predictedOfAll) / heldOutBytes / Math.LN2;
    return { step: this.step, loss, bitsPerByte, ...this.progress };
  }

  /** Waits for the steps under way. */
  async drain(): Promise<void> {
    await this.learning?.trainer.drain();
  }

  async readWeights(): Promise<NamedTensors> {
    await this.drain();
    return unflatten(this.model.layout, await readTensor(this.gpu, this.model.weights));
  }

  /** AdamW's moments: with the weights, all that training needs to go on bit for bit, besides the place. */
  async readMoments(): Promise<{ first: NamedTensors; second: NamedTensors }> {
    await this.drain();
    const { layout } = this.model;
    const { firstMoment, secondMoment } = this.trainer.tensors;
    return {
      first: unflatten(layout, await readTensor(this.gpu, firstMoment)),
      second: unflatten(layout, await readTensor(this.gpu, secondMoment)),
    };
  }

  private closeText(): void {
    this.text?.corpus.train.close();
    this.text?.corpus.heldOut.close();
  }

  destroy(): void {
    this.closeText();
    destroyMachine(this.machine);
  }
}

/** @throws config-invalid */
function checkVocabulary({ vocab_size }: ModelConfig, { pieces }: TokenizerModel): void {
  if (pieces.length === vocab_size) return;
  const rule = `the tokenizer has ${pieces.length} pieces`;
  throw problem("config-invalid", { field: "vocab_size", value: vocab_size, rule });
}

function restore(gpu: Gpu, { model, learning }: Machine, { state, training }: RunOptions): void {
  const { layout, weights } = model;
  if (state === null) {
    gpu.write(weights, initialParameters(layout, new Rng(training.seed)));
    return;
  }
  gpu.write(weights, flatten(layout, state.weights));
  if (learning === null || state.moments === null) return;
  const { trainer } = learning;
  gpu.write(trainer.tensors.firstMoment, flatten(layout, state.moments.first));
  gpu.write(trainer.tensors.secondMoment, flatten(layout, state.moments.second));
  trainer.updates = state.step;
}
