/** What a run is asked for, and what it tells. The worker's contract (worker/api.ts) passes these on. */
import type { ModelConfig, TrainingConfig } from "../engine/model/config";
import type { SampleSettings } from "../engine/train/sample";
import type { CheckpointContents } from "../formats/checkpoint-schema";
import type { Problem } from "../lib/errors";
import type { EncodedCorpus } from "../text/encode-corpus";

export type { CheckpointContents } from "../formats/checkpoint-schema";

export type RunState = "idle" | "preparing" | "training" | "paused" | "finished" | "failed";

export interface RunRequest {
  model: ModelConfig;
  training: TrainingConfig;
  /** SentencePiece ModelProto bytes. */
  tokenizer: Uint8Array;
  corpus: EncodedCorpus;
  /** Absent: it tells no samples. */
  samples?: SampleSchedule;
}

/** The shapes whose speed is to be measured. */
export type CalibrationRequest = Pick<RunRequest, "model" | "training">;

export interface CalibrationProgress {
  phase: "compiling" | "measuring";
  done: number;
  total: number;
}

/** How fast this GPU trains a model, measured on a few steps. */
export interface Calibration {
  /** The median of the measured optimizer steps. */
  secondsPerStep: number;
  /** Seconds of the fastest and of the slowest. */
  fastest: number;
  slowest: number;
  /** How many were measured. */
  steps: number;
  evaluation: {
    /** Seconds a held-out token. */
    secondsPerToken: number;
    /** Held-out tokens that an evaluation during training looks at, at most; the last one looks at all. */
    tokens: number;
  };
}

/** GPU bytes held, by what holds them. */
export interface MemoryUse {
  weights: number;
  gradients: number;
  optimizer: number;
  activations: number;
}

export interface RunSummary {
  /** A `model` has no optimizer state: it can be prompted and saved, and does not train. */
  contents: CheckpointContents;
  model: ModelConfig;
  training: TrainingConfig;
  parameters: number;
  /** Floating-point operations of training on one token, forward and backward, as the kernels count them. */
  flopsPerToken: number;
  /** Optimizer steps done. */
  step: number;
  state: RunState;
  memory: MemoryUse;
  /** The text that the run learns from; null when a checkpoint was opened and its text is not here. */
  corpus: { name: string; fingerprint: string } | null;
  /** Losses known so far (after opening a checkpoint: what it kept). */
  history: SentHistory;
  /** Absent: it tells no samples. */
  samples?: SampleSchedule;
}

/** A history on its way to the page: as 100,000 objects, the points would block the thread that takes them. */
export interface SentHistory extends Omit<RunHistory, "points"> {
  points: PointColumns;
}

/** One value a point in each column. */
export type PointColumns = Record<keyof MetricPoint, Float64Array<ArrayBuffer>>;

/** What a run measured and told so far, in the order of its steps. */
export interface RunHistory {
  points: MetricPoint[];
  evaluations: Evaluation[];
  rounds: StoryRound[];
}

export interface OpenedCheckpoint {
  run: RunSummary;
  tokenizer: Uint8Array;
  /** The text the run was trained on: drop the same to go on. Null of a model only. */
  corpus: { name: string; fingerprint: string } | null;
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
  /** Tokens that the run has predicted by then. */
  tokens: number;
  /** Seconds that it has trained by then. */
  seconds: number;
}

export interface Evaluation {
  step: number;
  /** Mean nats a predicted token of the held-out stories. */
  loss: number;
  bitsPerByte: number;
  /** As in `MetricPoint`. */
  tokens: number;
  seconds: number;
}

/** Stories that the model told from a list of prompts, all with the weights of one step. */
export interface StoryRound {
  step: number;
  /** `samples` are told by the run itself now and then, a `sheet` when the user asks for it. */
  kind: "samples" | "sheet";
  sampling: SamplingSettings;
  stories: ToldStory[];
}

export interface ToldStory {
  prompt: string;
  /** What the model added to the prompt. */
  text: string;
  end: GenerationEnd;
  tokens: number;
}

/** Stories that a run tells by itself while it trains, all with the same settings and seed. */
export interface SampleSchedule {
  /** Steps from one round to the next; 0 tells none. */
  every: number;
  prompts: string[];
  sampling: SamplingSettings;
}

/** Field names are Hugging Face's `GenerationConfig`. */
export interface SamplingSettings extends SampleSettings {
  max_new_tokens: number;
  seed: number;
}

export interface GenerationRequest extends SamplingSettings {
  /** Chosen by the caller; comes back in the events. */
  id: number;
  prompt: string;
  /**
   * Token ids that were told already: it goes on after them, as if it had never ended, for
   * `max_new_tokens` more. Where the last one ended the story, that end is taken back.
   */
  told?: readonly number[];
}

/** A token that might have come. */
export interface LikelyToken {
  id: number;
  /** As the tokenizer writes it: `▁` for a space, `<0x0A>` for a byte, `</s>` for the end. */
  piece: string;
  /** The model's own: at temperature 1, with nothing penalized or cut off. */
  probability: number;
}

export interface ToldToken extends LikelyToken {
  /** The text that is complete with it: empty within a character of several bytes, and at the end. */
  text: string;
  /** The context was full: its first half was dropped before this token. */
  shifted: boolean;
  /** What the model found likeliest here, the likeliest first. */
  likeliest: LikelyToken[];
}

/** How fast a story comes. */
export interface TellingPace {
  /** From the arrival of the request to its first token; 0 while there is none. */
  secondsToFirst: number;
  /** After the first; 0 until there are two. */
  tokensPerSecond: number;
}

/** How far a round of stories is. */
export interface RoundProgress {
  kind: StoryRound["kind"];
  step: number;
  /** Stories that are complete. */
  told: number;
  of: number;
}

export type GenerationEnd = "end-of-story" | "length" | "stopped" | "failed";

/** What a session tells while it runs; at most ten `metrics` a second. */
export type SessionEvent =
  | { type: "state"; state: RunState; step: number }
  | { type: "metrics"; points: MetricPoint[]; secondsLeft: number }
  | { type: "evaluation"; evaluation: Evaluation }
  /** `text` is all that the tokens add to the story, what an unfinished character leaves included. */
  | { type: "text"; id: number; text: string; tokens: ToldToken[]; step: number; pace: TellingPace }
  | { type: "generation-ended"; id: number; reason: GenerationEnd; tokens: number }
  | { type: "round-progress"; progress: RoundProgress }
  /** Null where no story of it was complete. */
  | { type: "round-ended"; round: StoryRound | null }
  | { type: "problem"; problem: Problem };
