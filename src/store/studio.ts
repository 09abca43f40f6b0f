/** What the page knows, as far as several of its parts need it. The actions are in the files beside this one. */
import { create } from "zustand";
import {
  type ModelConfig,
  type PresetName,
  presetByName,
  type TrainingConfig,
} from "../engine/model/config";
import { type Problem, problem, toProblem } from "../lib/errors";
import type {
  AdapterReport,
  Calibration,
  CorpusSummary,
  GenerationEnd,
  Progress,
  RoundProgress,
  RunSummary,
  SampleSchedule,
  SamplingSettings,
  StoryRound,
  TellingPace,
  TokenizerMeasure,
  TokenizerSummary,
  ToldToken,
} from "../worker/api";
import { usualSamples, usualSampling } from "./sheet";

/** Where on the page a problem is shown: beside what the user did. */
export type Place =
  | "page"
  | "text"
  | "model"
  | "tokenizer"
  | "train"
  | "prompt"
  | "samples"
  | "sheet"
  | "checkpoint";

/** Work that the user waits for. */
export interface Task {
  place: Place;
  /** As in “Reading tales.txt …”. */
  doing: string;
  progress: Progress | null;
  /** What Cancel does; absent where nothing can be cancelled. */
  cancel?: () => void;
}

export interface TokenizerOnPage extends TokenizerSummary {
  /** The text it was trained on; null for one that came with a checkpoint. */
  trainedOn: CorpusSummary | null;
}

/** The open text as the tokenizer at hand cuts it. */
export interface TextInTokens {
  /** What was measured: of another text or another tokenizer (its bytes) it says nothing. */
  text: CorpusSummary;
  model: Uint8Array;
  heldOut: TokenizerMeasure | null;
  /** Tokens of the training stories, BOS and EOS included; null while they were not counted. */
  trainTokens: number | null;
}

/** A speed that was measured, and what it was measured for (see `speedKey`). */
export interface KeptCalibration {
  key: string;
  calibration: Calibration;
}

/** A model's shape: all but its vocabulary, which follows the tokenizer. */
export type ModelShape = Omit<ModelConfig, "vocab_size">;

/** The next run as the page sets it. */
export interface Settings {
  preset: PresetName;
  /** What differs from the preset's model. */
  shape: Partial<ModelShape>;
  /** What the next tokenizer shall have. */
  vocabSize: number;
  training: TrainingConfig;
}

/** What an opened checkpoint still needs before it can go on. */
export interface NeededText {
  name: string;
  fingerprint: string;
  /** The checkpoint's, as SentencePiece ModelProto bytes. */
  tokenizer: Uint8Array;
  /** The open text, when it was compared and is another one. */
  otherText: string | null;
}

export interface RunOnPage extends Omit<RunSummary, "history"> {
  /** How the page calls it: the preset it began as, or the file it came from. */
  title: string;
  /** Null once the run has its text. */
  neededText: NeededText | null;
  /** What it was when it was saved or downloaded last; absent when never. */
  saved?: { step: number; rounds: number };
  /** The text that it learns from, as it was opened on this page. */
  text?: CorpusSummary | null;
  /** Its GPU is gone, and all that was not saved with it. */
  lost?: boolean;
  /** The file from disk that it was opened from, while the library has not got it. */
  unkept?: File;
}

/** One answer of the model. */
export interface Telling {
  id: number;
  prompt: string;
  sampling: SamplingSettings;
  tokens: ToldToken[];
  /** The run's steps at its first and at its newest token. */
  steps: { first: number; last: number };
  /** Null until its first token, and of what was told last where it was gone on with. */
  pace: TellingPace | null;
  /** Null while it is being told. */
  end: GenerationEnd | null;
}

export interface Question {
  title: string;
  body: string;
  confirm: string;
  answer: (yes: boolean) => void;
}

export interface StudioState extends Settings {
  adapter: AdapterReport | null;
  /** Why there is none. */
  adapterProblem: Problem | null;
  problems: Partial<Record<Place, Problem>>;
  task: Task | null;
  question: Question | null;

  text: CorpusSummary | null;
  tokenizer: TokenizerOnPage | null;

  /** The user's choice is not overruled when the adapter becomes known. */
  presetChosen: boolean;
  /** Changed settings that a preset replaced: they can be brought back. */
  replaced: Settings | null;
  measured: TextInTokens | null;
  /** The newest last. */
  calibrations: KeptCalibration[];

  run: RunOnPage | null;
  /** How many runs were on the page so far: what was chosen among the stories of one is gone with it. */
  runs: number;

  sampling: SamplingSettings;
  /** Draw another seed for each telling. */
  freshSeed: boolean;
  /** The newest first. */
  tellings: Telling[];
  /** Whether tokens are shaded by their probability. */
  shade: boolean;

  /** When the run tells samples, and the next run will. */
  samples: SampleSchedule;
  /** Samples and sheets of the run, in the order of their steps. */
  rounds: StoryRound[];
  /** What is being told now. */
  round: RoundProgress | null;
  /** Tokens of each story of a sheet. */
  sheetLength: number;
}

/** What the page starts with, until the adapter is known. */
const first = presetByName("nano");

export const initialState: StudioState = {
  adapter: null,
  adapterProblem: null,
  problems: {},
  task: null,
  question: null,
  text: null,
  tokenizer: null,
  preset: first.name,
  shape: {},
  presetChosen: false,
  replaced: null,
  measured: null,
  calibrations: [],
  vocabSize: first.model.vocab_size,
  training: first.training,
  run: null,
  runs: 0,
  sampling: usualSampling(200),
  freshSeed: true,
  tellings: [],
  shade: true,
  samples: usualSamples(first.training),
  rounds: [],
  round: null,
  sheetLength: 200,
};

export const useStudio = create<StudioState>(() => initialState);

/** For actions; components use `useStudio` with a selector. */
export const studio = {
  get: useStudio.getState,
  set: useStudio.setState,
};

/** Shows what was thrown at its place. A cancellation that the user asked for is no problem to show. */
export function showProblem(place: Place, thrown: unknown): void {
  const shown = toProblem(thrown);
  if (shown.code === "cancelled") return;
  studio.set(({ problems }) => ({ problems: { ...problems, [place]: shown } }));
}

export function dismissProblem(place: Place): void {
  studio.set(({ problems }) => ({ problems: { ...problems, [place]: undefined } }));
}

/**
 * Does one piece of work that the user waits for, and shows its problem at its place when it fails.
 * @returns what `work` returns, or null when it failed or other work is still under way
 */
export async function runTask<T>(
  task: Omit<Task, "progress">,
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T | null> {
  const busy = studio.get().task;
  if (busy !== null) {
    showProblem(task.place, problem("still-busy", { doing: busy.doing }));
    return null;
  }
  dismissProblem(task.place);
  const mine: Task = { ...task, progress: null };
  studio.set({ task: mine });
  let ended = false;
  try {
    return await work((progress) => {
      // The last reports come through another port and may arrive after the end.
      if (!ended) studio.set(({ task }) => ({ task: task && { ...task, progress } }));
    });
  } catch (thrown) {
    showProblem(task.place, thrown);
    return null;
  } finally {
    ended = true;
    studio.set({ task: null });
  }
}
