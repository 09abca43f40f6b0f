import backwardSource from "../../../shaders/swiglu_backward.wgsl?raw";
import forwardSource from "../../../shaders/swiglu_forward.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const WORKGROUP = 64;

/** `out = silu(gate) * up`; gate and up lie side by side in `gate_up` [rows, 2 width]. */
export const swigluForward = defineKernel({
  name: "swiglu_forward",
  source: forwardSource,
  bindings: { gate_up: "read", out: "write" },
  params: { rows: "u32", width4: "u32" },
  constants: { WORKGROUP },
  grid: ({ rows, width4 }) => spread(Math.ceil((rows * width4) / WORKGROUP)),
  cost: ({ rows, width4 }) => ({ flops: 20 * rows * width4, bytes: 48 * rows * width4 }),
});

/** Puts the gradients of gate and up in their places. */
export const swigluBackward = defineKernel({
  name: "swiglu_backward",
  source: backwardSource,
  bindings: { d_out: "read", gate_up: "update" },
  params: { rows: "u32", width4: "u32" },
  constants: { WORKGROUP },
  grid: ({ rows, width4 }) => spread(Math.ceil((rows * width4) / WORKGROUP)),
  cost: ({ rows, width4 }) => ({ flops: 44 * rows * width4, bytes: 80 * rows * width4 }),
});
