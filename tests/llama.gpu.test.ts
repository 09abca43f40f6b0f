import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gpu } from "../src/engine/gpu/device";
import { readTensor } from "../src/engine/gpu/readback";
import { createModel, destroyModel, type KernelVariants } from "../src/engine/model/model";
import { flatten, unflatten } from "../src/engine/model/parameters";
import { relativeL2 } from "../src/engine/reference/compare";
import { Decoder } from "../src/engine/train/decoder";
import { Evaluator } from "../src/engine/train/evaluate";
import type { StepMetrics } from "../src/engine/train/step-state";
import { Trainer } from "../src/engine/train/trainer";
import { type LlamaFixture, llamaFixtureNames, loadLlamaFixture } from "./fixtures/llama/load";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await Gpu.open(navigator.gpu, (problem) => {
    throw new Error(problem.what);
  });
});
afterAll(() => gpu.destroy());

async function load(fixture: LlamaFixture, variants: KernelVariants) {
  const model = await createModel(gpu, fixture.config, variants);
  gpu.write(model.weights, flatten(model.layout, fixture.initial));
  return model;
}

/** Part of a batch: sequences [first, first + count). */
function rowsOf(values: Uint32Array, context: number, first: number, count: number) {
  return new Uint32Array(values.slice(first * context, (first + count) * context));
}

/** Software adapters take the first, GPUs the second. */
const variants = [{ matmul: "register" }, { matmul: "tiled" }] as const;
const cases = llamaFixtureNames.flatMap((name) =>
  variants.map((variant) => ({ name, ...variant })),
);

describe.each(cases)("against Hugging Face's LlamaForCausalLM, $name, $matmul matmul", (which) => {
  const { name, matmul } = which;
  const fixture = loadLlamaFixture(name);
  const { batch, context, start, training } = fixture;
  const batchOf = ({ ids, targets }: { ids: Uint32Array; targets: Uint32Array }) => ({
    ids: new Uint32Array(ids),
    targets: new Uint32Array(targets),
  });

  test("every named gradient is the same", async () => {
    const model = await load(fixture, { matmul });
    const trainer = await Trainer.create(gpu, model, { batch, context }, training);
    trainer.submitGradients([batchOf(start)], start.predicted);
    const flat = await readTensor(gpu, trainer.tensors.gradients);
    const gradients = unflatten(model.layout, flat);
    expect([...gradients.keys()].sort()).toEqual([...start.gradients.keys()].sort());
    for (const [tensor, expected] of start.gradients) {
      expect(relativeL2(gradients.get(tensor)!, expected), tensor).toBeLessThan(1e-4);
    }
    trainer.destroy();
    destroyModel(model);
  });

  test("logits at every position are the same", async () => {
    const model = await load(fixture, { matmul });
    const decoder = await Decoder.create(gpu, model);
    const vocab = fixture.config.vocab_size;
    for (let length = 1; length <= context; length++) {
      const logits = await decoder.prefill([...start.ids.subarray(0, length)]);
      const expected = start.logits.subarray((length - 1) * vocab, length * vocab);
      expect(relativeL2(logits, expected)).toBeLessThan(1e-5);
    }
    decoder.destroy();
    destroyModel(model);
  });

  test("the loss without a gradient is the same", async () => {
    const model = await load(fixture, { matmul });
    const evaluator = await Evaluator.create(gpu, model, { batch, context });
    const nats = await evaluator.nats([batchOf(start)]);
    expect(nats / start.predicted / start.loss).toBeCloseTo(1, 5);
    evaluator.destroy();
    destroyModel(model);
  });

  test("20 AdamW steps with clip and decay give the same losses and weights", async () => {
    const model = await load(fixture, { matmul });
    const trainer = await Trainer.create(gpu, model, { batch, context }, training);
    const metrics: StepMetrics[] = [];
    for (const step of fixture.steps) {
      await trainer.step([batchOf(step)], step.predicted, step.learningRate, (m) =>
        metrics.push(m),
      );
    }
    await trainer.drain();
    expect(metrics).toHaveLength(20);
    fixture.steps.forEach((step, i) => {
      expect(Math.abs(metrics[i]!.loss / step.loss - 1), `loss ${i}`).toBeLessThan(1e-4);
      expect(Math.abs(metrics[i]!.gradNorm / step.gradNorm - 1), `norm ${i}`).toBeLessThan(1e-3);
    });
    const weights = unflatten(model.layout, await readTensor(gpu, model.weights));
    for (const [tensor, expected] of fixture.final) {
      expect(relativeL2(weights.get(tensor)!, expected), tensor).toBeLessThan(1e-4);
    }
    trainer.destroy();
    destroyModel(model);
  });

  test("micro-batches with unequal token counts add up to one large batch", async () => {
    const model = await load(fixture, { matmul });
    const half = batch / 2;
    const trainer = await Trainer.create(gpu, model, { batch: half, context }, training);
    const micro = (first: number) => ({
      ids: rowsOf(start.ids, context, first, half),
      targets: rowsOf(start.targets, context, first, half),
    });
    trainer.submitGradients([micro(0), micro(half)], start.predicted);
    const flat = await readTensor(gpu, trainer.tensors.gradients);
    const gradients = unflatten(model.layout, flat);
    for (const [tensor, expected] of start.gradients) {
      expect(relativeL2(gradients.get(tensor)!, expected), tensor).toBeLessThan(1e-4);
    }
    trainer.destroy();
    destroyModel(model);
  });
});
