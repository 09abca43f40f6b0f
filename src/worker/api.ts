/** Every type that crosses a thread, on one page. */
import type { AdapterFacts } from "../engine/gpu/device";
import type {
  GenerationRequest,
  OpenedCheckpoint,
  RunSummary,
  RunRequest as SessionRunRequest,
} from "../session/types";
import type { StoredCorpus } from "../storage/stored-tokens";
import type { TextChoices } from "../text/choices";
import type { CorpusSummary, TextReport } from "../text/corpus";
import type { TextFile } from "../text/text-file";

export type { AdapterFacts as AdapterReport } from "../engine/gpu/device";
export type {
  Evaluation,
  GenerationEnd,
  GenerationRequest,
  MetricPoint,
  OpenedCheckpoint,
  RunState,
  RunSummary,
  SamplingSettings,
  /** What the trainer worker sends through its MessagePort. */
  SessionEvent as TrainerEvent,
} from "../session/types";
/** Token streams do not travel: both workers see the same storage. */
export type { StoredCorpus } from "../storage/stored-tokens";
export type { TextChoices } from "../text/choices";
export type { CorpusSummary, FileReport, TextReport } from "../text/corpus";
export type { StoryLengths } from "../text/report/lengths";
export type { Oddity } from "../text/report/odd-characters";
export type { Separator } from "../text/story-splitter";
export type { TextFile } from "../text/text-file";

/** What a run is asked for; its text is where the tokenizer worker left it. */
export interface RunRequest extends Omit<SessionRunRequest, "corpus"> {
  corpus: StoredCorpus;
}

export interface OpenedText {
  summary: CorpusSummary;
  report: TextReport;
}

export interface Progress {
  phase: "reading" | "counting" | "merging" | "encoding" | "loading" | "compiling";
  done: number;
  /** Same unit as `done`; 0 when not known. */
  total: number;
}
/** Called at most ten times a second. Pass it through `Comlink.proxy`. */
export type OnProgress = (progress: Progress) => void;

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

/** The tokenizer worker. A call that fails or is cancelled leaves the earlier corpus and tokenizer in place. */
export interface TokenizerWorkerApi {
  openCorpus(files: TextFile[], choices: TextChoices, onProgress: OnProgress): Promise<OpenedText>;
  /** Trains byte-fallback BPE on the training stories of the open corpus. */
  trainTokenizer(vocabSize: number, onProgress: OnProgress): Promise<TokenizerSummary>;
  /** Takes a tokenizer from a checkpoint instead. */
  useTokenizer(model: Uint8Array): Promise<TokenizerSummary>;
  /** Encodes the open corpus with the current tokenizer, into files that the trainer worker can open. */
  encodeCorpus(onProgress: OnProgress): Promise<StoredCorpus>;
  /** The call under way rejects with the problem `cancelled`. */
  cancel(): Promise<void>;
}

/** The trainer worker: owns the GPU device and the run. */
export interface TrainerWorkerApi {
  connect(port: MessagePort): Promise<void>;
  /** Rejects with `webgpu-missing` or `adapter-missing`. */
  describeAdapter(): Promise<AdapterFacts>;
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
  attachCorpus(corpus: StoredCorpus): Promise<RunSummary>;
}
