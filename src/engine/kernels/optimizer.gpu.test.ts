import { describe, expect, it } from "vitest";
import { Rng } from "../../lib/rng";
import { adamW, clipScale, globalNorm } from "../reference/adamw";
import { normals, toFloat64 } from "./example";
import { gradientClip, gradientNorm } from "./optimizer";
import {
  ADAMW,
  type AdamwShape,
  adamwExample,
  adamwShapes,
  clipBlocks,
  gradientClipExample,
  gradientLengths,
  gradientNormExample,
  gradientScales,
  manyParameters,
} from "./optimizer.cases";
import { bitsOf, expectClose, TestGpu } from "./testing";

const test = TestGpu.use();
const NOT_FINITE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const BLOCK = 16_384;

// More than 65,535 of its workgroups would need a gradient of 4 GiB, which no adapter binds.
describe("gradient_norm", () => {
  describe.each(gradientScales)("of gradients near %d", (scale) => {
    it.each(gradientLengths)("is the sum of squares of each block: %i", async (length) => {
      const example = gradientNormExample(length, scale);
      const { partial } = await test.dispatch(example);
      const blocks = partial.length / 2;
      const reference = Float64Array.from({ length: blocks }, (_, block) => {
        const part = example.data.gradients.subarray(block * BLOCK, (block + 1) * BLOCK);
        return globalNorm(toFloat64(part)) ** 2;
      });
      expectClose(
        partial.filter((_, i) => i % 2 === 0),
        reference,
        "sums",
      );
      expect(partial.filter((_, i) => i % 2 === 1).every((flag) => flag === 0)).toBe(true);
    });
  });

  it.each(gradientLengths)(
    "flags the block, and only that, of what is not finite: %i",
    async (length) => {
      const example = gradientNormExample(length);
      const at = new Rng(length).below(length);
      for (const value of NOT_FINITE) {
        example.data.gradients[at] = value;
        const { partial } = await test.dispatch(example);
        partial
          .filter((_, i) => i % 2 === 1)
          .forEach((flag, block) => {
            expect(flag > 0, `block ${block}`).toBe(block === Math.floor(at / BLOCK));
          });
      }
    },
  );
});

describe("gradient_clip", () => {
  describe.each([0.5, 1, 1e6])("to %d", (maxNorm) => {
    it.each(clipBlocks)("takes the norm and PyTorch's clip scale of %i blocks", async (blocks) => {
      const example = gradientClipExample(blocks, maxNorm);
      const { metrics } = await test.dispatch(example);
      const sums = toFloat64(example.data.partial.filter((_, i) => i % 2 === 0));
      const norm = Math.sqrt(sums.reduce((a, b) => a + b, 0));
      expectClose(metrics.subarray(1, 2), Float64Array.of(norm), "gradient_norm");
      expectClose(metrics.subarray(2, 3), Float64Array.of(clipScale(norm, maxNorm)), "clip_scale");
      expect([metrics[0], metrics[3]]).toEqual([2.5, 0]);
    });
  });

  it.each(NOT_FINITE)("skips where the loss is %d", async (loss) => {
    const example = gradientClipExample(5, 1);
    example.data.metrics[0] = loss;
    expect((await test.dispatch(example)).metrics[3]).toBe(1);
  });
});

/** The float64 update; the first `decayed` parameters decay. */
function reference(shape: AdamwShape, data: ReturnType<typeof adamwExample>["data"]) {
  const { length, decayed, step, weightDecay = 0.1 } = shape;
  const update = (start: number, end: number, decay: number) => {
    const range = (values: Float32Array) => toFloat64(values.subarray(start, end));
    const { weights, gradients, first_moment, second_moment } = data;
    return adamW(range(weights), range(gradients), range(first_moment), range(second_moment), {
      learningRate: data.step[0]!,
      beta1: ADAMW.beta1,
      beta2: ADAMW.beta2,
      eps: ADAMW.epsilon,
      weightDecay: Math.fround(decay),
      step,
      clipScale: data.metrics[2]!,
    });
  };
  const matrices = update(0, decayed, weightDecay);
  const gains = update(decayed, length, 0);
  const join = (key: "p" | "m" | "v") => {
    const joined = new Float64Array(length);
    joined.set(matrices[key]);
    joined.set(gains[key], decayed);
    return joined;
  };
  return { weights: join("p"), first: join("m"), second: join("v") };
}

describe("adamw", () => {
  it.each([...adamwShapes, manyParameters])("matches the reference: %o", async (shape) => {
    const example = adamwExample(shape);
    const result = await test.dispatch(example);
    const expected = reference(shape, example.data);
    expectClose(result.weights, expected.weights, "weights");
    expectClose(result.first_moment, expected.first, "first moment");
    expectClose(result.second_moment, expected.second, "second moment");
  });
});

describe("gradient_norm, gradient_clip and adamw together", () => {
  async function step(
    shape: AdamwShape,
    maxNorm: number,
    spoil: (gradients: Float32Array) => void,
  ) {
    const { kernel, data, params } = adamwExample(shape);
    spoil(data.gradients);
    const norm = gradientNormExample(shape.length);
    const gradients = await test.upload(data.gradients);
    const adamwStep = await test.upload(data.step);
    const metrics = await test.upload(Float32Array.of(2.5, 0, 0, 0));
    const state = {
      weights: await test.upload(data.weights),
      first_moment: await test.upload(data.first_moment),
      second_moment: await test.upload(data.second_moment),
    };
    await test.run((recorder) => {
      const partial = recorder.temp("partial", norm.data.partial);
      const blocks = norm.data.partial / 2;
      recorder.dispatch(gradientNorm, { gradients, partial }, norm.params);
      recorder.dispatch(gradientClip, { partial, metrics }, { blocks, max_norm: maxNorm });
      recorder.dispatch(kernel, { gradients, step: adamwStep, metrics, ...state }, params);
    });
    return {
      data,
      metrics: await test.read(metrics),
      weights: await test.read(state.weights),
      first_moment: await test.read(state.first_moment),
      second_moment: await test.read(state.second_moment),
    };
  }

  it.each(adamwShapes)("clip to the norm: %o", async (shape) => {
    const { data, metrics, ...result } = await step(shape, 0.25, () => {});
    const norm = globalNorm(toFloat64(data.gradients));
    expectClose(metrics.subarray(1, 2), Float64Array.of(norm), "gradient_norm");
    data.metrics[2] = clipScale(norm, 0.25);
    const expected = reference(shape, data);
    expectClose(result.weights, expected.weights, "weights");
    expectClose(result.first_moment, expected.first, "first moment");
    expectClose(result.second_moment, expected.second, "second moment");
  });

  const lengths = [4, 260, 16_384, 50_004];
  const spoilers = [...NOT_FINITE, 1e20];
  it.each(lengths.flatMap((length) => spoilers.map((value) => ({ length, value }))))(
    "leave weights and moments bit for bit when a gradient is $value, at $length",
    async ({ length, value }) => {
      const at = new Rng(length).below(length);
      const shape = { length, decayed: 4, step: 3 };
      const { data, metrics, ...result } = await step(shape, 1, (gradients) => {
        gradients[at] = value;
      });
      expect(metrics[3]).toBe(1);
      for (const name of ["weights", "first_moment", "second_moment"] as const) {
        expect(bitsOf(result[name]), name).toEqual(bitsOf(data[name]));
      }
    },
  );

  it("take the step when every gradient is finite, however large", async () => {
    const shape = { length: 260, decayed: 256, step: 3 };
    const { metrics, weights, data } = await step(shape, 1, (gradients) => {
      gradients.set(normals(new Rng(2), 260, 1e15));
    });
    expect(metrics[3]).toBe(0);
    expect(bitsOf(weights)).not.toEqual(bitsOf(data.weights));
  });
});
