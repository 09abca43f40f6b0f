/** How fast this GPU trains a given model: measured on a few steps over random tokens. */
import type { Gpu } from "../engine/gpu/device";
import { chooseVariants } from "../engine/model/model";
import { initialParameters } from "../engine/model/parameters";
import { learningRateAt } from "../engine/train/schedule";
import type { MicroBatch } from "../engine/train/trainer";
import { Pace } from "../lib/pace";
import { Rng } from "../lib/rng";
import { buildMachine, destroyMachine, type Learning } from "./machine";
import { evaluationLimit } from "./run";
import type { Calibration, CalibrationProgress, CalibrationRequest } from "./types";

/** Fewer steps say nothing of the spread … */
const FEWEST_STEPS = 3;
/** … and more than these, or this time, say nothing new. */
const MOST_STEPS = 30;
const ENOUGH_SECONDS = 2;

/**
 * Builds what a run of this model would hold, in buffers of its own, runs the first steps, and frees
 * everything. The first step is left out: it warms the GPU up.
 * @throws what building a run does, and `cancelled` (between two steps)
 */
export async function calibrate(
  gpu: Gpu,
  { model, training }: CalibrationRequest,
  signal: AbortSignal,
  onProgress: (progress: CalibrationProgress) => void,
): Promise<Calibration> {
  const pace = new Pace<CalibrationProgress>("Measuring the speed", { signal, onProgress });
  const variants = chooseVariants(gpu.adapter.isFallbackAdapter);
  const machine = await buildMachine(gpu, model, training, variants, (done, total) =>
    onProgress({ phase: "compiling", done, total }),
  );
  try {
    pace.throwIfCancelled();
    const { trainer, evaluator } = machine.learning!;
    const rng = new Rng(training.seed);
    gpu.write(machine.model.weights, initialParameters(machine.model.layout, rng));
    const { batch, context } = trainer.shape;
    const batches = Array.from({ length: training.gradient_accumulation_steps }, () =>
      randomBatch(batch * context, model.vocab_size, rng),
    );
    const predicted = batches.length * batch * context;
    const times = await timeSteps(trainer, batches.length, pace, (onFinished) => {
      const rate = learningRateAt(trainer.updates, training);
      return trainer.step(batches, predicted, rate, onFinished);
    });
    pace.throwIfCancelled();
    const secondsPerToken = await timeEvaluation(evaluator, model.vocab_size, rng);
    times.sort((a, b) => a - b);
    return {
      secondsPerStep: times[times.length >> 1]!,
      fastest: times[0]!,
      slowest: times.at(-1)!,
      steps: times.length,
      evaluation: { secondsPerToken, tokens: evaluationLimit(gpu.adapter) },
    };
  } finally {
    destroyMachine(machine);
  }
}

/** Seconds that each step but the first took, from one finished step to the next. */
async function timeSteps(
  trainer: Learning["trainer"],
  microBatches: number,
  pace: Pace<CalibrationProgress>,
  step: (onFinished: () => void) => Promise<void>,
): Promise<number[]> {
  const finished: number[] = [];
  const clock = () => performance.now() / 1000;
  const report = (done: number) =>
    pace.breathe({ phase: "measuring", done, total: FEWEST_STEPS + 1 });

  await report(0);
  const warm = clock();
  await step(() => undefined);
  await trainer.drain();
  // As a run does: no submit may block the screen for long.
  trainer.pace((clock() - warm) / microBatches);

  const started = clock();
  const enough = () =>
    finished.length >= FEWEST_STEPS &&
    (finished.length >= MOST_STEPS || clock() - started >= ENOUGH_SECONDS);
  while (!enough()) {
    await report(Math.min(1 + finished.length, FEWEST_STEPS));
    await step(() => finished.push(clock()));
  }
  await trainer.drain();
  return finished.map((end, i) => end - (finished[i - 1] ?? started));
}

/** Seconds that a held-out token costs. */
async function timeEvaluation(
  evaluator: Learning["evaluator"],
  vocab: number,
  rng: Rng,
): Promise<number> {
  const rows = evaluator.shape.batch * evaluator.shape.context;
  const batch = randomBatch(rows, vocab, rng);
  await evaluator.nats([batch]);
  const started = performance.now();
  await evaluator.nats([batch, batch]);
  return (performance.now() - started) / 1000 / (2 * rows);
}

/** Any tokens do: what a step costs does not depend on them. */
function randomBatch(rows: number, vocab: number, rng: Rng): MicroBatch {
  const random = () => Uint32Array.from({ length: rows }, () => rng.below(vocab));
  return { ids: random(), targets: random() };
}
