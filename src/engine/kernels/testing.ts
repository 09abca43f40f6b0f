import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Problem } from "../../lib/errors";
import { Gpu } from "../gpu/device";
import type { Access, ScalarType } from "../gpu/kernel";
import { Recorder } from "../gpu/plan";
import { readTensor } from "../gpu/readback";
import type { Tensor } from "../gpu/tensor";
import { maxErrorRatio, nmse } from "../reference/compare";
import type { BindingData, Example } from "./example";

/** Elements behind every tensor, bound with it. */
const GUARD = 64;
/** NaN, behind what is only read and in what is yet to be written: who reads it spoils the result. */
const GARBAGE = 0x7fc0_dead;
/** 12345.678, behind what may be written: who writes or adds there is seen, which a NaN would hide. */
const MARK = 0x4640_e6b6;

/** A GPU for the tests of one file. */
export class TestGpu {
  readonly problems: Problem[] = [];
  private tensors: Tensor[] = [];

  private constructor(private opened: Gpu | null) {}

  /** Call at the top of a test file: opens before its tests, frees tensors after each, closes at the end. */
  static use(): TestGpu {
    const test = new TestGpu(null);
    beforeAll(async () => {
      test.opened = await Gpu.open(navigator.gpu, (problem) => test.problems.push(problem));
    });
    afterEach(async () => {
      await test.gpu.device.queue.onSubmittedWorkDone();
      for (const tensor of test.tensors) tensor.storage.buffer?.destroy();
      test.tensors = [];
      expect(test.problems.splice(0)).toEqual([]);
    });
    afterAll(() => test.gpu.destroy());
    return test;
  }

  get gpu(): Gpu {
    if (this.opened === null) throw new Error("The GPU opens in beforeAll.");
    return this.opened;
  }

  /** A tensor with `data`, or with that many NaN, and the guard behind it. */
  async upload(data: BindingData, name = "test", access: Access = "update"): Promise<Tensor> {
    const elements = typeof data === "number" ? data : data.length;
    const bits = new Uint32Array(elements + GUARD).fill(GARBAGE);
    if (access !== "read") bits.fill(MARK, elements);
    if (typeof data !== "number") {
      bits.set(new Uint32Array(data.buffer, data.byteOffset, data.length));
    }
    const tensor = await this.gpu.createTensor(name, bits.length, "activations");
    this.tensors.push(tensor);
    this.gpu.write(tensor, bits);
    return tensor;
  }

  /** What a tensor that may be written holds now. The guard must be whole. */
  async read(tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
    const bytes = (await readTensor(this.gpu, tensor)).buffer;
    const elements = tensor.elements - GUARD;
    const guard = new Uint32Array(bytes, 4 * elements);
    expect(guard, `${tensor.storage.name}: written past its end`).toEqual(
      new Uint32Array(GUARD).fill(MARK),
    );
    return new Float32Array(bytes, 0, elements);
  }

  /** Records, builds and runs a plan once. */
  async run(record: (recorder: Recorder) => void): Promise<void> {
    const recorder = new Recorder("test");
    record(recorder);
    const plan = await recorder.build(this.gpu);
    plan.submit();
    plan.destroy();
  }

  /** Dispatches an example; returns what it left in the bindings that it may write. */
  async dispatch<
    B extends Readonly<Record<string, Access>>,
    P extends Readonly<Record<string, ScalarType>>,
    D extends { readonly [K in keyof B]: BindingData },
  >({ kernel, data, params }: Example<B, P, D>) {
    const names = Object.keys(kernel.bindings) as (keyof B & string)[];
    const tensors = {} as Record<keyof B, Tensor>;
    for (const name of names) {
      tensors[name] = await this.upload(data[name], name, kernel.bindings[name]);
    }
    await this.run((recorder) => recorder.dispatch(kernel, tensors, params));
    const results = {} as Record<keyof B, Float32Array<ArrayBuffer>>;
    for (const name of names) {
      if (kernel.bindings[name] !== "read") results[name] = await this.read(tensors[name]);
    }
    return results;
  }
}

/** The limits of CONVENTIONS for f32 kernels. */
export function expectClose(actual: Float32Array, reference: Float64Array, what = "result"): void {
  expect(nmse(actual, reference), `${what}: NMSE`).toBeLessThanOrEqual(1e-10);
  expect(maxErrorRatio(actual, reference), `${what}: max error`).toBeLessThanOrEqual(1e-4);
}

/** Bit for bit, NaN and -0 included. */
export function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
