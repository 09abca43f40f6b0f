import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Gpu } from "../engine/gpu/device";
import { presetByName } from "../engine/model/config";
import { writeSentencePieceModel } from "../formats/sentencepiece-model";
import { Corpus } from "../text/corpus";
import { type EncodedCorpus, encodeCorpus } from "../text/encode-corpus";
import { trainBpe } from "../text/tokenizer/bpe-train";
import { Session } from "./session";
import { tinyModel } from "./testing";
import type { CalibrationProgress, RunRequest, SessionEvent } from "./types";

let gpu: Gpu;
let tokenizer: Uint8Array;
let corpus: EncodedCorpus;
let session: Session;
let events: SessionEvent[];
/** Bytes of the buffers that exist now. */
let liveBytes = 0;

beforeAll(async () => {
  gpu = await Gpu.open(navigator.gpu, (reason) => {
    throw new Error(reason.what);
  });
  const createBuffer = gpu.device.createBuffer.bind(gpu.device);
  gpu.device.createBuffer = (descriptor) => {
    const buffer = createBuffer(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    let alive = true;
    liveBytes += descriptor.size;
    buffer.destroy = () => {
      if (alive) liveBytes -= descriptor.size;
      alive = false;
      return destroy();
    };
    return buffer;
  };
  const story = (i: number) =>
    `The ${["cat", "dog", "bird"][i % 3]} saw ${i} red balls. `.repeat(8);
  const stories = Array.from({ length: 60 }, (_, i) => story(i)).join("\n<|endoftext|>\n");
  const opened = await Corpus.open(new Blob([stories]), "stories.txt");
  const { model } = await trainBpe(opened, 290);
  tokenizer = writeSentencePieceModel(model);
  corpus = await encodeCorpus(opened, model);
});
afterAll(() => gpu.destroy());

beforeEach(() => {
  events = [];
  session = new Session(gpu, (event) => events.push(event));
});
afterEach(async () => {
  await session.pause();
  await session.idle();
});

function request(max_steps: number): RunRequest {
  const { training } = presetByName("nano");
  return {
    model: tinyModel(290),
    training: { ...training, max_steps, warmup_steps: 1, batch_size: 1, eval_steps: 100 },
    tokenizer,
    corpus,
  };
}

const losses = () =>
  events.flatMap((event) =>
    event.type === "metrics" ? event.points.map(({ step, loss }) => [step, loss]) : [],
  );
const bytesOf = async (file: Blob) => Buffer.from(await file.arrayBuffer()).toString("base64");

test("answers with the time of a step and of a held-out token, telling how far it is", async () => {
  const reports: CalibrationProgress[] = [];
  const found = await session.calibrate(request(10), (progress) => reports.push(progress));
  expect(found.steps).toBeGreaterThanOrEqual(3);
  expect(found.fastest).toBeGreaterThan(0);
  expect(found.secondsPerStep).toBeGreaterThanOrEqual(found.fastest);
  expect(found.slowest).toBeGreaterThanOrEqual(found.secondsPerStep);
  expect(found.evaluation.secondsPerToken).toBeGreaterThan(0);
  // Forward alone, for 16 tokens, is less work than a step over 16.
  expect(16 * found.evaluation.secondsPerToken).toBeLessThan(found.slowest);
  expect(new Set(reports.map(({ phase }) => phase))).toEqual(new Set(["compiling", "measuring"]));
});

test("more micro-batches a step take longer", async () => {
  const one = await session.calibrate(request(10));
  const eight = request(10);
  eight.training = { ...eight.training, gradient_accumulation_steps: 8 };
  const found = await session.calibrate(eight);
  expect(found.secondsPerStep).toBeGreaterThan(2 * one.secondsPerStep);
});

test("leaves the run on the page as it is, bit for bit, and gives all its memory back", async () => {
  await session.start(request(8));
  await session.idle();
  const straight = losses();

  events = [];
  session.pauseAt = 4;
  await session.start(request(8));
  await session.idle();
  const before = { file: await bytesOf(await session.saveCheckpoint("run")), bytes: liveBytes };
  const told = events.length;
  await session.calibrate(request(100));
  expect(events).toHaveLength(told);
  expect({ file: await bytesOf(await session.saveCheckpoint("run")), bytes: liveBytes }).toEqual(
    before,
  );
  session.pauseAt = null;
  await session.resume();
  await session.idle();
  expect(losses()).toEqual(straight);
});

test("is refused while a run trains, which goes on", async () => {
  await session.start(request(20));
  await expect(session.calibrate(request(10))).rejects.toMatchObject({
    problem: { code: "wrong-state", what: expect.stringContaining("while the run is training") },
  });
  await session.idle();
  expect(losses()).toHaveLength(20);
});

test("can be cancelled between two steps, and refuses what cannot be built; both give the memory back", async () => {
  const bytes = liveBytes;
  const cancelled = session.calibrate(request(10), ({ phase, done }) => {
    if (phase === "measuring" && done === 1) session.cancelCalibration();
  });
  await expect(cancelled).rejects.toMatchObject({ problem: { code: "cancelled" } });
  expect(liveBytes).toBe(bytes);

  const wrong = request(10);
  wrong.model.hidden_size = 66;
  await expect(session.calibrate(wrong)).rejects.toMatchObject({
    problem: { code: "config-invalid" },
  });
  const huge = request(10);
  huge.training.batch_size = 2 ** 22;
  await expect(session.calibrate(huge)).rejects.toMatchObject({
    problem: { code: "limit-too-small" },
  });
  expect(liveBytes).toBe(bytes);
});
