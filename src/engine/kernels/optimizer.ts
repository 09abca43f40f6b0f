import adamwSource from "../../../shaders/adamw.wgsl?raw";
import clipSource from "../../../shaders/gradient_clip.wgsl?raw";
import normSource from "../../../shaders/gradient_norm.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const WORKGROUP = 64;
/** vec4 that one workgroup of `gradientNorm` sums. */
const BLOCK4 = 4096;

export function gradientBlocks(length: number): number {
  return Math.ceil(length / 4 / BLOCK4);
}

/** Sum of squares and non-finite flag of each block of the gradient. */
export const gradientNorm = defineKernel({
  name: "gradient_norm",
  source: normSource,
  bindings: { gradients: "read", partial: "write" },
  params: { length4: "u32" },
  constants: { WORKGROUP, BLOCK4 },
  grid: ({ length4 }) => spread(gradientBlocks(4 * length4)),
  cost: ({ length4 }) => ({ flops: 8 * length4, bytes: 16 * length4 }),
});

/** The global norm, the clip scale and whether the step must be skipped. */
export const gradientClip = defineKernel({
  name: "gradient_clip",
  source: clipSource,
  bindings: { partial: "read", metrics: "update" },
  params: { blocks: "u32", max_norm: "f32" },
  constants: { WORKGROUP },
  grid: () => [1, 1, 1],
  cost: ({ blocks }) => ({ flops: blocks, bytes: 8 * blocks }),
});

/** One AdamW update of all parameters; does nothing where `metrics.skipped` is set. */
export const adamw = defineKernel({
  name: "adamw",
  source: adamwSource,
  bindings: {
    gradients: "read",
    step: "read",
    metrics: "read",
    weights: "update",
    first_moment: "update",
    second_moment: "update",
  },
  params: {
    length4: "u32",
    decayed4: "u32",
    beta1: "f32",
    beta2: "f32",
    epsilon: "f32",
    weight_decay: "f32",
  },
  constants: { WORKGROUP },
  grid: ({ length4 }) => spread(Math.ceil(length4 / WORKGROUP)),
  cost: ({ length4 }) => ({ flops: 60 * length4, bytes: 112 * length4 }),
});
