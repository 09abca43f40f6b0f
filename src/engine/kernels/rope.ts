import source from "../../../shaders/rope.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const WORKGROUP = 64;

/**
 * Rotates the q and k heads of packed qkv rows in place; `direction` -1 is the backward.
 * `cursor[0]` is the first row; a row's position is its index modulo `context`.
 */
export const rope = defineKernel({
  name: "rope",
  source,
  bindings: { cosine: "read", sine: "read", cursor: "read", qkv: "update" },
  params: {
    rows: "u32",
    context: "u32",
    heads: "u32",
    half: "u32",
    row_stride: "u32",
    direction: "f32",
  },
  constants: { WORKGROUP },
  grid: ({ rows, heads, half }) => spread(Math.ceil((rows * heads * half) / WORKGROUP)),
  cost: ({ rows, heads, half }) => ({
    flops: 6 * rows * heads * half,
    bytes: 16 * rows * heads * half,
  }),
});

/**
 * Cosines and sines of `position * theta^(-2 j / headDim)`, each [context, headDim / 2].
 * In float64 and rounded once: WGSL's own sin and cos promise only 2⁻¹¹.
 */
export function ropeTables(
  context: number,
  headDim: number,
  theta: number,
): { cosine: Float32Array<ArrayBuffer>; sine: Float32Array<ArrayBuffer> } {
  const half = headDim / 2;
  const cosine = new Float32Array(context * half);
  const sine = new Float32Array(context * half);
  for (let position = 0; position < context; position++) {
    for (let j = 0; j < half; j++) {
      const angle = position * theta ** ((-2 * j) / headDim);
      cosine[position * half + j] = Math.cos(angle);
      sine[position * half + j] = Math.sin(angle);
    }
  }
  return { cosine, sine };
}
