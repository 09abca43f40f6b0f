import type { Gpu } from "../engine/gpu/device";
import { evaluationBatchSize, type ModelConfig, type TrainingConfig } from "../engine/model/config";
import { checkLimits } from "../engine/model/limits";
import { createModel, destroyModel, type KernelVariants, type Model } from "../engine/model/model";
import { validateModel, validateTraining } from "../engine/model/validate";
import { Decoder } from "../engine/train/decoder";
import { Evaluator } from "../engine/train/evaluate";
import { Trainer } from "../engine/train/trainer";

/** What trains a model and measures it. */
export interface Learning {
  trainer: Trainer;
  evaluator: Evaluator;
}

/** All that a run holds on the GPU. */
export interface Machine {
  model: Model;
  /** Null where the model is only prompted. */
  learning: Learning | null;
  decoder: Decoder;
}

/**
 * Sets a run's buffers aside and compiles its kernels; the weights start as zeros.
 * @param training null for a model that is only prompted
 * @throws config-invalid, limit-too-small, out-of-memory, shader-invalid; nothing is left behind then
 */
export async function buildMachine(
  gpu: Gpu,
  config: ModelConfig,
  training: TrainingConfig | null,
  variants: KernelVariants,
  onCompiled?: (done: number, total: number) => void,
): Promise<Machine> {
  validateModel(config);
  if (training !== null) validateTraining(training);
  checkLimits(gpu.adapter, config, training?.batch_size ?? 1);
  const undo: (() => void)[] = [];
  try {
    const model = await createModel(gpu, config, variants);
    undo.push(() => destroyModel(model));
    let learning: Learning | null = null;
    if (training !== null) {
      const shape = { batch: training.batch_size, context: config.max_position_embeddings };
      const trainer = await Trainer.create(gpu, model, shape, training, onCompiled);
      undo.push(() => trainer.destroy());
      const evaluator = await Evaluator.create(gpu, model, {
        batch: evaluationBatchSize(config, shape.batch),
        context: shape.context,
      });
      undo.push(() => evaluator.destroy());
      learning = { trainer, evaluator };
    }
    const decoder = await Decoder.create(gpu, model);
    return { model, learning, decoder };
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

export function destroyMachine({ model, learning, decoder }: Machine): void {
  decoder.destroy();
  learning?.evaluator.destroy();
  learning?.trainer.destroy();
  destroyModel(model);
}
