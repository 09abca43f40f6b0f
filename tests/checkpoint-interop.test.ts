import { fileURLToPath } from "node:url";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { ModelConfig, TrainingConfig } from "../src/engine/model/config";
import { modelOnly, type RunCheckpoint } from "../src/formats/checkpoint";
import { readCheckpoint } from "../src/formats/checkpoint-read";
import { writeCheckpoint } from "../src/formats/checkpoint-write";
import { llamaTensorShapes } from "../src/formats/llama-tensors";
import type { RunHistory } from "../src/session/types";
import { golden } from "./fixtures/golden";
import { type LlamaFixtureName, llamaFixtureNames, loadLlamaFixture } from "./fixtures/llama/load";

/** A checkpoint of the fixture's start: its gradients stand in for the optimizer's moments. */
function checkpointOf(name: LlamaFixtureName): RunCheckpoint {
  const { config, initial, start } = loadLlamaFixture(name);
  return {
    contents: "run",
    config,
    training: {
      max_steps: 20,
      batch_size: 4,
      gradient_accumulation_steps: 1,
      learning_rate: 5e-3,
      min_lr_rate: 0.1,
      warmup_steps: 4,
      weight_decay: 0.1,
      adam_beta1: 0.9,
      adam_beta2: 0.95,
      adam_epsilon: 1e-8,
      max_grad_norm: 1,
      seed: 1,
      eval_steps: 10,
    },
    progress: { step: 1, tokens: start.predicted, seconds: 0.5 },
    losses: { training: start.loss, validation: null },
    sampler: { epoch: 0, index: 4, seed: 1 },
    corpus: { name: "stories.txt", fingerprint: "0" },
    variants: {},
    parameters: initial,
    expAvg: start.gradients,
    expAvgSq: new Map([...start.gradients].map(([key, g]) => [key, g.map((x) => x * x)])),
    tokenizer: new TextEncoder().encode("tokenizer"),
    history: {
      points: [
        {
          ...{ step: 1, loss: start.loss, learningRate: 1e-3, gradNorm: 1 },
          ...{ tokensPerSecond: 64, tokens: start.predicted, seconds: 0.5 },
        },
      ],
      evaluations: [],
      rounds: [],
    },
  };
}

describe("the checkpoint file", () => {
  it.each(llamaFixtureNames)("has Hugging Face's tensor names: %s", (name) => {
    const { config, initial } = loadLlamaFixture(name);
    const shapes = llamaTensorShapes(config);
    expect([...shapes.keys()].sort()).toEqual([...initial.keys()].sort());
    for (const [tensor, shape] of shapes) {
      expect(
        shape.reduce((a, b) => a * b),
        tensor,
      ).toBe(initial.get(tensor)!.length);
    }
  });

  // These are the files that tests/interop/checkpoint_test.py gives to Hugging Face.
  it.each([
    ["untied-grouped", checkpointOf("untied-grouped")],
    ["tied-one-key-head", checkpointOf("tied-one-key-head")],
    ["model-only", modelOnly(checkpointOf("untied-grouped"))],
  ])("is written as ever, and files written before are read: %s", async (name, checkpoint) => {
    const made = new Uint8Array(await writeCheckpoint(checkpoint).arrayBuffer());
    const path = new URL(`fixtures/checkpoint/${name}.safetensors`, import.meta.url);
    const committed = golden(fileURLToPath(path), made);
    // toEqual takes a second for this many bytes.
    expect(Buffer.compare(made, committed)).toBe(0);
    expect(await readCheckpoint(new Blob([committed]), name)).toEqual(checkpoint);
  });

  it("has the engine's types, which it may not import", () => {
    expectTypeOf<RunCheckpoint["config"]>().toEqualTypeOf<ModelConfig>();
    expectTypeOf<RunCheckpoint["training"]>().toEqualTypeOf<TrainingConfig>();
    expectTypeOf<RunCheckpoint["history"]>().toEqualTypeOf<RunHistory>();
  });
});
