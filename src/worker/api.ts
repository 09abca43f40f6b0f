/** Every type that crosses a thread, on one page. */
import type { AdapterFacts } from "../engine/gpu/device";
import type {
  Calibration,
  CalibrationRequest,
  CheckpointContents,
  GenerationRequest,
  OpenedCheckpoint,
  RunSummary,
  SampleSchedule,
  SamplingSettings,
  RunRequest as SessionRunRequest,
} from "../session/types";
import type { CheckpointList } from "../storage/checkpoints";
import type { StoredCorpus } from "../storage/stored-tokens";
import type { TextChoices } from "../text/choices";
import type { CorpusSummary, TextReport } from "../text/corpus";
import type { PieceCounts, TokenizerMeasure } from "../text/measure-tokenizer";
import type { TextFile } from "../text/text-file";
import type { PieceType } from "../text/tokenizer/model";
import type { TokenPart } from "../text/tokenizer/token-parts";

export type { AdapterFacts as AdapterReport } from "../engine/gpu/device";
export type {
  Calibration,
  CalibrationRequest,
  CheckpointContents,
  Evaluation,
  GenerationEnd,
  GenerationRequest,
  LikelyToken,
  MetricPoint,
  OpenedCheckpoint,
  PointColumns,
  RoundProgress,
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
export type { CheckpointList, StoredCheckpoint } from "../storage/checkpoints";
/** Token streams do not travel: both workers see the same storage. */
export type { StoredCorpus } from "../storage/stored-tokens";
export type { TextChoices } from "../text/choices";
export type { CorpusSummary, FileReport, TextReport } from "../text/corpus";
export type { PieceCounts, TokenizerMeasure } from "../text/measure-tokenizer";
export type { StoryLengths } from "../text/report/lengths";
export type { Oddity } from "../text/report/odd-characters";
export type { Separator } from "../text/story-splitter";
export type { TextFile } from "../text/text-file";
export type { PieceType } from "../text/tokenizer/model";
export type { TokenPart } from "../text/tokenizer/token-parts";

/** What a run is asked for; its text is where the tokenizer worker left it. */
export interface RunRequest extends Omit<SessionRunRequest, "corpus"> {
  corpus: StoredCorpus;
}

export interface OpenedText {
  summary: CorpusSummary;
  report: TextReport;
}

export interface Progress {
  phase:
    | "reading"
    | "counting"
    | "merging"
    | "encoding"
    | "loading"
    | "compiling"
    | "measuring"
    | "saving";
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

/** All pieces of a tokenizer, each at the index that is its id. */
export interface Vocabulary {
  /** With `▁` for a space, bytes as `<0x0A>`. */
  pieces: string[];
  types: PieceType[];
}

/** The tokenizer worker. A call that fails or is cancelled leaves the earlier corpus and tokenizer in place. */
export interface TokenizerWorkerApi {
  openCorpus(files: TextFile[], choices: TextChoices, onProgress: OnProgress): Promise<OpenedText>;
  /** Trains byte-fallback BPE on the training stories of the open corpus. */
  trainTokenizer(vocabSize: number, onProgress: OnProgress): Promise<TokenizerSummary>;
  /** Takes a tokenizer from a checkpoint instead. */
  useTokenizer(model: Uint8Array): Promise<TokenizerSummary>;
  /**
   * Encodes the open corpus into files that the trainer worker can open.
   * @param model the tokenizer; the current one is not touched
   */
  encodeCorpus(model: Uint8Array, onProgress: OnProgress): Promise<StoredCorpus>;
  /** Encodes the held-out stories of the open corpus with the current tokenizer, to measure it. */
  measureTokenizer(onProgress: OnProgress): Promise<TokenizerMeasure>;
  /** Counts the current tokenizer's pieces in the training stories of the open corpus. */
  countPieces(onProgress: OnProgress): Promise<PieceCounts>;
  /** The current tokenizer's pieces. */
  listPieces(): Promise<Vocabulary>;
  /** Any text as the current tokenizer cuts it; at any time, also during other work. */
  encodeText(text: string): Promise<TokenPart[]>;
  /** The call under way rejects with the problem `cancelled`. */
  cancel(): Promise<void>;
}

/** A BroadcastChannel that says in every tab when the library has changed. */
export const LIBRARY_CHANNEL = "storyloom-checkpoints";

/** The saved checkpoints, by their ids; see storage/checkpoints.ts. */
export interface LibraryApi {
  listCheckpoints(): Promise<CheckpointList>;
  /** Keeps a checkpoint from elsewhere, once it has passed the gate. */
  addCheckpoint(file: Blob, name: string, onProgress: OnProgress): Promise<void>;
  /** The file itself, to be opened or downloaded: it is not read here. */
  storedFile(id: string): Promise<File>;
  /** The same with the model only. */
  storedModel(id: string): Promise<Blob>;
  renameCheckpoint(id: string, name: string): Promise<void>;
  /** Takes it out of the list; `restore` brings it back, `purge` deletes it for good. */
  discardCheckpoint(id: string): Promise<void>;
  restoreCheckpoint(id: string): Promise<void>;
  purgeCheckpoint(id: string): Promise<void>;
}

/** The trainer worker: owns the GPU device, the run and the saved checkpoints. */
export interface TrainerWorkerApi extends LibraryApi {
  connect(port: MessagePort): Promise<void>;
  /** Rejects with `webgpu-missing` or `adapter-missing`. */
  describeAdapter(): Promise<AdapterFacts>;
  /** Builds a run and starts it. The earlier run is given up only when the new one is ready. */
  startRun(request: RunRequest, onProgress: OnProgress): Promise<RunSummary>;
  /** Measures how fast a run would be, without touching the one on the page; refused while that trains. */
  calibrate(request: CalibrationRequest, onProgress: OnProgress): Promise<Calibration>;
  cancelCalibration(): Promise<void>;
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
  /** One safetensors file: the whole run, or the model only. Taken between two steps. */
  packCheckpoint(contents: CheckpointContents): Promise<{ file: Blob; step: number }>;
  /** The same, into the library; gives its step. Training goes on while the bytes are written. */
  saveCheckpoint(contents: CheckpointContents, onProgress: OnProgress): Promise<number>;
  /** Opens a checkpoint: paused, prompts work. Rejects with the earlier run untouched. */
  openCheckpoint(file: Blob, name: string): Promise<OpenedCheckpoint>;
  /** Gives an opened checkpoint its text; then `resume` goes on. */
  attachCorpus(corpus: StoredCorpus): Promise<RunSummary>;
}
