import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gpu } from "../src/engine/gpu/device";
import { presetByName } from "../src/engine/model/config";
import { chooseVariants, createModel, destroyModel, type Model } from "../src/engine/model/model";
import { initialParameters } from "../src/engine/model/parameters";
import type { StepMetrics } from "../src/engine/train/step-state";
import { type MicroBatch, Trainer } from "../src/engine/train/trainer";
import { Rng } from "../src/lib/rng";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await Gpu.open(navigator.gpu, (problem) => {
    throw new Error(problem.what);
  });
});
afterAll(() => gpu.destroy());

async function freshModel(config: Model["config"], seed = 1) {
  const model = await createModel(gpu, config, chooseVariants(gpu.adapter.isFallbackAdapter));
  gpu.write(model.weights, initialParameters(model.layout, new Rng(seed)));
  return model;
}

/** Random tokens; each is the target of the one before. */
function randomBatch(rows: number, vocab: number, seed: number): MicroBatch {
  const rng = new Rng(seed);
  const tokens = Uint32Array.from({ length: rows + 1 }, () => rng.below(vocab));
  return { ids: tokens.slice(0, rows), targets: tokens.slice(1) };
}

async function train(trainer: Trainer, batch: MicroBatch, steps: number, learningRate: number) {
  const metrics: StepMetrics[] = [];
  for (let i = 0; i < steps; i++) {
    await trainer.step([batch], batch.ids.length, learningRate, (m) => metrics.push(m));
  }
  await trainer.drain();
  return metrics;
}

describe("Nano", () => {
  const { model: config, training } = presetByName("nano");
  const shape = { batch: 1, context: 16 };

  test("overfits one batch to a loss under 0.01", async () => {
    const model = await freshModel(config);
    const trainer = await Trainer.create(gpu, model, shape, training);
    const metrics = await train(trainer, randomBatch(16, config.vocab_size, 5), 120, 3e-3);
    expect(metrics[0]!.loss).toBeGreaterThan(5);
    expect(metrics.at(-1)!.loss).toBeLessThan(0.01);
    trainer.destroy();
    destroyModel(model);
  });

  test("allocates no buffer and no bind group in 100 steps", async () => {
    const model = await freshModel(config);
    const trainer = await Trainer.create(gpu, model, shape, training);
    const before = { ...gpu.allocations };
    expect(before.bindGroups).toBeGreaterThan(0);
    const metrics = await train(trainer, randomBatch(16, config.vocab_size, 5), 100, 1e-3);
    expect(metrics).toHaveLength(100);
    expect(gpu.allocations).toEqual(before);
    trainer.destroy();
    destroyModel(model);
  });

  test("keeps at most two steps in flight", async () => {
    const model = await freshModel(config);
    const trainer = await Trainer.create(gpu, model, shape, training);
    const batch = randomBatch(16, config.vocab_size, 5);
    let submitted = 0;
    let finished = 0;
    let most = 0;
    for (let i = 0; i < 10; i++) {
      await trainer.step([batch], 16, 1e-3, () => {
        finished += 1;
      });
      submitted += 1;
      most = Math.max(most, submitted - finished);
    }
    await trainer.drain();
    expect(finished).toBe(10);
    expect(most).toBe(2);
    trainer.destroy();
    destroyModel(model);
  });

  test("skips a step whose gradient is not finite, and goes on after it", async () => {
    const model = await freshModel(config);
    const trainer = await Trainer.create(gpu, model, shape, training);
    const batch = randomBatch(16, config.vocab_size, 5);
    const metrics: StepMetrics[] = [];
    const step = (predicted: number) =>
      trainer.step([batch], predicted, 1e-3, (m) => metrics.push(m));
    await step(16);
    // 1 / 0 predicted tokens: every gradient becomes infinite or not a number.
    await step(0);
    await step(16);
    await trainer.drain();
    expect(metrics.map(({ skipped }) => skipped)).toEqual([false, true, false]);
    expect(metrics[2]!.loss).toBeLessThan(metrics[0]!.loss);
    trainer.destroy();
    destroyModel(model);
  });
});

test("Seed 12.6M allocates, and three steps at a short context have a finite, falling loss", async () => {
  const { model: config, training } = presetByName("seed");
  const model = await freshModel(config);
  const trainer = await Trainer.create(gpu, model, { batch: 1, context: 16 }, training);
  const metrics = await train(trainer, randomBatch(16, config.vocab_size, 5), 3, 1e-3);
  const losses = metrics.map(({ loss }) => loss);
  expect(losses[0]!).toBeCloseTo(Math.log(config.vocab_size), 0);
  expect(losses[1]!).toBeLessThan(losses[0]!);
  expect(losses[2]!).toBeLessThan(losses[1]!);
  expect(metrics.every(({ skipped, gradNorm }) => !skipped && Number.isFinite(gradNorm))).toBe(
    true,
  );
  trainer.destroy();
  destroyModel(model);
});
