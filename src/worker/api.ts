/** Every type that crosses a thread, on one page. */
import type { AdapterFacts } from "../engine/gpu/device";
import type {
  GenerationRequest,
  OpenedCheckpoint,
  RunRequest,
  RunSummary,
  SampleSchedule,
  SamplingSettings,
} from "../session/types";
import type { CorpusSummary } from "../text/corpus";
import type { EncodedCorpus } from "../text/encode-corpus";

export type { AdapterFacts as AdapterReport } from "../engine/gpu/device";
export type {
  Evaluation,
  GenerationEnd,
  GenerationRequest,
  LikelyToken,
  MetricPoint,
  OpenedCheckpoint,
  RoundProgress,
  RunRequest,
  RunState,
  RunSummary,
  SampleSchedule,
  SamplingSettings,
  /** What the trainer worker sends through its MessagePort. */
  SessionEvent as TrainerEvent,
  StoryRound,
  TellingPace,
  ToldStory,
  ToldToken,
} from "../session/types";
export type { CorpusSummary } from "../text/corpus";
export type { EncodedCorpus } from "../text/encode-corpus";
export type { Separator } from "../text/story-splitter";

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
  /** When the run tells samples from now on. */
  setSamples(schedule: SampleSchedule): Promise<void>;
  /** One story for each prompt, with the weights of one step; training waits. It comes as an event. */
  tellSheet(prompts: readonly string[], sampling: SamplingSettings): Promise<void>;
  /** Ends the samples or the sheet that is being told; complete stories are kept. */
  cancelRound(): Promise<void>;
  /** One safetensors file: model, optimizer state, tokenizer, config, cursor. Training goes on meanwhile. */
  saveCheckpoint(): Promise<Blob>;
  /** Opens a checkpoint: paused, prompts work. Rejects with the earlier run untouched. */
  openCheckpoint(file: Blob, name: string): Promise<OpenedCheckpoint>;
  /** Gives an opened checkpoint its text; then `resume` goes on. */
  attachCorpus(corpus: EncodedCorpus): Promise<RunSummary>;
}
