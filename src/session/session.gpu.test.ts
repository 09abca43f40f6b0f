import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Gpu } from "../engine/gpu/device";
import { presetByName } from "../engine/model/config";
import { writeSentencePieceModel } from "../formats/sentencepiece-model";
import { problem } from "../lib/errors";
import { Rng } from "../lib/rng";
import { Corpus } from "../text/corpus";
import { type EncodedCorpus, encodeCorpus } from "../text/encode-corpus";
import { TokenArray } from "../text/token-store";
import { trainBpe } from "../text/tokenizer/bpe-train";
import { pointColumns } from "./history";
import { Session } from "./session";
import { tinyModel } from "./testing";
import type { RunRequest, SessionEvent } from "./types";

let gpu: Gpu;
let session: Session;
let events: SessionEvent[];
let tokenizer: Uint8Array;
let corpus: EncodedCorpus;
/** Called after each event: lets a test act at an exact moment. */
let onEvent: (event: SessionEvent) => void;

beforeAll(async () => {
  gpu = await Gpu.open(navigator.gpu, (reason) => {
    throw new Error(reason.what);
  });
  ({ tokenizer, corpus } = await text(1));
});
afterAll(() => gpu.destroy());

beforeEach(() => {
  events = [];
  onEvent = () => undefined;
  session = new Session(gpu, (event) => {
    events.push(event);
    onEvent(event);
  });
});
afterEach(async () => {
  session.stopGeneration();
  await session.pause();
  await session.idle();
});

async function text(seed: number) {
  const words = "the a cat dog bird sun moon tree ran sat saw found lost big small red".split(" ");
  const rng = new Rng(seed);
  const story = () => Array.from({ length: 40 }, () => words[rng.below(words.length)]).join(" ");
  const stories = Array.from({ length: 60 }, story).join(".\n<|endoftext|>\n");
  const opened = await Corpus.open(new Blob([stories]), "stories.txt");
  const { model } = await trainBpe(opened, 300);
  return {
    tokenizer: writeSentencePieceModel(model),
    corpus: await encodeCorpus(opened, model),
  };
}

function request(max_steps: number): RunRequest {
  const { training } = presetByName("nano");
  return {
    model: tinyModel(300),
    training: { ...training, max_steps, warmup_steps: 1, batch_size: 1, eval_steps: 4 },
    tokenizer,
    corpus,
  };
}

const sampling = {
  temperature: 0.8,
  top_k: 0,
  top_p: 0.95,
  min_p: 0,
  repetition_penalty: 1,
  seed: 1,
};

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

function points() {
  return events.flatMap((event) => (event.type === "metrics" ? event.points : []));
}
function steps(): number[] {
  return points().map(({ step }) => step);
}
function states(): string[] {
  return events.flatMap((event) => (event.type === "state" ? [event.state] : []));
}
function evaluated(): number[] {
  return events.flatMap((e) => (e.type === "evaluation" ? [e.evaluation.step] : []));
}
function told(id: number): string {
  return events.map((e) => (e.type === "text" && e.id === id ? e.text : "")).join("");
}
function ended(id: number) {
  return events.find((event) => event.type === "generation-ended" && event.id === id);
}
/** Resolves when an event fits. */
function until(fits: (event: SessionEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    onEvent = (event) => {
      if (fits(event)) resolve();
    };
  });
}
const trainedTo = (step: number) =>
  until((event) => event.type === "metrics" && event.points.at(-1)!.step >= step);

test("trains every step once, evaluates in between and at the end, then is finished", async () => {
  const summary = await session.start(request(10));
  expect(summary).toMatchObject({ state: "training", step: 0, corpus: { name: "stories.txt" } });
  await session.idle();
  expect(steps()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(evaluated()).toEqual([0, 4, 8, 10]);
  expect(states()).toEqual(["preparing", "training", "finished"]);
  expect(points().at(-1)!.loss).toBeLessThan(points()[0]!.loss);
});

test("pauses between two steps and goes on with the next", async () => {
  const some = trainedTo(2);
  await session.start(request(12));
  await some;
  await session.pause();
  await session.idle();
  const paused = steps().length;
  expect(paused).toBeLessThan(12);
  await session.resume();
  await session.idle();
  expect(steps()).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
});

test("tells a story while training goes on, and stops it on demand", async () => {
  const some = trainedTo(1);
  await session.start(request(400));
  await some;
  const before = steps().length;
  const talking = until((event) => event.type === "text" && event.text.length > 0);
  await session.generate({ ...sampling, id: 7, prompt: "the cat", max_new_tokens: 100_000 });
  await talking;
  const more = trainedTo(before + 3);
  await more;
  session.stopGeneration();
  // So early no model has learned where a story ends: it would go on for thousands of tokens.
  expect(ended(7)).toMatchObject({ reason: "stopped" });
  expect(told(7).length).toBeGreaterThan(0);
});

test("tells stories on after a stop, of the length that is asked for, the same for a seed", async () => {
  const some = trainedTo(1);
  await session.start(request(50));
  await some;
  await session.stop();
  expect(states().at(-1)).toBe("finished");
  for (const [id, seed] of [1, 1, 2].entries()) {
    const end = until((event) => event.type === "generation-ended");
    await session.generate({ ...sampling, seed, id, prompt: "the dog", max_new_tokens: 9 });
    await end;
    expect(ended(id)).toMatchObject({ reason: "length", tokens: 9 });
    expect(told(id)).not.toBe("");
  }
  expect(told(1)).toBe(told(0));
  expect(told(2)).not.toBe(told(0));
});

test("a checkpoint goes on in another session with the same losses as without it", async () => {
  session.pauseAt = 6;
  await session.start(request(12));
  await session.idle();
  const file = await session.saveCheckpoint("run");
  session.pauseAt = null;
  await session.resume();
  await session.idle();
  const straight = points()
    .slice(6)
    .map(({ loss }) => loss);
  const firstPoints = points().slice(0, 6);

  events = [];
  const opened = await session.open(file, "run.safetensors");
  expect(opened.run).toMatchObject({ step: 6, state: "paused", corpus: null });
  expect(opened.run.history.points).toEqual(pointColumns(firstPoints));
  // Two for each multiplication and addition, three times: forward, and both factors' gradients.
  const perParameter = opened.run.flopsPerToken / opened.run.parameters;
  expect(perParameter).toBeGreaterThan(6);
  expect(perParameter).toBeLessThan(9);
  expect(opened.corpus?.fingerprint).toBe(corpus.fingerprint);
  expect(opened.tokenizer).toEqual(tokenizer);
  await expect(session.resume()).rejects.toMatchObject({ problem: { code: "wrong-state" } });
  await session.attach(corpus);
  await session.resume();
  await session.idle();
  expect(points().map(({ loss }) => loss)).toEqual(straight);
});

test("a model only is taken while training goes on, tells the same elsewhere, and does not train", async () => {
  const some = trainedTo(2);
  await session.start(request(40));
  await some;
  const early = await session.saveCheckpoint("model");
  const { step } = points().at(-1)!;
  await trainedTo(step + 1);
  await session.pause();
  await session.idle();
  const file = await session.saveCheckpoint("model");
  expect(file.size).toBeLessThan((await session.saveCheckpoint("run")).size / 2.5);

  const tell = async (id: number) => {
    const end = until((event) => event.type === "generation-ended");
    await session.generate({ ...sampling, id, prompt: "the dog", max_new_tokens: 30 });
    await end;
    return told(id);
  };
  const story = await tell(1);
  expect((await session.open(early, "early.safetensors")).run.step).toBe(step);
  const { run, corpus: place } = await session.open(file, "model.safetensors");
  expect(place).toBeNull();
  expect(run).toMatchObject({ contents: "model", step: points().at(-1)!.step, state: "finished" });
  expect(run.history).toEqual({ points: pointColumns([]), evaluations: [], rounds: [] });
  expect(run.memory).toMatchObject({ gradients: 0, optimizer: 0 });
  expect(await tell(2)).toBe(story);

  const refused = { problem: { code: "model-only" } };
  await expect(session.resume()).rejects.toMatchObject(refused);
  await expect(session.attach(corpus)).rejects.toMatchObject(refused);
  await expect(session.saveCheckpoint("run")).rejects.toMatchObject(refused);
  const again = await session.saveCheckpoint("model");
  expect(Buffer.compare(await bytesOf(again), await bytesOf(file))).toBe(0);
});

test("what cannot be started leaves the run before it training", async () => {
  const some = trainedTo(1);
  await session.start(request(30));
  await some;
  const wrong = request(30);
  wrong.model.hidden_size = 66;
  await expect(session.start(wrong, () => undefined)).rejects.toMatchObject({
    problem: { code: "config-invalid" },
  });
  const short = request(30);
  short.corpus = { ...corpus, train: new TokenArray(new Uint16Array(10)) };
  await expect(session.start(short)).rejects.toMatchObject({ problem: { code: "text-too-short" } });
  await expect(session.open(new Blob(["no checkpoint"]), "x")).rejects.toMatchObject({
    problem: { code: expect.any(String) },
  });
  await session.idle();
  expect(steps()).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
});

test("a run that was stopped early goes on after all, and is measured once where it stopped", async () => {
  const some = trainedTo(2);
  await session.start(request(9));
  await some;
  await Promise.all([session.stop(), session.stop()]);
  await session.idle();
  const stopped = points().at(-1)!.step;
  expect(stopped).toBeLessThan(9);
  expect(states().at(-1)).toBe("finished");
  expect(evaluated().filter((step) => step === stopped)).toHaveLength(1);
  await session.resume();
  await session.idle();
  expect(steps()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await expect(session.resume()).rejects.toMatchObject({ problem: { code: "wrong-state" } });
});

test("a device that is lost fails a finished run too, says so once, and nothing comes back to life", async () => {
  await session.start(request(1));
  await session.idle();
  const lost = problem("device-lost", { reason: "test" }).problem;
  onEvent = (event) => {
    // While another run is built.
    if (event.type === "state" && event.state === "preparing") session.fail(lost);
  };
  const wrong = { ...request(1), model: { ...tinyModel(300), hidden_size: 66 } };
  await expect(session.start(wrong)).rejects.toThrow();
  session.fail(problem("unexpected", { message: "what follows from it" }).problem);
  expect(states().slice(-2)).toEqual(["preparing", "failed"]);
  expect(events.filter(({ type }) => type === "problem")).toHaveLength(1);
});

test("a lost device ends the run with its problem", async () => {
  const some = trainedTo(1);
  await session.start(request(1000));
  await some;
  session.fail(problem("device-lost", { reason: "test" }).problem);
  await session.idle();
  expect(states().at(-1)).toBe("failed");
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "problem",
      problem: expect.objectContaining({ code: "device-lost" }),
    }),
  );
});
