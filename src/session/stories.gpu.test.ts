import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Gpu } from "../engine/gpu/device";
import { presetByName } from "../engine/model/config";
import { Evaluator } from "../engine/train/evaluate";
import { Trainer } from "../engine/train/trainer";
import { writeSentencePieceModel } from "../formats/sentencepiece-model";
import { Rng } from "../lib/rng";
import { Corpus } from "../text/corpus";
import { type EncodedCorpus, encodeCorpus } from "../text/encode-corpus";
import { trainBpe } from "../text/tokenizer/bpe-train";
import { eosId } from "../text/tokenizer/model";
import { Session } from "./session";
import { tinyModel } from "./testing";
import type { RunRequest, SampleSchedule, SessionEvent, StoryRound, ToldToken } from "./types";

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
  const words = "the a cat dog bird sun moon tree ran sat saw found lost big small red".split(" ");
  const rng = new Rng(1);
  const story = () => Array.from({ length: 40 }, () => words[rng.below(words.length)]).join(" ");
  const stories = Array.from({ length: 60 }, story).join(".\n<|endoftext|>\n");
  const opened = await Corpus.open(new Blob([stories]), "stories.txt");
  const { model } = await trainBpe(opened, 300);
  tokenizer = writeSentencePieceModel(model);
  corpus = await encodeCorpus(opened, model);
});
afterAll(() => gpu.destroy());

beforeEach(() => {
  events = [];
  onEvent = () => undefined;
  session = newSession();
});
afterEach(async () => {
  vi.restoreAllMocks();
  onEvent = () => undefined;
  session.stopGeneration();
  await session.pause();
  session.cancelRound();
  await session.idle();
});

function newSession(): Session {
  return new Session(gpu, (event) => {
    events.push(event);
    onEvent(event);
  });
}

function request(max_steps: number, samples?: SampleSchedule): RunRequest {
  const { training } = presetByName("nano");
  return {
    model: tinyModel(300),
    training: { ...training, max_steps, warmup_steps: 1, batch_size: 1, eval_steps: 1_000 },
    tokenizer,
    corpus,
    ...(samples && { samples }),
  };
}

const sampling = {
  temperature: 0.8,
  top_k: 0,
  top_p: 0.95,
  min_p: 0,
  repetition_penalty: 1,
  seed: 1,
  max_new_tokens: 12,
};
const samples: SampleSchedule = { every: 4, prompts: ["the cat", ""], sampling };

function points() {
  return events.flatMap((event) => (event.type === "metrics" ? event.points : []));
}
function rounds(): StoryRound[] {
  return events.flatMap((e) => (e.type === "round-ended" && e.round ? [e.round] : []));
}
function tokensOf(id: number): ToldToken[] {
  return events.flatMap((e) => (e.type === "text" && e.id === id ? e.tokens : []));
}
function textOf(id: number): string {
  return events.map((e) => (e.type === "text" && e.id === id ? e.text : "")).join("");
}
/** Does something at the first event that fits. */
function at(fits: (event: SessionEvent) => boolean, act: () => void): void {
  let done = false;
  onEvent = (event) => {
    if (done || !fits(event)) return;
    done = true;
    act();
  };
}
const isText = (event: SessionEvent) => event.type === "text";

async function tellAll(id: number, prompt: string, more: object = {}): Promise<void> {
  await session.generate({ ...sampling, id, prompt, ...more });
  await session.idle();
}

/** A short run, finished. */
async function finishedRun(steps = 30): Promise<void> {
  await session.start(request(steps));
  await session.idle();
}

test("a story gone on with is the one that would have been told at once", async () => {
  await finishedRun();
  // Longer than the context of 16, so that its first half is dropped on the way.
  await tellAll(1, "the dog", { max_new_tokens: 40 });
  await tellAll(2, "the dog", { max_new_tokens: 15 });
  const told = tokensOf(2).map(({ id }) => id);
  await tellAll(3, "the dog", { max_new_tokens: 25, told });
  const ids = (id: number) => tokensOf(id).map((token) => token.id);
  expect(ids(1).length).toBeGreaterThan(20);
  expect([...ids(2), ...ids(3)]).toEqual(ids(1));
  expect(textOf(2) + textOf(3)).toBe(textOf(1));
  expect(tokensOf(3).some(({ shifted }) => shifted)).toBe(true);
});

test("where a story had ended it goes on with something else than its end", async () => {
  await finishedRun();
  // Greedy, so that nothing but the ban keeps the end from coming again.
  const greedy = { temperature: 0 };
  await tellAll(1, "the dog", { ...greedy, max_new_tokens: 3 });
  const [first, second] = tokensOf(1);
  const told = [first!.id, eosId];
  await tellAll(2, "the dog", { ...greedy, told, max_new_tokens: 1 });
  expect(tokensOf(2).map(({ id }) => id)).toEqual([second!.id]);
});

test("each token tells its probability and what was likeliest in its place", async () => {
  await finishedRun();
  await tellAll(1, "the", { temperature: 0 });
  for (const token of tokensOf(1)) {
    const { likeliest } = token;
    expect(likeliest).toHaveLength(8);
    // At temperature 0 the likeliest is taken.
    expect(likeliest[0]).toMatchObject({ id: token.id, probability: token.probability });
    const probabilities = likeliest.map(({ probability }) => probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(probabilities.reduce((a, b) => a + b)).toBeLessThanOrEqual(1);
  }
  const [text] = events.filter((event) => event.type === "text");
  expect(text!.pace.secondsToFirst).toBeGreaterThan(0);
});

test("no training step begins between a request and its first token", async () => {
  await session.start(request(60));
  const step = vi.spyOn(Trainer.prototype, "step");
  const before: number[] = [];
  for (const trained of [3, 10, 20]) {
    await new Promise<void>((resolve) => {
      let asked = -1;
      onEvent = (event) => {
        const due = event.type === "metrics" && event.points.at(-1)!.step >= trained;
        if (asked < 0 && due) {
          void session.generate({ ...sampling, id: trained, prompt: "the" });
          asked = step.mock.calls.length;
        }
        if (event.type === "text" && event.id === trained && asked >= 0) {
          before.push(step.mock.calls.length - asked);
          resolve();
        }
      };
    });
  }
  expect(before).toEqual([0, 0, 0]);
});

test("an evaluation lets a story have its turn between two batches", async () => {
  const waiting: number[] = [];
  const nats = Evaluator.prototype.nats;
  let batches = 0;
  vi.spyOn(Evaluator.prototype, "nats").mockImplementation(function (this: Evaluator, all, turn) {
    function* counted() {
      for (const batch of all) {
        batches += 1;
        yield batch;
      }
    }
    return nats.call(this, counted(), async () => {
      if (batches === 3) void session.generate({ ...sampling, id: 5, prompt: "the" });
      await turn?.();
      if (events.some(isText)) waiting.push(batches);
    });
  });
  await session.start(request(1));
  await session.idle();
  expect(batches).toBeGreaterThan(10);
  expect(waiting[0]).toBe(3);
  expect(tokensOf(5).length).toBeGreaterThan(1);
});

test("samples come every so many steps, and training is the same bit for bit as without", async () => {
  await session.start(request(10));
  await session.idle();
  const plain = points().map(({ loss }) => loss);
  events = [];
  await session.start(request(10, samples));
  await session.idle();
  expect(points().map(({ loss }) => loss)).toEqual(plain);
  expect(rounds().map(({ step, kind }) => [step, kind])).toEqual([
    [4, "samples"],
    [8, "samples"],
  ]);
  for (const { stories } of rounds()) {
    expect(stories.map(({ prompt }) => prompt)).toEqual(samples.prompts);
    for (const { tokens, text } of stories) {
      expect(tokens).toBeGreaterThan(0);
      expect(text).not.toBe("");
    }
  }
});

test("samples come back from a checkpoint, and a resumed run goes on telling them", async () => {
  session.pauseAt = 5;
  await session.start(request(10, samples));
  await session.idle();
  const file = await session.saveCheckpoint("run");
  const told = rounds();
  events = [];
  const { run } = await session.open(file, "x");
  expect(run.history.rounds).toEqual(told);
  expect(run.samples).toEqual(samples);
  session.pauseAt = null;
  await session.attach(corpus);
  await session.resume();
  await session.idle();
  expect(rounds().map(({ step }) => step)).toEqual([8]);
});

test("a sheet is told with the weights of one step while the run trains, which then goes on", async () => {
  await session.start(request(40));
  const step = vi.spyOn(Trainer.prototype, "step");
  const stepsWhileTelling = new Set<number>();
  let asked = false;
  onEvent = (event) => {
    if (event.type === "metrics" && !asked) {
      asked = true;
      session.tellSheet(["the cat", "a dog", ""], sampling);
    }
    if (event.type === "round-progress" && event.progress.told > 0) {
      stepsWhileTelling.add(step.mock.calls.length);
    }
  };
  await session.idle();
  const [sheet] = rounds();
  expect(sheet).toMatchObject({ kind: "sheet", sampling });
  expect(sheet!.stories).toHaveLength(3);
  expect(stepsWhileTelling.size).toBe(1);
  expect(sheet!.step).toBeLessThan(40);
  expect(points().at(-1)!.step).toBe(40);

  // The same sheet from a run of exactly that many steps.
  session.pauseAt = sheet!.step;
  events = [];
  onEvent = () => undefined;
  await session.start(request(40));
  await session.idle();
  session.tellSheet(["the cat", "a dog", ""], sampling);
  expect(() => session.tellSheet(["the"], sampling)).toThrow("still under way");
  await session.idle();
  expect(rounds()).toEqual([sheet]);
  session.pauseAt = null;
});

test("a sheet that is cancelled keeps its complete stories, and training goes on", async () => {
  await session.start(request(12));
  at(
    (event) => event.type === "metrics",
    () => session.tellSheet(["a", "b", "c", "d"], sampling),
  );
  const begun = onEvent;
  onEvent = (event) => {
    begun(event);
    if (event.type === "round-progress" && event.progress.told === 2) session.cancelRound();
  };
  await session.idle();
  expect(rounds().map(({ stories }) => stories.length)).toEqual([2]);
  expect(points().at(-1)!.step).toBe(12);
});

test("the user's story has the first token while a sheet is told, and both are as if told alone", async () => {
  await finishedRun();
  await tellAll(1, "the dog");
  session.tellSheet(["the cat", "a dog"], sampling);
  await session.idle();
  const [alone] = rounds();
  events = [];
  session.tellSheet(["the cat", "a dog"], sampling);
  at(
    (event) => event.type === "round-progress" && event.progress.told === 1,
    () => void session.generate({ ...sampling, id: 2, prompt: "the dog" }),
  );
  await session.idle();
  const order = events.map((event) => event.type);
  expect(order.indexOf("text")).toBeLessThan(order.indexOf("round-ended"));
  expect(rounds()).toEqual([alone]);
  events = events.filter(isText);
  const together = textOf(2);
  events = [];
  await tellAll(3, "the dog");
  expect(together).toBe(textOf(3));
});
