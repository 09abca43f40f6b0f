/** Every type that crosses a thread, on one page. */
import type { ModelConfig, TrainingConfig } from "../engine/model/config";
import type { Problem } from "../lib/errors";

export interface Progress {
  phase: "reading" | "counting" | "merging" | "encoding" | "loading" | "compiling";
  done: number;
  /** Same unit as `done`; 0 when not known. */
  total: number;
}
/** Called at most ten times a second. Pass it through `Comlink.proxy`. */
export type OnProgress = (progress: Progress) => void;

export type Separator = "endoftext" | "blank-line" | "line";

export interface CorpusSummary {
  name: string;
  bytes: number;
  separator: Separator;
  stories: number;
  /** Unicode code points of all stories. */
  characters: number;
  /** At most 2,000 characters of it. */
  firstStory: string;
  trainStories: number;
  heldOutStories: number;
}

export interface TokenizerSummary {
  /** SentencePiece ModelProto bytes: the tokenizer itself. */
  model: Uint8Array;
  /** What was reached; smaller than asked for when nothing was worth merging any more. */
  vocabSize: number;
  requestedVocabSize: number;
  /** Some learned pieces to show, the earliest first. */
  samplePieces: string[];
  /** Lines of text left out of training because they were too long. */
  skippedLines: number;
  seconds: number;
}

export interface EncodedCorpus {
  /** Token stream: each story is BOS + ids + EOS. Transferred, not copied. */
  train: Uint16Array;
  heldOut: Uint16Array;
  /** UTF-8 bytes of the held-out stories: the denominator of bits per byte. */
  heldOutBytes: number;
  /** Name of the file, and a checksum of both token streams: tells whether a run resumes on the same text. */
  name: string;
  fingerprint: string;
}

/** The tokenizer worker. A call that fails or is cancelled leaves the earlier corpus and tokenizer in place. */
export interface TokenizerWorkerApi {
  openCorpus(file: Blob, name: string, onProgress: OnProgress): Promise<CorpusSummary>;
  /** Trains byte-fallback BPE on the training stories of the open corpus. */
  trainTokenizer(vocabSize: number, onProgress: OnProgress): Promise<TokenizerSummary>;
  /** Takes a tokenizer from a checkpoint instead. */
  useTokenizer(model: Uint8Array): Promise<TokenizerSummary>;
  /** Encodes the open corpus with the current tokenizer. */
  encodeCorpus(onProgress: OnProgress): Promise<EncodedCorpus>;
  /** The call under way rejects with the problem `cancelled`. */
  cancel(): Promise<void>;
}

export interface AdapterReport {
  vendor: string;
  architecture: string;
  description: string;
  /** A software adapter: correct, but about 1,000 times slower than a GPU. */
  isFallbackAdapter: boolean;
  features: string[];
  maxBufferSize: number;
  maxStorageBufferBindingSize: number;
}

export type RunState = "idle" | "preparing" | "training" | "paused" | "finished" | "failed";

export interface RunRequest {
  model: ModelConfig;
  training: TrainingConfig;
  /** SentencePiece ModelProto bytes. */
  tokenizer: Uint8Array;
  corpus: EncodedCorpus;
}

export interface RunSummary {
  model: ModelConfig;
  training: TrainingConfig;
  parameters: number;
  /** Optimizer steps done. */
  step: number;
  state: RunState;
  /** GPU bytes held, by what holds them. */
  memory: { weights: number; gradients: number; optimizer: number; activations: number };
  /** The text that the run learns from; null when a checkpoint was opened and its text is not here. */
  corpus: { name: string; fingerprint: string } | null;
  /** Losses known so far (after opening a checkpoint: what it kept). */
  history: { points: MetricPoint[]; evaluations: Evaluation[] };
}

export interface OpenedCheckpoint {
  run: RunSummary;
  tokenizer: Uint8Array;
  /** The text the run was trained on: drop the same to go on. */
  corpus: { name: string; fingerprint: string };
}

export interface MetricPoint {
  /** Optimizer steps done when this was measured, from 1. */
  step: number;
  /** Mean nats a predicted token of that step. */
  loss: number;
  learningRate: number;
  /** Global L2 norm before clipping. */
  gradNorm: number;
  tokensPerSecond: number;
}

export interface Evaluation {
  step: number;
  /** Mean nats a predicted token of the held-out stories. */
  loss: number;
  bitsPerByte: number;
}

/** Field names are Hugging Face's `GenerationConfig`. */
export interface SamplingSettings {
  /** 0 takes the likeliest token. */
  temperature: number;
  /** 0 switches it off. */
  top_k: number;
  /** 1 switches it off. */
  top_p: number;
  max_new_tokens: number;
  seed: number;
}

export interface GenerationRequest extends SamplingSettings {
  /** Chosen by the caller; comes back in the events. */
  id: number;
  prompt: string;
}

export type GenerationEnd = "end-of-story" | "length" | "stopped" | "failed";

/** What the trainer worker sends through its MessagePort; at most ten `metrics` a second. */
export type TrainerEvent =
  | { type: "state"; state: RunState; step: number }
  | { type: "metrics"; points: MetricPoint[]; secondsLeft: number }
  | { type: "evaluation"; evaluation: Evaluation }
  /** `shifted`: the context was full, its first half was dropped before this piece. */
  | { type: "text"; id: number; text: string; shifted: boolean }
  | { type: "generation-ended"; id: number; reason: GenerationEnd; tokens: number }
  | { type: "problem"; problem: Problem };

/** The trainer worker: owns the GPU device and the run. */
export interface TrainerWorkerApi {
  connect(port: MessagePort): Promise<void>;
  /** Rejects with `webgpu-missing` or `adapter-missing`. */
  describeAdapter(): Promise<AdapterReport>;
  /** Builds a run and starts it. The earlier run is given up only when the new one is ready. */
  startRun(request: RunRequest, onProgress: OnProgress): Promise<RunSummary>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the run early, with a last evaluation; prompts and the checkpoint still work. */
  stop(): Promise<void>;
  /** Ids and text come as events; a second call stops the first. */
  generate(request: GenerationRequest): Promise<void>;
  stopGeneration(): Promise<void>;
  /** One safetensors file: model, optimizer state, tokenizer, config, cursor. Training goes on meanwhile. */
  saveCheckpoint(): Promise<Blob>;
  /** Opens a checkpoint: paused, prompts work. Rejects with the earlier run untouched. */
  openCheckpoint(file: Blob, name: string): Promise<OpenedCheckpoint>;
  /** Gives an opened checkpoint its text; then `resume` goes on. */
  attachCorpus(corpus: EncodedCorpus): Promise<RunSummary>;
}
