import type { Gpu } from "../engine/gpu/device";
import { readTensor } from "../engine/gpu/readback";
import {
  countParameters,
  evaluationBatchSize,
  type ModelConfig,
  type TrainingConfig,
} from "../engine/model/config";
import { createModel, destroyModel, type KernelVariants, type Model } from "../engine/model/model";
import {
  flatten,
  initialParameters,
  type NamedTensors,
  unflatten,
} from "../engine/model/parameters";
import { validateModel, validateTraining } from "../engine/model/validate";
import { Decoder } from "../engine/train/decoder";
import { Evaluator } from "../engine/train/evaluate";
import { learningRateAt } from "../engine/train/schedule";
import type { StepMetrics } from "../engine/train/step-state";
import { type MicroBatch, Trainer } from "../engine/train/trainer";
import { readSentencePieceModel } from "../formats/sentencepiece-model";
import { problem } from "../lib/errors";
import { Rng } from "../lib/rng";
import { BatchSampler, type Cursor, evaluationBatches } from "../text/batches";
import type { EncodedCorpus } from "../text/encode-corpus";
import type { TokenizerModel } from "../text/tokenizer/model";
import { checkLimits } from "./limits";
import type { Evaluation, MemoryUse, RunHistory } from "./types";

/** Weights and both moments under Hugging Face's names, and how far the optimizer is. */
export interface OptimizerState {
  weights: NamedTensors;
  firstMoment: NamedTensors;
  secondMoment: NamedTensors;
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
  /** Where to go on; null starts from random weights. */
  state: OptimizerState | null;
  progress: Progress;
  history: RunHistory;
  /** Where in which text the run stopped; null for a new one. */
  place: Place | null;
}

/** Held-out tokens that an evaluation during training looks at; the last one looks at all. */
const EVALUATION_TOKENS = { software: 4_096, gpu: 131_072 };

/** The text a run learns from, and its place in it. */
interface RunText {
  corpus: EncodedCorpus;
  sampler: BatchSampler;
}

/** A model on the GPU with all that trains, measures and prompts it. */
export class Run {
  private text: RunText | null = null;
  readonly progress: Progress;

  private constructor(
    private readonly gpu: Gpu,
    readonly options: RunOptions,
    readonly model: Model,
    readonly trainer: Trainer,
    private readonly evaluator: Evaluator,
    readonly decoder: Decoder,
    readonly tokenizer: TokenizerModel,
  ) {
    this.progress = { ...options.progress };
  }

  /** @throws config-invalid, limit-too-small, out-of-memory, shader-invalid, file-malformed */
  static async create(
    gpu: Gpu,
    options: RunOptions,
    onCompiled?: (done: number, total: number) => void,
  ): Promise<Run> {
    validateModel(options.model);
    validateTraining(options.training);
    const tokenizer = readSentencePieceModel(options.tokenizer);
    checkVocabulary(options.model, tokenizer);
    checkLimits(gpu.adapter, options.model, options.training.batch_size);
    const undo: (() => void)[] = [];
    try {
      const model = await createModel(gpu, options.model, options.variants);
      undo.push(() => destroyModel(model));
      const shape = {
        batch: options.training.batch_size,
        context: options.model.max_position_embeddings,
      };
      const trainer = await Trainer.create(gpu, model, shape, options.training, onCompiled);
      undo.push(() => trainer.destroy());
      const evaluator = await Evaluator.create(gpu, model, {
        batch: evaluationBatchSize(options.model, shape.batch),
        context: shape.context,
      });
      undo.push(() => evaluator.destroy());
      const decoder = await Decoder.create(gpu, model);
      undo.push(() => decoder.destroy());
      restore(gpu, model, trainer, options);
      return new Run(gpu, options, model, trainer, evaluator, decoder, tokenizer);
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    }
  }

  /** Optimizer steps submitted. */
  get step(): number {
    return this.trainer.updates;
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
    const bytes = 4 * this.model.layout.length;
    return {
      weights: bytes,
      gradients: bytes,
      optimizer: 2 * bytes,
      activations:
        this.trainer.activationBytes +
        this.evaluator.activationBytes +
        this.decoder.activationBytes,
    };
  }

  get parameters(): number {
    return countParameters(this.options.model);
  }

  /** Tokens that one optimizer step goes through. */
  get tokensPerStep(): number {
    const { batch, context } = this.trainer.shape;
    return batch * context * this.options.training.gradient_accumulation_steps;
  }

  /**
   * Gives the run its text, and closes the one it had. The text it was trained on before goes on where
   * it stopped; another one starts at its beginning. The run closes it in the end, unless this throws.
   * @throws text-too-short
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

  /** Tells how long a step took, so that no later submit blocks the screen for long. */
  pace(secondsPerStep: number): void {
    this.trainer.pace(secondsPerStep / this.options.training.gradient_accumulation_steps);
  }

  /** The loss on the held-out stories: on all of them, or on a fixed part while training goes on. */
  async evaluate(extent: "part" | "all"): Promise<Evaluation> {
    await this.trainer.drain();
    const { heldOut, heldOutBytes } = this.text!.corpus;
    const { batch, context } = this.evaluator.shape;
    const limit = this.gpu.adapter.isFallbackAdapter
      ? EVALUATION_TOKENS.software
      : EVALUATION_TOKENS.gpu;
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
    const loss = (await this.evaluator.nats(chosen())) / predicted;
    // The part stands for the whole: as many bytes a token as all held-out stories have.
    const bitsPerByte = (loss * predictedOfAll) / heldOutBytes / Math.LN2;
    return { step: this.step, loss, bitsPerByte, ...this.progress };
  }

  /** Everything that training needs to go on bit for bit, besides the sampler's cursor. */
  async readState(): Promise<OptimizerState> {
    await this.trainer.drain();
    const { layout } = this.model;
    const { firstMoment, secondMoment } = this.trainer.tensors;
    return {
      weights: unflatten(layout, await readTensor(this.gpu, this.model.weights)),
      firstMoment: unflatten(layout, await readTensor(this.gpu, firstMoment)),
      secondMoment: unflatten(layout, await readTensor(this.gpu, secondMoment)),
      step: this.step,
    };
  }

  private closeText(): void {
    this.text?.corpus.train.close();
    this.text?.corpus.heldOut.close();
  }

  destroy(): void {
    this.closeText();
    this.decoder.destroy();
    this.evaluator.destroy();
    this.trainer.destroy();
    destroyModel(this.model);
  }
}

/** @throws config-invalid */
function checkVocabulary({ vocab_size }: ModelConfig, { pieces }: TokenizerModel): void {
  if (pieces.length === vocab_size) return;
  const rule = `the tokenizer has ${pieces.length} pieces`;
  throw problem("config-invalid", { field: "vocab_size", value: vocab_size, rule });
}

function restore(gpu: Gpu, model: Model, trainer: Trainer, { state, training }: RunOptions): void {
  const { layout, weights } = model;
  if (state === null) {
    gpu.write(weights, initialParameters(layout, new Rng(training.seed)));
    return;
  }
  gpu.write(weights, flatten(layout, state.weights));
  gpu.write(trainer.tensors.firstMoment, flatten(layout, state.firstMoment));
  gpu.write(trainer.tensors.secondMoment, flatten(layout, state.secondMoment));
  trainer.updates = state.step;
}
