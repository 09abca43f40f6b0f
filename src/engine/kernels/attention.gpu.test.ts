import { describe, expect, it } from "vitest";
import { attentionBackward, attentionForward } from "../reference/attention";
import { relativeL2 } from "../reference/compare";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import { attentionKernels } from "./attention";
import {
  type AttentionShape,
  attentionBackwardKeyValueExample,
  attentionBackwardQueryExample,
  attentionDecodeExample,
  attentionDelta,
  attentionForwardExample,
  attentionShapes,
  decodeShapes,
  manySequences,
} from "./attention.cases";
import { toFloat64 } from "./example";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();
const shapes = [...attentionShapes, manySequences];

/**
 * lavapipe unrolls the loops over a head, and its compiler's time grows much faster than the code: over a minute
 * at 128, where SwiftShader takes two seconds.
 */
function compilesForMinutes({ headDim }: { headDim: number }): [condition: boolean, note: string] {
  const unrolls = test.gpu.adapter.description.startsWith("llvmpipe");
  return [unrolls && headDim > 48, "lavapipe compiles this head dimension for minutes"];
}

/** The q heads of packed rows, and the k and v heads. */
function split<T extends Float32Array | Float64Array>(qkv: T, shape: AttentionShape) {
  const row = (shape.heads + 2 * shape.kvHeads) * shape.headDim;
  const isQuery = (_: number, i: number) => i % row < shape.heads * shape.headDim;
  return {
    query: qkv.filter(isQuery) as T,
    keyValue: qkv.filter((value, i) => !isQuery(value, i)) as T,
  };
}

describe("attention_forward", () => {
  it.for(shapes)("matches the reference: %o", async (shape, { skip }) => {
    skip(...compilesForMinutes(shape));
    const example = attentionForwardExample(shape);
    const { out, log_sum_exp } = await test.dispatch(example);
    const reference = attentionForward(toFloat64(example.data.qkv), shape);
    expectClose(out, reference.out, "out");
    expectClose(log_sum_exp, reference.logSumExp, "log_sum_exp");
  });
});

describe("attention_backward_query", () => {
  it.for(shapes)("matches the reference and leaves k and v alone: %o", async (shape, { skip }) => {
    skip(...compilesForMinutes(shape));
    const example = attentionBackwardQueryExample(shape);
    const { d_qkv, delta } = await test.dispatch(example);
    const { qkv, out, d_out } = example.data;
    const reference = attentionBackward(toFloat64(qkv), toFloat64(d_out), shape);
    const { query, keyValue } = split(d_qkv, shape);
    expectClose(query, split(reference, shape).query, "d_q");
    expectClose(delta, attentionDelta(out, d_out, shape.headDim), "delta");
    expect(keyValue.every(Number.isNaN)).toBe(true);
  });
});

describe("attention_backward_key_value", () => {
  it.for(shapes)("matches the reference and leaves q alone: %o", async (shape, { skip }) => {
    skip(...compilesForMinutes(shape));
    const example = attentionBackwardKeyValueExample(shape);
    const { d_qkv } = await test.dispatch(example);
    const { qkv, d_out } = example.data;
    const reference = attentionBackward(toFloat64(qkv), toFloat64(d_out), shape);
    const { query, keyValue } = split(d_qkv, shape);
    expectClose(keyValue, split(reference, shape).keyValue, "d_k and d_v");
    expect(query.every(Number.isNaN)).toBe(true);
  });
});

describe("attention forward, query and key-value passes together", () => {
  const small = attentionShapes.filter(({ batch, context, heads, kvHeads, headDim }) => {
    const elements = batch * context * (heads + 2 * kvHeads) * headDim;
    const products = batch * context ** 2 * heads * headDim;
    return elements > 0 && elements * products < 2e7;
  });
  it.for(small)("have the gradient that finite differences see: %o", async (shape, { skip }) => {
    skip(...compilesForMinutes(shape));
    const { data, params } = attentionBackwardQueryExample(shape);
    const kernels = attentionKernels(shape.headDim);
    const qkv = await test.upload(data.qkv);
    const d_out = await test.upload(data.d_out);
    const d_qkv = await test.upload(data.d_qkv);
    await test.run((recorder) => {
      const out = recorder.temp("out", data.out.length);
      const log_sum_exp = recorder.temp("log_sum_exp", data.delta);
      const delta = recorder.temp("delta", data.delta);
      recorder.dispatch(kernels.forward, { qkv, out, log_sum_exp }, params);
      recorder.dispatch(
        kernels.backwardQuery,
        { qkv, out, log_sum_exp, d_out, delta, d_qkv },
        params,
      );
      recorder.dispatch(
        kernels.backwardKeyValue,
        { qkv, log_sum_exp, delta, d_out, d_qkv },
        params,
      );
    });
    const numeric = finiteDifferences(
      (moved) => innerProduct(attentionForward(moved, shape).out, toFloat64(data.d_out)),
      toFloat64(data.qkv),
    );
    expect(relativeL2(await test.read(d_qkv), numeric)).toBeLessThanOrEqual(1e-4);
  });
});

describe("attention_decode", () => {
  it.for(decodeShapes)("is the last row of the reference: %o", async (shape, { skip }) => {
    skip(...compilesForMinutes(shape));
    const { position, heads, kvHeads, headDim } = shape;
    const example = attentionDecodeExample(shape);
    const { out } = await test.dispatch(example);
    const context = position + 1;
    const seen = example.data.qkv.subarray(0, context * (heads + 2 * kvHeads) * headDim);
    const reference = attentionForward(toFloat64(seen), {
      batch: 1,
      context,
      heads,
      kvHeads,
      headDim,
    });
    expectClose(out, reference.out.subarray(position * heads * headDim));
  });
});
