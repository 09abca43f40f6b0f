import type { Gpu } from "../gpu/device";
import { type Plan, Recorder } from "../gpu/plan";
import { ReadbackRing } from "../gpu/readback";
import type { Role, Tensor } from "../gpu/tensor";
import { groupRowsByToken } from "../kernels/embedding";
import { adamw, gradientBlocks, gradientClip, gradientNorm } from "../kernels/optimizer";
import { recordBackward } from "../model/backward";
import type { TrainingConfig } from "../model/config";
import { type BatchShape, recordForward } from "../model/forward";
import { recordLoss } from "../model/head";
import { destroyTensors, type Model } from "../model/model";
import {
  METRICS_ELEMENTS,
  packStepState,
  STEP_ELEMENTS,
  type StepMetrics,
  unpackMetrics,
} from "./step-state";

export type OptimizerConfig = Pick<
  TrainingConfig,
  "adam_beta1" | "adam_beta2" | "adam_epsilon" | "weight_decay" | "max_grad_norm"
>;

/** One micro-batch; both [batch * context], targets 0xFFFFFFFF where nothing is to be predicted. */
export interface MicroBatch {
  ids: Uint32Array<ArrayBuffer>;
  targets: Uint32Array<ArrayBuffer>;
}

/** The tensors of a trainer besides the model's own. */
interface TrainerTensors {
  gradients: Tensor;
  firstMoment: Tensor;
  secondMoment: Tensor;
  ids: Tensor;
  targets: Tensor;
  starts: Tensor;
  positions: Tensor;
  step: Tensor;
  metrics: Tensor;
}

/** Steps that may be submitted and not yet finished. */
const STEPS_IN_FLIGHT = 2;

/** Sizes and roles of the tensors, without a GPU. */
export function trainerTensorSizes(model: Model, rows: number) {
  const { length } = model.layout;
  const sizes: Record<keyof TrainerTensors, [elements: number, role: Role]> = {
    gradients: [length, "gradients"],
    firstMoment: [length, "optimizer"],
    secondMoment: [length, "optimizer"],
    ids: [rows, "activations"],
    targets: [rows, "activations"],
    starts: [model.config.vocab_size + 1, "activations"],
    positions: [rows, "activations"],
    step: [STEP_ELEMENTS, "activations"],
    metrics: [METRICS_ELEMENTS, "activations"],
  };
  return sizes;
}

/** Records a micro-batch: forward, loss and backward, its gradients added to the flat buffer. */
export function recordMicroBatch(
  recorder: Recorder,
  model: Model,
  shape: BatchShape,
  tensors: TrainerTensors,
): void {
  const rows = shape.batch * shape.context;
  const forward = recordForward(recorder, model, shape, tensors.ids);
  const dNormed = recorder.temp("final norm gradient", rows * model.config.hidden_size);
  const { gradients } = tensors;
  recordLoss(recorder, model, rows, forward.finalNorm.y, tensors, { gradients, dNormed });
  recordBackward(recorder, model, shape, forward, tensors, dNormed, gradients);
}

/** Records clipping and the AdamW update. */
function recordUpdate(
  recorder: Recorder,
  { layout, weights }: Model,
  tensors: TrainerTensors,
  config: OptimizerConfig,
): void {
  const { gradients, metrics, step } = tensors;
  const blocks = gradientBlocks(layout.length);
  const partial = recorder.temp("gradient norm by blocks", 2 * blocks);
  recorder.dispatch(gradientNorm, { gradients, partial }, { length4: layout.length / 4 });
  recorder.dispatch(gradientClip, { partial, metrics }, { blocks, max_norm: config.max_grad_norm });
  recorder.dispatch(
    adamw,
    {
      gradients,
      step,
      metrics,
      weights,
      first_moment: tensors.firstMoment,
      second_moment: tensors.secondMoment,
    },
    {
      length4: layout.length / 4,
      decayed4: layout.decayed / 4,
      beta1: config.adam_beta1,
      beta2: config.adam_beta2,
      epsilon: config.adam_epsilon,
      weight_decay: config.weight_decay,
    },
  );
}

/** Runs optimizer steps: everything is allocated and recorded once, and then replayed. */
export class Trainer {
  /** Optimizer steps submitted so far: Adam's t. */
  updates = 0;
  private readonly starts: Uint32Array<ArrayBuffer>;
  private readonly positions: Uint32Array<ArrayBuffer>;

  private constructor(
    private readonly gpu: Gpu,
    readonly model: Model,
    readonly shape: BatchShape,
    private readonly config: OptimizerConfig,
    readonly tensors: TrainerTensors,
    private readonly begin: Plan,
    private readonly micro: Plan,
    private readonly update: Plan,
    private readonly ring: ReadbackRing,
    /** Bytes of the activations' buffers. */
    readonly activationBytes: number,
    readonly flopsPerMicroBatch: number,
  ) {
    this.starts = new Uint32Array(model.config.vocab_size + 1);
    this.positions = new Uint32Array(shape.batch * shape.context);
  }

  /** @throws limit-too-small, out-of-memory, shader-invalid */
  static async create(
    gpu: Gpu,
    model: Model,
    shape: BatchShape,
    config: OptimizerConfig,
    onCompiled?: (done: number, total: number) => void,
  ): Promise<Trainer> {
    const made: Tensor[] = [];
    const plans: Plan[] = [];
    try {
      const entries = [];
      const sizes = Object.entries(trainerTensorSizes(model, shape.batch * shape.context));
      for (const [name, [elements, role]] of sizes) {
        const tensor = await gpu.createTensor(name, elements, role);
        made.push(tensor);
        entries.push([name, tensor]);
      }
      const tensors = Object.fromEntries(entries) as TrainerTensors;

      const begin = new Recorder("begin");
      begin.clear(tensors.gradients);
      begin.clear(tensors.metrics);
      const micro = new Recorder("micro-batch");
      recordMicroBatch(micro, model, shape, tensors);
      const update = new Recorder("update");
      recordUpdate(update, model, tensors, config);
      plans.push(await begin.build(gpu));
      plans.push(await micro.build(gpu, onCompiled));
      plans.push(await update.build(gpu));
      const ring = await ReadbackRing.create(gpu, tensors.metrics, STEPS_IN_FLIGHT);
      const inputs = made.filter(({ storage }) => storage.role === "activations");
      return new Trainer(
        gpu,
        model,
        shape,
        config,
        tensors,
        plans[0]!,
        plans[1]!,
        plans[2]!,
        ring,
        micro.temporaryBytes + inputs.reduce((sum, { bytes }) => sum + bytes, 0),
        micro.flops,
      );
    } catch (error) {
      for (const plan of plans) plan.destroy();
      destroyTensors(made);
      throw error;
    }
  }

  /**
   * Submits one optimizer step over all `batches` together; returns before the GPU is done, and
   * waits only where more than two steps would be under way.
   * @param predicted targets of all batches that are not ignored
   * @param onMetrics called when the GPU has finished the step
   */
  async step(
    batches: Iterable<MicroBatch>,
    predicted: number,
    learningRate: number,
    onMetrics: (metrics: StepMetrics) => void,
  ): Promise<void> {
    await this.ring.ready();
    this.updates += 1;
    this.submitGradients(batches, predicted, learningRate);
    this.update.submit(1, (encoder) => this.ring.record(encoder));
    this.ring.collect((values) => onMetrics(unpackMetrics(values)));
  }

  /** Submits forward and backward alone; the gradients stay in `tensors.gradients`. */
  submitGradients(batches: Iterable<MicroBatch>, predicted: number, learningRate = 0): void {
    const { gpu, tensors } = this;
    const state = packStepState({
      learningRate,
      biasCorrection1: 1 / (1 - this.config.adam_beta1 ** this.updates),
      biasCorrection2: 1 / (1 - this.config.adam_beta2 ** this.updates),
      lossScale: 1 / predicted,
    });
    gpu.write(tensors.step, state);
    this.begin.submit();
    for (const { ids, targets } of batches) {
      groupRowsByToken(ids, this.starts, this.positions);
      gpu.write(tensors.ids, ids);
      gpu.write(tensors.targets, targets);
      gpu.write(tensors.starts, this.starts);
      gpu.write(tensors.positions, this.positions);
      this.micro.submit(gpu.pacing.parts(this.flopsPerMicroBatch));
    }
  }

  /** Tells how long it took (0: not known), so that no later submit blocks the screen for long. */
  pace(secondsPerMicroBatch: number): void {
    this.gpu.pacing.measured(this.flopsPerMicroBatch, secondsPerMicroBatch);
  }

  /** Waits until every submitted step is finished and its metrics are delivered. */
  async drain(): Promise<void> {
    await this.ring.drain();
  }

  destroy(): void {
    for (const plan of [this.begin, this.micro, this.update]) plan.destroy();
    this.ring.destroy();
    destroyTensors(Object.values(this.tensors));
  }
}
