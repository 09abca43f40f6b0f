import keyValueSource from "../../../shaders/attention_backward_key_value.wgsl?raw";
import querySource from "../../../shaders/attention_backward_query.wgsl?raw";
import decodeSource from "../../../shaders/attention_decode.wgsl?raw";
import forwardSource from "../../../shaders/attention_forward.wgsl?raw";
import { type Cost, defineKernel, spread } from "../gpu/kernel";

/** Queries (forward, query gradient) or keys (key-value gradient) of one workgroup. */
const BLOCK = 64;

const params = {
  batch: "u32",
  context: "u32",
  heads: "u32",
  kv_heads: "u32",
  scale: "f32",
} as const;

interface Shape {
  readonly batch: number;
  readonly context: number;
  readonly heads: number;
  readonly kv_heads: number;
}

/** Causal: half of the context² pairs, `products` multiply-adds of head_dim each. */
function pairCost(shape: Shape, headDim: number, products: number): Cost {
  const { batch, context, heads, kv_heads } = shape;
  const rows = batch * context;
  return {
    flops: products * batch * heads * context * (context + 1) * headDim,
    bytes: 4 * rows * headDim * (2 * heads + 2 * kv_heads),
  };
}

function blocks(context: number): number {
  return Math.ceil(context / BLOCK);
}

function makeAttention(headDim: number) {
  const tiles = { HEAD4: headDim / 4 };
  return {
    /** `out` and `log_sum_exp` of packed, rotated `qkv`. */
    forward: defineKernel({
      name: "attention_forward",
      source: forwardSource,
      bindings: { qkv: "read", out: "write", log_sum_exp: "write" },
      params,
      tiles,
      grid: ({ batch, context, heads }) => spread(batch * heads * blocks(context)),
      cost: (shape) => pairCost(shape, headDim, 2),
    }),
    /** The q heads of `d_qkv`, and `delta` for `backwardKeyValue`. */
    backwardQuery: defineKernel({
      name: "attention_backward_query",
      source: querySource,
      bindings: {
        qkv: "read",
        out: "read",
        log_sum_exp: "read",
        d_out: "read",
        delta: "write",
        d_qkv: "write",
      },
      params,
      tiles,
      grid: ({ batch, context, heads }) => spread(batch * heads * blocks(context)),
      cost: (shape) => pairCost(shape, headDim, 3),
    }),
    /** The k and v heads of `d_qkv`. */
    backwardKeyValue: defineKernel({
      name: "attention_backward_key_value",
      source: keyValueSource,
      bindings: { qkv: "read", log_sum_exp: "read", delta: "read", d_out: "read", d_qkv: "write" },
      params,
      tiles,
      grid: ({ batch, context, kv_heads }) => spread(batch * kv_heads * blocks(context)),
      cost: (shape) => pairCost(shape, headDim, 4),
    }),
    /** One new token over a cache of packed rows. */
    decode: defineKernel({
      name: "attention_decode",
      source: decodeSource,
      bindings: { qkv: "read", cursor: "read", out: "write" },
      params: { context: "u32", heads: "u32", kv_heads: "u32", scale: "f32" },
      tiles,
      grid: ({ heads }) => [heads, 1, 1],
      cost: ({ context, heads, kv_heads }) => ({
        flops: 4 * context * heads * headDim,
        bytes: 8 * context * kv_heads * headDim,
      }),
    }),
  };
}

const kernels = new Map<number, ReturnType<typeof makeAttention>>();

/** The attention kernels of a head dimension: a multiple of 4, from 4 to 128. */
export function attentionKernels(headDim: number) {
  let made = kernels.get(headDim);
  if (made === undefined) {
    made = makeAttention(headDim);
    kernels.set(headDim, made);
  }
  return made;
}
