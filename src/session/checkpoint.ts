import type { Gpu } from "../engine/gpu/device";
import { chooseVariants, type KernelVariants } from "../engine/model/model";
import { readCheckpoint } from "../formats/checkpoint-read";
import type { CheckpointLosses } from "../formats/checkpoint-schema";
import { writeCheckpoint } from "../formats/checkpoint-write";
import { problem } from "../lib/errors";
import { Run } from "./run";
import type { CheckpointContents, RunHistory } from "./types";

/** The run as one safetensors file. Nothing may train meanwhile. @throws model-only */
export async function saveRun(run: Run, contents: CheckpointContents): Promise<Blob> {
  const { model, training, tokenizer, variants, history, losses } = run.options;
  const facts = {
    config: model,
    training,
    progress: { step: run.step, ...run.progress },
    losses: newestLosses(history, losses),
    tokenizer: new Uint8Array(tokenizer),
    parameters: await run.readWeights(),
  };
  if (contents === "model") return writeCheckpoint({ ...facts, contents });
  const { first, second } = await run.readMoments();
  const { corpus, cursor } = run.place;
  return writeCheckpoint({
    ...facts,
    contents,
    sampler: { ...cursor, seed: training.seed },
    corpus,
    variants: { ...variants },
    expAvg: first,
    expAvgSq: second,
    history,
    ...(run.samples && { samples: run.samples }),
  });
}

/** @param before what the run began with, where it has measured nothing since */
function newestLosses(history: RunHistory, before: CheckpointLosses): CheckpointLosses {
  const training = history.points.at(-1)?.loss ?? before.training;
  const measured = history.evaluations.at(-1);
  const validation = measured ? { step: measured.step, loss: measured.loss } : before.validation;
  return { training, validation };
}

/**
 * The run of a file that `saveRun` made, without its text. Of a model only, it can be prompted and does
 * not train. @throws what readCheckpoint and Run.create do
 */
export async function openRun(gpu: Gpu, file: Blob, name: string): Promise<Run> {
  const checkpoint = await readCheckpoint(file, name);
  const { config: model, training, progress, losses, tokenizer } = checkpoint;
  const shared = {
    model,
    training,
    tokenizer,
    progress: { tokens: progress.tokens, seconds: progress.seconds },
    losses,
  };
  const state = { weights: checkpoint.parameters, step: progress.step };
  if (checkpoint.contents === "model") {
    return Run.create(gpu, {
      ...shared,
      variants: chooseVariants(gpu.adapter.isFallbackAdapter),
      state: { ...state, moments: null },
      history: { points: [], evaluations: [], rounds: [] },
      place: null,
    });
  }
  const { sampler, corpus, history, samples, expAvg, expAvgSq } = checkpoint;
  return Run.create(gpu, {
    ...shared,
    variants: readVariants(checkpoint.variants, name),
    state: { ...state, moments: { first: expAvg, second: expAvgSq } },
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
