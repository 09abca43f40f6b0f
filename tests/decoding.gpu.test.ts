import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Gpu } from "../src/engine/gpu/device";
import { readTensor } from "../src/engine/gpu/readback";
import { type ModelConfig, presetByName } from "../src/engine/model/config";
import { chooseVariants, createModel, destroyModel } from "../src/engine/model/model";
import { initialParameters, unflatten } from "../src/engine/model/parameters";
import { llama } from "../src/engine/reference/llama";
import { Decoder } from "../src/engine/train/decoder";
import { Generation } from "../src/engine/train/generate";
import { Trainer } from "../src/engine/train/trainer";
import { Rng } from "../src/lib/rng";

let gpu: Gpu;
beforeAll(async () => {
  gpu = await Gpu.open(navigator.gpu, (problem) => {
    throw new Error(problem.what);
  });
});
afterAll(() => gpu.destroy());

/** Text with a pattern to learn: counting up by a step that changes now and then. */
function patterned(length: number, vocab: number): Uint32Array<ArrayBuffer> {
  const rng = new Rng(7);
  const tokens = new Uint32Array(length);
  let stride = 1;
  for (let i = 1; i < length; i++) {
    if (i % 16 === 0) stride = 1 + rng.below(3);
    tokens[i] = (tokens[i - 1]! + stride) % vocab;
  }
  return tokens;
}

/** A Nano that has learned something: an untrained one has flat logits, which hide mistakes. */
async function trainedNano(config: ModelConfig) {
  const { training } = presetByName("nano");
  const model = await createModel(gpu, config, chooseVariants(gpu.adapter.isFallbackAdapter));
  gpu.write(model.weights, initialParameters(model.layout, new Rng(3)));
  const trainer = await Trainer.create(gpu, model, { batch: 1, context: 64 }, training);
  for (let i = 0; i < 60; i++) {
    const tokens = patterned(65, config.vocab_size);
    await trainer.step(
      [{ ids: tokens.slice(0, 64), targets: tokens.slice(1) }],
      64,
      3e-3,
      () => undefined,
    );
  }
  await trainer.drain();
  const flat = await readTensor(gpu, model.weights);
  const weights = new Map(
    [...unflatten(model.layout, flat)].map(([name, w]) => [name, Float64Array.from(w)]),
  );
  return { model, trainer, weights };
}

describe.each([
  ["as many key-value heads as heads", 4],
  ["grouped heads", 2],
])("greedy decoding of a trained Nano, %s", (_, num_key_value_heads) => {
  test("has the logits of a full forward at each step, past the end of the context", async () => {
    const config = { ...presetByName("nano").model, num_key_value_heads };
    const { model, trainer, weights } = await trainedNano(config);
    const decoder = await Decoder.create(gpu, model);
    const settings = { temperature: 0, top_k: 0, top_p: 1, min_p: 0, repetition_penalty: 1 };
    const window = [...patterned(5, config.vocab_size)];
    const generation = new Generation(decoder, window, settings, new Rng(1));
    let shifts = 0;
    for (let i = 0; i < 100; i++) {
      const { id, shifted, logits } = await generation.next(0);
      if (shifted) {
        shifts += 1;
        window.splice(0, window.length - 32);
      }
      const ids = Uint32Array.from(window);
      const full = llama(config, weights, {
        ids,
        targets: new Uint32Array(ids.length).fill(0xffff_ffff),
        batch: 1,
        context: ids.length,
        predicted: 1,
      });
      const last = full.logits.subarray((ids.length - 1) * config.vocab_size);
      const error = Math.max(...last.map((value, j) => Math.abs(value - logits[j]!)));
      expect(error, `token ${i}`).toBeLessThan(1e-4);
      expect(id).toBe(last.indexOf(Math.max(...last)));
      window.push(id);
    }
    expect(shifts).toBe(2);
    decoder.destroy();
    trainer.destroy();
    destroyModel(model);
  });
});

test("a change of the weights between two tokens makes the cache anew", async () => {
  const config = presetByName("nano").model;
  const { model, trainer } = await trainedNano(config);
  const decoder = await Decoder.create(gpu, model);
  const settings = { temperature: 0, top_k: 0, top_p: 1, min_p: 0, repetition_penalty: 1 };
  const prompt = [...patterned(9, config.vocab_size)];
  const generation = new Generation(decoder, prompt, settings, new Rng(1));
  const first = await generation.next(0);
  gpu.write(model.weights, initialParameters(model.layout, new Rng(99)));
  const second = await generation.next(1);
  const expected = await decoder.prefill([...prompt, first.id]);
  expect(second.logits).toEqual(expected);
  decoder.destroy();
  trainer.destroy();
  destroyModel(model);
});
