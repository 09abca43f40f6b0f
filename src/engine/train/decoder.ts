import type { Gpu } from "../gpu/device";
import { type Plan, Recorder } from "../gpu/plan";
import { ReadbackRing } from "../gpu/readback";
import type { Tensor } from "../gpu/tensor";
import { recordDecode, recordPrefill } from "../model/decode";
import { modelSizes } from "../model/layout";
import { destroyTensors, type Model } from "../model/model";

/** Gives next-token logits, with a cache of keys and values for one sequence. */
export class Decoder {
  /** Whose sequence is in the cache: several may take turns. */
  holder: object | null = null;
  /** Tokens in the cache. */
  private length = 0;

  private constructor(
    private readonly gpu: Gpu,
    readonly context: number,
    private readonly prefillPlan: Plan,
    private readonly prefillFlops: number,
    private readonly decodePlan: Plan,
    private readonly tensors: { ids: Tensor; cursor: Tensor; logits: Tensor },
    private readonly cache: readonly Tensor[],
    private readonly readback: ReadbackRing,
    readonly activationBytes: number,
  ) {}

  /** @throws limit-too-small, out-of-memory, shader-invalid */
  static async create(gpu: Gpu, model: Model): Promise<Decoder> {
    const { config } = model;
    const context = config.max_position_embeddings;
    const made: Tensor[] = [];
    const plans: Plan[] = [];
    const create = async (name: string, elements: number) => {
      const tensor = await gpu.createTensor(`decoding ${name}`, elements, "activations");
      made.push(tensor);
      return tensor;
    };
    try {
      const ids = await create("ids", context);
      const cursor = await create("cursor", 1);
      const logits = await create("logits", config.vocab_size);
      const cache = [];
      for (let i = 0; i < config.num_hidden_layers; i++) {
        cache.push(await create(`cache ${i}`, context * modelSizes(config).qkvWidth));
      }
      const tensors = { ids, cursor, logits, cache };
      const prefill = new Recorder("prefill");
      recordPrefill(prefill, model, tensors);
      const decode = new Recorder("decode");
      recordDecode(decode, model, tensors);
      plans.push(await prefill.build(gpu));
      plans.push(await decode.build(gpu));
      const readback = await ReadbackRing.create(gpu, logits, 1);
      return new Decoder(
        gpu,
        context,
        plans[0]!,
        prefill.flops,
        plans[1]!,
        { ids, cursor, logits },
        cache,
        readback,
        prefill.temporaryBytes +
          decode.temporaryBytes +
          made.reduce((sum, { bytes }) => sum + bytes, 0),
      );
    } catch (error) {
      for (const plan of plans) plan.destroy();
      destroyTensors(made);
      throw error;
    }
  }

  /** Starts over with these tokens (1 to `context` of them); logits after the last, [vocab]. */
  prefill(tokens: readonly number[]): Promise<Float32Array> {
    const ids = new Uint32Array(this.context);
    ids.set(tokens);
    this.length = tokens.length;
    this.gpu.write(this.tensors.ids, ids);
    return this.run(this.prefillPlan, this.gpu.pacing.parts(this.prefillFlops));
  }

  /** Adds one token, which must still fit into the context; logits after it, [vocab]. */
  next(token: number): Promise<Float32Array> {
    if (this.length >= this.context) throw new RangeError("the context is full");
    this.length += 1;
    this.gpu.write(this.tensors.ids, new Uint32Array([token]));
    return this.run(this.decodePlan, 1);
  }

  private async run(plan: Plan, parts: number): Promise<Float32Array> {
    this.gpu.write(this.tensors.cursor, new Uint32Array([this.length - 1]));
    let logits = new Float32Array(0);
    plan.submit(parts, (encoder) => this.readback.record(encoder));
    this.readback.collect((values) => {
      logits = values as Float32Array<ArrayBuffer>;
    });
    await this.readback.drain();
    return logits;
  }

  destroy(): void {
    this.prefillPlan.destroy();
    this.decodePlan.destroy();
    this.readback.destroy();
    destroyTensors([...Object.values(this.tensors), ...this.cache]);
  }
}
