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
  RunSummary,
  SamplingSettings,
  TokenizerMeasure,
  TokenizerSummary,
} from "../worker/api";

/** Where on the page a problem is shown: beside what the user did. */
export type Place = "page" | "text" | "model" | "tokenizer" | "train" | "prompt" | "checkpoint";

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
  /** The file from disk that it was opened from, while the library has not got it. */
  unkept?: File;
}

export interface TellingPart {
  text: string;
  /** The first half of the context was dropped just before. */
  shifted: boolean;
}

/** One answer of the model. */
export interface Telling {
  id: number;
  prompt: string;
  /** The step of the run when it began. */
  step: number;
  seed: number;
  parts: TellingPart[];
  /** Null while it is still being told. */
  end: { reason: GenerationEnd; tokens: number } | null;
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

  sampling: SamplingSettings;
  /** Draw another seed for each telling. */
  freshSeed: boolean;
  /** The newest first. */
  tellings: Telling[];
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
  sampling: { temperature: 0.8, top_k: 40, top_p: 0.95, max_new_tokens: 200, seed: 1 },
  freshSeed: true,
  tellings: [],
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
