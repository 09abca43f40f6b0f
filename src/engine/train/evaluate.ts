import { nextTask } from "../../lib/pace";
import type { Gpu } from "../gpu/device";
import { type Plan, Recorder } from "../gpu/plan";
import { ReadbackRing } from "../gpu/readback";
import type { Tensor } from "../gpu/tensor";
import { type BatchShape, recordForward } from "../model/forward";
import { recordLoss } from "../model/head";
import { destroyTensors, type Model } from "../model/model";
import { METRICS_ELEMENTS, packStepState, STEP_ELEMENTS, unpackMetrics } from "./step-state";
import type { MicroBatch } from "./trainer";

/** Batches that may be submitted and not yet finished: few, so that others soon have their turn. */
const BATCHES_IN_FLIGHT = 2;

/** Measures the loss on given batches: forward only, nothing is changed. */
export class Evaluator {
  private constructor(
    private readonly gpu: Gpu,
    readonly shape: BatchShape,
    private readonly plan: Plan,
    private readonly tensors: { ids: Tensor; targets: Tensor; step: Tensor; metrics: Tensor },
    private readonly ring: ReadbackRing,
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
      const ring = await ReadbackRing.create(gpu, tensors.metrics, BATCHES_IN_FLIGHT);
      const { temporaryBytes, flops } = recorder;
      return new Evaluator(gpu, shape, plan, tensors, ring, temporaryBytes, flops);
    } catch (error) {
      destroyTensors(made);
      throw error;
    }
  }

  /**
   * Total nats over the batches' targets that are not ignored.
   * @param between is awaited before each batch but the first
   */
  async nats(batches: Iterable<MicroBatch>, between?: () => Promise<void>): Promise<number> {
    const { gpu, tensors, ring } = this;
    let sum = 0;
    gpu.write(tensors.metrics, new Float32Array(METRICS_ELEMENTS));
    for (const { ids, targets } of batches) {
      await ring.ready();
      await nextTask();
      await between?.();
      gpu.write(tensors.ids, ids);
      gpu.write(tensors.targets, targets);
      this.plan.submit(gpu.pacing.parts(this.flops), (encoder) => ring.record(encoder));
      ring.collect((metrics) => {
        sum = unpackMetrics(metrics).loss;
      });
    }
    await ring.drain();
    return sum;
  }

  destroy(): void {
    this.plan.destroy();
    this.ring.destroy();
    destroyTensors(Object.values(this.tensors));
  }
}
