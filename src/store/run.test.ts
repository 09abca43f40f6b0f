import { beforeEach, expect, test, vi } from "vitest";
import { presetByName } from "../engine/model/config";
import { problem } from "../lib/errors";
import type {
  CorpusSummary,
  MetricPoint,
  OpenedCheckpoint,
  RunState,
  RunSummary,
  StoredCorpus,
  TokenizerSummary,
} from "../worker/api";
import { compareText, openCheckpoint } from "./checkpoint";
import { runMetrics } from "./metrics";
import { startRun, takeTrainerEvent } from "./run";
import { initialState, studio } from "./studio";
import { noHistory, point, sentPoints } from "./testing";

const workers = vi.hoisted(() => ({
  tokenizerWorker: { useTokenizer: vi.fn(), encodeCorpus: vi.fn(), cancel: vi.fn() },
  trainerWorker: {
    startRun: vi.fn(),
    openCheckpoint: vi.fn(),
    attachCorpus: vi.fn(),
    pause: vi.fn(),
    resume: vi.fn(),
    stop: vi.fn(),
  },
}));
vi.mock("../worker/client", () => workers);
const { tokenizerWorker, trainerWorker } = workers;

const nano = presetByName("nano");
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
const tokenizer: TokenizerSummary = {
  model: new Uint8Array([1]),
  vocabSize: 512,
  requestedVocabSize: 512,
  samplePieces: [],
  skippedLines: 0,
  seconds: 1,
};

function encoded(fingerprint: string): StoredCorpus {
  const tokens = { folder: "f", file: "t", length: 100 };
  return { train: tokens, heldOut: tokens, heldOutBytes: 9, name: text.name, fingerprint };
}

function summary(state: RunState, step: number, points: MetricPoint[] = []): RunSummary {
  return {
    contents: "run",
    model: nano.model,
    training: nano.training,
    parameters: 131_904,
    flopsPerToken: 800_000,
    step,
    state,
    memory: { weights: 1, gradients: 1, optimizer: 2, activations: 3 },
    corpus: null,
    history: { ...noHistory, points: sentPoints(points) },
  };
}

function metrics(...steps: number[]) {
  takeTrainerEvent({ type: "metrics", points: steps.map((step) => point(step)), secondsLeft: 9 });
}

const stepsOfChart = () => [...runMetrics.tables.points.axes.step.values];

function checkpointAt(step: number): OpenedCheckpoint {
  return {
    run: summary("paused", step, [point(step)]),
    tokenizer: tokenizer.model,
    corpus: { name: "tales.txt", fingerprint: "same" },
  };
}

const open = (step: number) => {
  trainerWorker.openCheckpoint.mockResolvedValue(checkpointAt(step));
  return openCheckpoint(new Blob(), "run.safetensors");
};

/** Answers the question on the page as soon as there is one. */
function answerQuestions(yes: boolean): () => void {
  return studioSubscribe(() => studio.get().question?.answer(yes));
}
function studioSubscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 1);
  return () => clearInterval(timer);
}

beforeEach(() => {
  vi.resetAllMocks();
  studio.set({ ...initialState, text, tokenizer: { ...tokenizer, trainedOn: null } });
  runMetrics.reset(noHistory);
  tokenizerWorker.encodeCorpus.mockResolvedValue(encoded("same"));
  tokenizerWorker.useTokenizer.mockResolvedValue(tokenizer);
  trainerWorker.attachCorpus.mockImplementation(async () => ({
    ...summary("paused", 120),
    corpus: { name: text.name, fingerprint: "same" },
  }));
});

test("points that a new run sends before its start is answered are kept, those of the run before are not", async () => {
  trainerWorker.startRun.mockImplementation(async () => {
    metrics(99);
    takeTrainerEvent({ type: "state", state: "training", step: 0 });
    metrics(1, 2);
    return summary("training", 0);
  });
  await startRun();
  metrics(3);
  expect(stepsOfChart()).toEqual([1, 2, 3]);
  expect(studio.get().run).toMatchObject({ title: "Nano", state: "training" });
});

test("when a new run cannot be built, the run before is still there and its points go on", async () => {
  trainerWorker.startRun.mockImplementation(async () => {
    takeTrainerEvent({ type: "state", state: "training", step: 0 });
    return summary("training", 0);
  });
  await startRun();
  metrics(1);

  const stop = answerQuestions(true);
  trainerWorker.startRun.mockImplementation(async () => {
    takeTrainerEvent({ type: "state", state: "preparing", step: 1 });
    takeTrainerEvent({ type: "state", state: "training", step: 1 });
    metrics(2);
    throw problem("config-invalid", { field: "batch_size", value: 0, rule: "at least 1" });
  });
  await startRun();
  stop();
  metrics(3);
  expect(studio.get().problems.train?.code).toBe("config-invalid");
  expect(studio.get().run?.state).toBe("training");
  expect(stepsOfChart()).toEqual([1, 2, 3]);
});

test("what a run learned since it was saved is given up only after a yes", async () => {
  await open(120);
  takeTrainerEvent({ type: "state", state: "paused", step: 121 });
  const stop = answerQuestions(false);
  await startRun();
  await openCheckpoint(new Blob(), "other.safetensors");
  stop();
  expect(trainerWorker.startRun).not.toHaveBeenCalled();
  expect(trainerWorker.openCheckpoint).toHaveBeenCalledTimes(1);
  expect(studio.get().run?.step).toBe(121);
});

test("a run that is as it was saved is replaced without a question", async () => {
  await open(120);
  await open(60);
  expect(studio.get().question).toBeNull();
  expect(trainerWorker.openCheckpoint).toHaveBeenCalledTimes(2);
});

test("a tokenizer that was trained here makes room for a checkpoint's only after a yes", async () => {
  studio.set({ tokenizer: { ...tokenizer, trainedOn: text } });
  const no = answerQuestions(false);
  await open(120);
  no();
  expect(studio.get()).toMatchObject({ run: null, tokenizer: { trainedOn: text } });
  const yes = answerQuestions(true);
  await open(120);
  yes();
  expect(studio.get()).toMatchObject({ run: { step: 120 }, tokenizer: { trainedOn: null } });
});

test("a checkpoint whose text is open gets it at once", async () => {
  await open(120);
  expect(tokenizerWorker.useTokenizer).toHaveBeenCalledWith(tokenizer.model);
  expect(trainerWorker.attachCorpus).toHaveBeenCalledTimes(1);
  expect(studio.get().run).toMatchObject({ step: 120, neededText: null });
  expect(runMetrics.step).toBe(120);
});

test("another text is not given to a checkpoint unless the user says so", async () => {
  tokenizerWorker.encodeCorpus.mockResolvedValue(encoded("other"));
  await open(120);
  expect(trainerWorker.attachCorpus).not.toHaveBeenCalled();
  expect(studio.get().run?.neededText).toMatchObject({
    name: "tales.txt",
    fingerprint: "same",
    otherText: "tales.txt",
  });
  await compareText("any");
  expect(trainerWorker.attachCorpus).toHaveBeenCalledTimes(1);
  expect(studio.get().run?.neededText).toBeNull();
});

test("a checkpoint that did all its steps asks for no text", async () => {
  await open(nano.training.max_steps);
  expect(studio.get().run).toMatchObject({ state: "finished", neededText: null });
  expect(trainerWorker.attachCorpus).not.toHaveBeenCalled();
});

test("a checkpoint that cannot be opened leaves run and tokenizer as they were", async () => {
  const before = studio.get();
  trainerWorker.openCheckpoint.mockRejectedValue(
    problem("file-cut-short", { name: "run.safetensors", expected: 9, actual: 8 }),
  );
  await openCheckpoint(new Blob(), "run.safetensors");
  const after = studio.get();
  expect(after.problems.checkpoint?.code).toBe("file-cut-short");
  expect(after.run).toBe(before.run);
  expect(after.tokenizer).toBe(before.tokenizer);
  expect(after.task).toBeNull();
});

test("while one piece of work is under way, another is refused and says why", async () => {
  let finish: (corpus: StoredCorpus) => void = () => undefined;
  tokenizerWorker.encodeCorpus.mockReturnValue(
    new Promise<StoredCorpus>((resolve) => (finish = resolve)),
  );
  trainerWorker.startRun.mockResolvedValue(summary("training", 0));
  const first = startRun();
  await vi.waitFor(() => expect(studio.get().task).not.toBeNull());
  await open(120);
  expect(studio.get().problems.checkpoint?.code).toBe("still-busy");
  finish(encoded("same"));
  await first;
  expect(studio.get().run?.state).toBe("training");
});
