import { nextTask } from "../../lib/pace";
import type { Gpu } from "../gpu/device";
import { type Plan, Recorder } from "../gpu/plan";
import { readTensor } from "../gpu/readback";
import type { Tensor } from "../gpu/tensor";
import { type BatchShape, recordForward } from "../model/forward";
import { recordLoss } from "../model/head";
import { destroyTensors, type Model } from "../model/model";
import { METRICS_ELEMENTS, packStepState, STEP_ELEMENTS, unpackMetrics } from "./step-state";
import type { MicroBatch } from "./trainer";

/** Measures the loss on given batches: forward only, nothing is changed. */
export class Evaluator {
  private constructor(
    private readonly gpu: Gpu,
    readonly shape: BatchShape,
    private readonly plan: Plan,
    private readonly tensors: { ids: Tensor; targets: Tensor; step: Tensor; metrics: Tensor },
    readonly activationBytes: number,
    private readonly flops: number,
  ) {}

  /** @throws limit-too-small, out-of-memory, shader-invalid */
  static async create(gpu: Gpu, model: Model, shape: BatchShape): Promise<Evaluator> {
    const rows = shape.batch * shape.context;
    const made: Tensor[] = [];
    const create = async (name: string, elements: number) => {
      const tensor = await gpu.createTensor(`evaluation ${name}`, elements, "activations");
      made.push(tensor);
      return tensor;
    };
    try {
      const tensors = {
        ids: await create("ids", rows),
        targets: await create("targets", rows),
        step: await create("step", STEP_ELEMENTS),
        metrics: await create("metrics", METRICS_ELEMENTS),
      };
      const recorder = new Recorder("evaluation");
      const { finalNorm } = recordForward(recorder, model, shape, tensors.ids);
      recordLoss(recorder, model, rows, finalNorm.y, tensors, null);
      const plan = await recorder.build(gpu);
      // Losses are summed as they are; the mean is taken once all are in.
      const state = { learningRate: 0, biasCorrection1: 1, biasCorrection2: 1, lossScale: 1 };
      gpu.write(tensors.step, packStepState(state));
      return new Evaluator(gpu, shape, plan, tensors, recorder.temporaryBytes, recorder.flops);
    } catch (error) {
      destroyTensors(made);
      throw error;
    }
  }

  /** Total nats over the batches' targets that are not ignored. */
  async nats(batches: Iterable<MicroBatch>): Promise<number> {
    const { gpu, tensors } = this;
    gpu.write(tensors.metrics, new Float32Array(METRICS_ELEMENTS));
    for (const { ids, targets } of batches) {
      gpu.write(tensors.ids, ids);
      gpu.write(tensors.targets, targets);
      this.plan.submit(gpu.pacing.parts(this.flops));
      await nextTask();
    }
    return unpackMetrics(await readTensor(gpu, tensors.metrics)).loss;
  }

  destroy(): void {
    this.plan.destroy();
    destroyTensors(Object.values(this.tensors));
  }
}
