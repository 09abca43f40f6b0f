import { expect, test } from "vitest";
import { presetByName, presets } from "../engine/model/config";
import type { CorpusSummary, RunState, StoryRound } from "../worker/api";
import {
  checkpointName,
  isStoppedEarly,
  isUnsaved,
  modelTitle,
  nextAction,
  planIssues,
  plannedModel,
  stepStates,
  tokenizerGap,
} from "./plan";
import { usualSampling } from "./sheet";
import { initialState, type RunOnPage, type StudioState, type TokenizerOnPage } from "./studio";

const text: CorpusSummary = {
  name: "tales.txt",
  bytes: 1000,
  separator: "line",
  stories: 10,
  characters: 990,
  firstStory: "Once",
  trainStories: 9,
  heldOutStories: 1,
  cutStories: 0,
};
const otherText = { ...text, name: "other.txt" };
const tokenizer: TokenizerOnPage = {
  model: new Uint8Array(),
  vocabSize: 500,
  requestedVocabSize: 512,
  samplePieces: [],
  skippedLines: 0,
  seconds: 1,
  trainedOn: text,
};
const adapter: StudioState["adapter"] = {
  vendor: "",
  architecture: "",
  description: "",
  isFallbackAdapter: true,
  features: [],
  maxBufferSize: 2 ** 30,
  maxStorageBufferBindingSize: 2 ** 27,
};

function runIn(state: RunState): RunOnPage {
  const { model, training } = presetByName("nano");
  return {
    contents: "run",
    model: { ...model, vocab_size: 500 },
    training,
    parameters: 1,
    flopsPerToken: 6,
    step: 0,
    state,
    memory: { weights: 0, gradients: 0, optimizer: 0, activations: 0 },
    corpus: { name: text.name, fingerprint: "f" },
    title: "Nano",
    neededText: null,
  };
}

function after(changes: Partial<StudioState>): StudioState {
  return { ...initialState, ...changes };
}

test("leads from the text to the tokenizer, the run and the first story", () => {
  const steps: [Partial<StudioState>, string][] = [
    [{}, "open-text"],
    [{ text }, "train-tokenizer"],
    [{ text, tokenizer, adapter }, "start-run"],
    [{ text, tokenizer, adapter, run: runIn("training") }, "pause"],
    [{ text, tokenizer, adapter, run: runIn("paused") }, "resume"],
    [{ text, tokenizer, adapter, run: runIn("finished") }, "tell"],
    [{ text, task: { place: "text", doing: "x", progress: null } }, "wait"],
    // Without a GPU, text and tokenizer still work.
    [{ text, adapter: null }, "train-tokenizer"],
    [{ text, tokenizer, adapter: null }, "nothing"],
  ];
  for (const [changes, expected] of steps) expect(nextAction(after(changes))).toBe(expected);
});

test("after a finished run, another text, size or vocabulary is taken as the wish for another run", () => {
  const finished = { text, tokenizer, adapter, run: runIn("finished") };
  expect(nextAction(after({ ...finished, text: otherText }))).toBe("train-tokenizer");
  expect(nextAction(after({ ...finished, preset: "260k" }))).toBe("start-run");
  expect(nextAction(after({ ...finished, vocabSize: 600 }))).toBe("train-tokenizer");
  // A checkpoint that is done, and no text here: only stories are left to ask for.
  expect(nextAction(after({ ...finished, text: null }))).toBe("tell");
});

test("another shape is the wish for another run as well", () => {
  const finished = { text, tokenizer, adapter, run: runIn("finished") };
  expect(nextAction(after(finished))).toBe("tell");
  expect(nextAction(after({ ...finished, shape: { num_hidden_layers: 3 } }))).toBe("start-run");
});

test("names all that is impossible, and starts nothing then", () => {
  const ready = { text, tokenizer, adapter };
  expect(planIssues(after(ready))).toEqual([]);
  const impossible = after({
    ...ready,
    shape: { num_attention_heads: 5 },
    training: { ...initialState.training, warmup_steps: 601 },
  });
  expect(planIssues(impossible).map(({ field }) => field)).toEqual([
    "num_attention_heads",
    "num_key_value_heads",
    "warmup_steps",
  ]);
  expect(nextAction(impossible)).toBe("nothing");
  // The same object for the same settings: components may select it.
  expect(planIssues({ ...impossible })).toBe(planIssues(impossible));
});

test("a text of fewer tokens than a window, and a batch that the GPU cannot take, are impossible", () => {
  const { model } = tokenizer;
  const counted = (trainTokens: number) =>
    after({ text, tokenizer, adapter, measured: { text, model, heldOut: null, trainTokens } });
  expect(planIssues(counted(65))).toEqual([]);
  expect(planIssues(counted(64))).toEqual([
    {
      field: "max_position_embeddings",
      value: 64,
      rule: "the training text has 64 tokens, and one window needs one more than this",
    },
  ]);
  const training = { ...initialState.training, batch_size: 1_024 };
  const weak = { ...adapter!, maxStorageBufferBindingSize: 2 ** 26 };
  expect(planIssues(after({ text, tokenizer, adapter: weak, training }))).toMatchObject([
    {
      field: "batch_size",
      rule: expect.stringMatching(/allows 67,108,864\. A batch size of 512 fits$/),
    },
  ]);
});

test("a checkpoint without its text asks for the text first", () => {
  const neededText = {
    name: "tales.txt",
    fingerprint: "f",
    tokenizer: new Uint8Array(),
    otherText: null,
  };
  const run = { ...runIn("paused"), corpus: null, neededText };
  expect(nextAction(after({ adapter, run }))).toBe("give-text");
});

test("a tokenizer of another size or another text has to be trained again; a checkpoint's belongs to any text", () => {
  expect(tokenizerGap({ tokenizer: null, text, vocabSize: 512 })).toBe("none");
  expect(tokenizerGap({ tokenizer, text, vocabSize: 512 })).toBeNull();
  expect(tokenizerGap({ tokenizer, text, vocabSize: 4096 })).toBe("other-size");
  expect(tokenizerGap({ tokenizer, text: otherText, vocabSize: 512 })).toBe("other-text");
  const fromCheckpoint = { ...tokenizer, trainedOn: null };
  expect(tokenizerGap({ tokenizer: fromCheckpoint, text: otherText, vocabSize: 512 })).toBeNull();
});

test("the planned model has the vocabulary that the tokenizer reached, and until then the one asked for", () => {
  expect(plannedModel(after({ text, vocabSize: 512 })).vocab_size).toBe(512);
  expect(plannedModel(after({ text, tokenizer, vocabSize: 512 })).vocab_size).toBe(500);
  expect(plannedModel(after({ text, tokenizer, vocabSize: 600 })).vocab_size).toBe(600);
});

test("a model is known by its shape, whatever its vocabulary and the order of its fields", () => {
  for (const preset of presets) {
    const reversed = Object.fromEntries(Object.entries(preset.model).reverse());
    expect(modelTitle({ ...(reversed as typeof preset.model), vocab_size: 999 })).toBe(
      preset.label,
    );
  }
  expect(modelTitle({ ...presets[0]!.model, hidden_size: 65 })).toBe("Custom");
});

test("a checkpoint's name says size and step, and when it is the model only", () => {
  expect(checkpointName("Seed 12.6M", 120, "run")).toBe("storyloom-seed-12-6m-step120.safetensors");
  expect(checkpointName("Nano", 0, "model")).toBe("storyloom-nano-step0-model.safetensors");
});

test("a model only leads to its stories, and to another run once there is a text", () => {
  const run: RunOnPage = { ...runIn("finished"), contents: "model", corpus: null };
  const ofCheckpoint = { ...tokenizer, trainedOn: null };
  expect(nextAction(after({ run, adapter, tokenizer: ofCheckpoint }))).toBe("tell");
  expect(nextAction(after({ run, adapter, tokenizer: ofCheckpoint, text }))).toBe("start-run");
});

test("the step list follows the work", () => {
  expect(stepStates(after({}))).toEqual({
    text: "current",
    model: "ahead",
    tokenizer: "ahead",
    train: "ahead",
  });
  expect(stepStates(after({ text, tokenizer, run: runIn("finished") })).train).toBe("done");
  expect(stepStates(after({ text, tokenizer })).train).toBe("current");
  const replanned = { text, tokenizer, run: runIn("finished"), vocabSize: 600 };
  expect(stepStates(after(replanned))).toMatchObject({ tokenizer: "current", train: "ahead" });
  expect(stepStates(after({ tokenizer, run: runIn("finished") })).text).toBe("done");
});

test("a run that was stopped early can go on, one that did all its steps cannot", () => {
  const { max_steps } = runIn("finished").training;
  const at = (step: number, change: Partial<RunOnPage> = {}) =>
    isStoppedEarly({ run: { ...runIn("finished"), step, ...change } });
  expect(at(5)).toBe(true);
  expect(at(max_steps)).toBe(false);
  expect(at(5, { state: "paused" })).toBe(false);
  expect(at(5, { contents: "model" })).toBe(false);
  expect(at(5, { corpus: null })).toBe(false);
});

test("what would be lost with the page is what a run learned or told since it was saved", () => {
  const round: StoryRound = { step: 8, kind: "sheet", sampling: usualSampling(9), stories: [] };
  const at = (state: RunState, change: Partial<RunOnPage>, rounds: StoryRound[] = []) =>
    isUnsaved({ run: { ...runIn(state), step: 8, ...change }, rounds });
  const saved = { step: 8, rounds: 0 };
  expect(isUnsaved({ run: null, rounds: [] })).toBe(false);
  expect(at("training", { saved })).toBe(true);
  expect(at("finished", {})).toBe(true);
  expect(at("finished", { saved: { step: 7, rounds: 0 } })).toBe(true);
  expect(at("paused", { saved })).toBe(false);
  expect(at("paused", { saved }, [round])).toBe(true);
  expect(at("finished", { contents: "model" })).toBe(false);
  expect(at("finished", { contents: "model" }, [round])).toBe(true);
  expect(at("failed", {})).toBe(true);
  expect(at("failed", { lost: true })).toBe(false);
});
