import { describe, expect, test } from "vitest";
import { Recorder } from "../gpu/plan";
import { recordMicroBatch, trainerTensorSizes } from "../train/trainer";
import {
  countParameters,
  estimateMemory,
  evaluationBatchSize,
  type PresetName,
  presets,
} from "./config";
import { recordPrefill } from "./decode";
import { recordForward } from "./forward";
import { recordLoss } from "./head";
import { modelSizes, parameterLayout } from "./layout";
import { virtualModel, virtualTensor } from "./model";

const published: Record<PresetName, number> = {
  nano: 131_904,
  "260k": 260_032,
  small: 1_053_824,
  seed: 12_597_504,
  "15m": 15_191_712,
};

describe.each(presets)("$label", ({ name, model, training }) => {
  test("has the published number of parameters", () => {
    expect(countParameters(model)).toBe(published[name]);
  });

  test("lays out exactly that many, each once, blocks where a binding may start", () => {
    const layout = parameterLayout(model);
    const sorted = [...layout.slots].sort((a, b) => a.start - b.start);
    expect(sorted.reduce((sum, slot) => sum + slot.elements, 0)).toBe(published[name]);
    for (let i = 1; i < sorted.length; i++) {
      expect(sorted[i]!.start).toBeGreaterThanOrEqual(
        sorted[i - 1]!.start + sorted[i - 1]!.elements,
      );
    }
    const blocks = layout.layers.flatMap((blocks) => Object.values(blocks));
    for (const { start } of [...blocks, layout.embedding, layout.head, layout.finalGain]) {
      expect((start * 4) % 256).toBe(0);
    }
    for (const { start, shape, elements } of layout.slots) {
      expect(start + elements <= layout.decayed).toBe(shape.length === 2);
    }
  });

  test.each([1, 8, 32])("takes the memory that is foretold, batch size %i", (batch) => {
    const virtual = virtualModel(model, { matmul: "tiled" });
    const context = model.max_position_embeddings;
    const inputs = (rows: number) => {
      const sizes = Object.entries(trainerTensorSizes(virtual, rows));
      return Object.fromEntries(
        sizes.map(([key, [elements]]) => [key, virtualTensor(key, elements)]),
      ) as unknown as Parameters<typeof recordMicroBatch>[3];
    };
    const shape = { batch, context };
    const micro = new Recorder("micro-batch");
    recordMicroBatch(micro, virtual, shape, inputs(batch * context));

    const evaluation = new Recorder("evaluation");
    const evaluated = { batch: evaluationBatchSize(model, batch), context };
    const rows = evaluated.batch * context;
    const tensors = inputs(rows);
    const { finalNorm } = recordForward(evaluation, virtual, evaluated, tensors.ids);
    recordLoss(evaluation, virtual, rows, finalNorm.y, tensors, null);

    const prefill = new Recorder("prefill");
    const cacheRow = context * modelSizes(model).qkvWidth;
    const cache = virtual.layout.layers.map((_, i) => virtualTensor(`cache ${i}`, cacheRow));
    recordPrefill(prefill, virtual, {
      ids: virtualTensor("ids", context),
      cursor: virtualTensor("cursor", 1),
      logits: virtualTensor("logits", model.vocab_size),
      cache,
    });

    const recorded =
      micro.temporaryBytes +
      evaluation.temporaryBytes +
      prefill.temporaryBytes +
      4 * cacheRow * cache.length;
    const { activations } = estimateMemory(model, { ...training, batch_size: batch });
    expect(activations / recorded).toBeGreaterThan(0.98);
    expect(activations / recorded).toBeLessThan(1.02);
  });
});
