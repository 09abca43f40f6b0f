import type { Gpu } from "../engine/gpu/device";
import type { KernelVariants } from "../engine/model/model";
import { readCheckpoint, writeCheckpoint } from "../formats/checkpoint";
import { problem } from "../lib/errors";
import { Run } from "./run";

/** The run as one safetensors file. Nothing may train meanwhile. */
export async function saveRun(run: Run): Promise<Blob> {
  const { model, training, tokenizer, variants, history } = run.options;
  const state = await run.readState();
  const { corpus, cursor } = run.place;
  return writeCheckpoint({
    config: model,
    training,
    progress: { step: state.step, ...run.progress },
    sampler: { ...cursor, seed: training.seed },
    corpus,
    variants: { ...variants },
    parameters: state.weights,
    expAvg: state.firstMoment,
    expAvgSq: state.secondMoment,
    tokenizer: new Uint8Array(tokenizer),
    history,
    ...(run.samples && { samples: run.samples }),
  });
}

/** The run of a file that `saveRun` made, without its text. @throws what readCheckpoint and Run.create do */
export async function openRun(gpu: Gpu, file: Blob, name: string): Promise<Run> {
  const checkpoint = await readCheckpoint(file, name);
  const {
    config: model,
    training,
    progress,
    sampler,
    corpus,
    tokenizer,
    history,
    samples,
  } = checkpoint;
  return Run.create(gpu, {
    model,
    training,
    tokenizer,
    variants: readVariants(checkpoint.variants, name),
    state: {
      weights: checkpoint.parameters,
      firstMoment: checkpoint.expAvg,
      secondMoment: checkpoint.expAvgSq,
      step: progress.step,
    },
    progress: { tokens: progress.tokens, seconds: progress.seconds },
    history,
    ...(samples && { samples }),
    place: { corpus, cursor: { epoch: sampler.epoch, index: sampler.index } },
  });
}

function readVariants({ matmul }: Record<string, string>, name: string): KernelVariants {
  if (matmul !== "register" && matmul !== "tiled") {
    throw problem("not-a-checkpoint", {
      name,
      reason: `variants.matmul is ${matmul ?? "missing"}, which this Storyloom does not know`,
    });
  }
  return { matmul };
}
