/** What follows from what the page knows: pure, so that it can be tested. */
import { type ModelConfig, presetByName, presets } from "../engine/model/config";
import type { CheckpointContents, CorpusSummary } from "../worker/api";
import type { StudioState } from "./studio";

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
  state: Pick<StudioState, "tokenizer" | "text" | "vocabSize" | "preset">,
): ModelConfig {
  const reached = tokenizerGap(state) === null ? state.tokenizer?.vocabSize : undefined;
  return { ...presetByName(state.preset).model, vocab_size: reached ?? state.vocabSize };
}

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
  return state.adapter === null ? "nothing" : "start-run";
}

/** Whether text, tokenizer or model were changed after the run began. */
function wantsAnotherRun(state: StudioState): boolean {
  const { run, text } = state;
  if (run === null || text === null) return false;
  return (
    run.corpus?.name !== text.name ||
    tokenizerGap(state) !== null ||
    run.title !== presetByName(state.preset).label
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
