/** What follows from what the page knows: pure, so that it can be tested. */
import { type ModelConfig, presetByName, presets } from "../engine/model/config";
import { findLimit } from "../engine/model/limits";
import { type Issue, modelIssues, trainingIssues } from "../engine/model/validate";
import type { AdapterReport, CheckpointContents, CorpusSummary } from "../worker/api";
import { lastAnswer } from "./last-answer";
import type { Settings, StudioState } from "./studio";
import { textInTokens } from "./text-in-tokens";

/** Why the tokenizer at hand is not the one for the next run; null when it is. */
export type TokenizerGap = "none" | "other-text" | "other-size";

export function tokenizerGap({
  tokenizer,
  text,
  vocabSize,
}: Pick<StudioState, "tokenizer" | "text" | "vocabSize">): TokenizerGap | null {
  if (tokenizer === null) return "none";
  if (tokenizer.requestedVocabSize !== vocabSize) return "other-size";
  if (tokenizer.trainedOn !== null && !sameText(tokenizer.trainedOn, text)) return "other-text";
  return null;
}

function sameText(a: CorpusSummary, b: CorpusSummary | null): boolean {
  return b !== null && a.name === b.name && a.bytes === b.bytes && a.characters === b.characters;
}

/** The next run's model, with the vocabulary that the tokenizer reached, once there is one. */
export function plannedModel(
  state: Pick<StudioState, "tokenizer" | "text" | "vocabSize" | "preset" | "shape">,
): ModelConfig {
  const reached = tokenizerGap(state) === null ? state.tokenizer?.vocabSize : undefined;
  return modelOf(state.preset, state.shape, reached ?? state.vocabSize);
}

const modelOf = lastAnswer(
  (preset: Settings["preset"], shape: Settings["shape"], vocab_size: number): ModelConfig => ({
    ...presetByName(preset).model,
    ...shape,
    vocab_size,
  }),
);

/** Whether any setting is another than the preset's. */
export function isChanged({ preset, shape, vocabSize, training }: Settings): boolean {
  const { model, training: usual } = presetByName(preset);
  return (
    !same({ ...model, ...shape }, model) || vocabSize !== model.vocab_size || !same(training, usual)
  );
}

function same<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}

/** The settings that a run has: its preset, or the nearest one with what differs. */
export function settingsOf(
  run: { model: ModelConfig; training: Settings["training"] },
  vocabSize: number,
  preset: Settings["preset"],
): Settings {
  const name = presets.find(({ label }) => label === modelTitle(run.model))?.name ?? preset;
  const { vocab_size: _, ...shape } = run.model;
  const usual = presetByName(name).model;
  const changed = Object.entries(shape).filter(
    ([key, value]) => usual[key as keyof typeof shape] !== value,
  );
  return { preset: name, shape: Object.fromEntries(changed), vocabSize, training: run.training };
}

/** Why no run can be started with the settings as they are, each at the field to change. */
export function planIssues(state: StudioState): Issue[] {
  const { trainTokens } = textInTokens(state) ?? {};
  return issuesOf(plannedModel(state), state.training, state.adapter, trainTokens ?? null);
}

const issuesOf = lastAnswer(
  (
    model: ModelConfig,
    training: Settings["training"],
    adapter: AdapterReport | null,
    trainTokens: number | null,
  ): Issue[] => {
    const issues: Issue[] = [...modelIssues(model), ...trainingIssues(training)];
    const context = model.max_position_embeddings;
    if (trainTokens !== null && trainTokens <= context) {
      const rule = `the training text has ${trainTokens.toLocaleString("en")} tokens, and one window needs one more than this`;
      issues.push({ field: "max_position_embeddings", value: context, rule });
    }
    if (issues.length > 0 || adapter === null) return issues;
    const limit = findLimit(adapter, model, training.batch_size)?.problem;
    if (limit === undefined) return issues;
    const rule = `${limit.what.replace(/\.$/, "")}. ${limit.wayOut.replace(/\.$/, "")}`;
    return [{ field: "batch_size", value: training.batch_size, rule }];
  },
);

/** The preset that a model is, whatever its vocabulary; “Custom” when none. */
export function modelTitle(model: ModelConfig): string {
  const shape = (config: ModelConfig) =>
    Object.entries({ ...config, vocab_size: 0 })
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .join();
  return presets.find((preset) => shape(preset.model) === shape(model))?.label ?? "Custom";
}

/** A name for a downloaded checkpoint: `storyloom-nano-step120.safetensors`, or `…-step120-model.…`. */
export function checkpointName(title: string, step: number, contents: CheckpointContents): string {
  const only = contents === "model" ? "-model" : "";
  return `storyloom-${slug(title)}-step${step}${only}.safetensors`;
}

/** A name for a file about a run: `storyloom-nano-step120-learning-rate.png`. */
export function runFileName(title: string, step: number, what: string, ending: string): string {
  return `storyloom-${slug(title)}-step${step}-${slug(what)}.${ending}`;
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Whether leaving the page would lose something that the run has learned or told. */
export function isUnsaved({ run, rounds }: Pick<StudioState, "run" | "rounds">): boolean {
  if (run === null || run.lost) return false;
  // A model only is still in its file, but that holds no stories.
  if (run.contents === "model") return rounds.length > 0;
  const { step, saved } = run;
  return run.state === "training" || saved?.step !== step || saved.rounds !== rounds.length;
}

/** Whether the run was stopped before its last step, and can go on after all. */
export function isStoppedEarly({ run }: Pick<StudioState, "run">): boolean {
  if (run === null || run.contents === "model" || run.neededText) return false;
  return run.state === "finished" && run.corpus !== null && run.step < run.training.max_steps;
}

/** The one thing that the page proposes to do now. */
export type NextAction =
  | "wait"
  | "open-text"
  | "train-tokenizer"
  | "start-run"
  | "pause"
  | "resume"
  | "tell"
  | "give-text"
  | "nothing";

export function nextAction(state: StudioState): NextAction {
  const { run } = state;
  if (state.task !== null) return "wait";
  if (run?.state === "training") return "pause";
  if (run?.neededText) return "give-text";
  if (run?.state === "paused") return "resume";
  if (run?.state === "finished" && !wantsAnotherRun(state)) return "tell";
  if (state.text === null) return "open-text";
  if (tokenizerGap(state) !== null) return "train-tokenizer";
  return state.adapter === null || planIssues(state).length > 0 ? "nothing" : "start-run";
}

/** Whether text, tokenizer, model or settings were changed after the run began. */
function wantsAnotherRun(state: StudioState): boolean {
  const { run, text } = state;
  if (run === null || text === null) return false;
  const otherText = run.text ? !sameText(run.text, text) : run.corpus?.name !== text.name;
  return (
    otherText ||
    tokenizerGap(state) !== null ||
    !same(state.training, run.training) ||
    !same({ ...plannedModel(state), vocab_size: run.model.vocab_size }, run.model)
  );
}

/** Where the step list of the page stands. */
export type StepState = "done" | "current" | "ahead";

export function stepStates(
  state: StudioState,
): Record<"text" | "model" | "tokenizer" | "train", StepState> {
  const { run } = state;
  // A run that is complete in itself (from a checkpoint, say) needs none of the steps before it.
  const alone = state.text === null && run !== null && !run.neededText;
  const text = state.text !== null || alone;
  const tokenizer = alone || (text && tokenizerGap(state) === null);
  const trained = run?.state === "finished" && (alone || !wantsAnotherRun(state));
  return {
    text: text ? "done" : "current",
    model: tokenizer ? "done" : text ? "current" : "ahead",
    tokenizer: tokenizer ? "done" : text ? "current" : "ahead",
    train: trained ? "done" : tokenizer ? "current" : "ahead",
  };
}
