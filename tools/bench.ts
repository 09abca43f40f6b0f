/**
 * Times what decides the speed of training, on this machine's adapter:
 * matrix products, one optimizer step of a preset, and one token of a story.
 */
import { parseArgs } from "node:util";
import { Gpu } from "../src/engine/gpu/device";
import { Recorder } from "../src/engine/gpu/plan";
import { type MatmulForm, type MatmulStyle, recordMatmul } from "../src/engine/kernels/matmul";
import { type Preset, presets } from "../src/engine/model/config";
import { chooseVariants, createModel } from "../src/engine/model/model";
import { initialParameters } from "../src/engine/model/parameters";
import { Decoder } from "../src/engine/train/decoder";
import { Trainer } from "../src/engine/train/trainer";
import { Rng } from "../src/lib/rng";
import { installGpu } from "./gpu";
import { optionalNumber, runCommand, UsageError } from "./headless";

const usage = `Usage: npm run bench -- [--preset nano] [--batch B] [--size 512]
  prints the median of several runs, the first (which compiles) left out`;

const REPEATS = 5;

/** Median seconds of `work`, after one run that does not count. */
async function medianSeconds(work: () => Promise<unknown>): Promise<number> {
  const seconds = [];
  for (let i = 0; i <= REPEATS; i++) {
    const start = performance.now();
    await work();
    if (i > 0) seconds.push((performance.now() - start) / 1000);
  }
  return seconds.sort((a, b) => a - b)[Math.floor(REPEATS / 2)]!;
}

async function benchMatmul(gpu: Gpu, style: MatmulStyle, form: MatmulForm, size: number) {
  const matrix = (name: string) => gpu.createTensor(name, size * size, "activations");
  const recorder = new Recorder("bench");
  const operands = { a: await matrix("a"), b: await matrix("b"), c: await matrix("c") };
  recordMatmul(recorder, style, form, { ...operands, m: size, n: size, k: size });
  const plan = await recorder.build(gpu);
  const seconds = await medianSeconds(async () => {
    plan.submit();
    await gpu.device.queue.onSubmittedWorkDone();
  });
  const rate = (recorder.flops / seconds / 1e9).toFixed(2);
  console.log(`matmul ${style} ${form} ${size} ${(seconds * 1000).toFixed(1)} ms ${rate} GFLOP/s`);
}

async function benchModel(gpu: Gpu, { name, model: config, training }: Preset, batch: number) {
  const model = await createModel(gpu, config, chooseVariants(gpu.adapter.isFallbackAdapter));
  gpu.write(model.weights, initialParameters(model.layout, new Rng(1)));
  const context = config.max_position_embeddings;
  const trainer = await Trainer.create(gpu, model, { batch, context }, training);
  const rng = new Rng(1);
  const tokens = () =>
    Uint32Array.from({ length: batch * context }, () => rng.below(config.vocab_size));
  const input = { ids: tokens(), targets: tokens() };
  const step = await medianSeconds(async () => {
    await trainer.step([input], batch * context, 1e-3, () => undefined);
    await trainer.drain();
  });
  const rate = (trainer.flopsPerMicroBatch / step / 1e9).toFixed(2);
  const tokenRate = Math.round((batch * context) / step);
  console.log(
    `step ${name} ${batch} x ${context} ${(step * 1000).toFixed(1)} ms ${rate} GFLOP/s ${tokenRate} tokens/s`,
  );

  const decoder = await Decoder.create(gpu, model);
  const prefill = await medianSeconds(() => decoder.prefill([1, 2, 3]));
  const decode = await medianSeconds(() => decoder.next(4));
  console.log(`prefill ${name} ${context} tokens ${(prefill * 1000).toFixed(1)} ms`);
  console.log(`decode ${name} ${(decode * 1000).toFixed(1)} ms/token`);
}

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { preset: text, batch: text, size: text } });
  const preset = presets.find(({ name }) => name === (values.preset ?? "nano"));
  if (preset === undefined) throw new UsageError("there is no such preset");
  const gpu = await Gpu.open(installGpu(), (problem) => {
    throw new Error(problem.what);
  });
  console.log(`adapter ${gpu.adapter.description || gpu.adapter.vendor}`);
  const size = optionalNumber(values.size, "size") ?? 512;
  for (const style of ["register", "tiled"] as const) {
    for (const form of ["nt", "nn", "tn"] as const) await benchMatmul(gpu, style, form, size);
  }
  await benchModel(gpu, preset, optionalNumber(values.batch, "batch") ?? 4);
}

await runCommand(main, usage);
