import backwardSource from "../../../shaders/rmsnorm_backward.wgsl?raw";
import gainSource from "../../../shaders/rmsnorm_backward_gain.wgsl?raw";
import forwardSource from "../../../shaders/rmsnorm_forward.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const ROW_WORKGROUP = 32;
const GAIN_WORKGROUP = 64;
/** Rows that one thread of `rmsnormBackwardGain` adds up. */
export const ROWS_PER_BLOCK = 32;

/** `y = x * gain / sqrt(mean(x²) + eps)`; keeps the inverse root for the backward. */
export const rmsnormForward = defineKernel({
  name: "rmsnorm_forward",
  source: forwardSource,
  bindings: { x: "read", gain: "read", y: "write", inverse_rms: "write" },
  params: { rows: "u32", width: "u32", eps: "f32" },
  constants: { WORKGROUP: ROW_WORKGROUP },
  grid: ({ rows }) => spread(rows),
  cost: ({ rows, width }) => ({ flops: 4 * rows * width, bytes: 8 * rows * width }),
});

/** Adds the input gradient to `d_x`. */
export const rmsnormBackward = defineKernel({
  name: "rmsnorm_backward",
  source: backwardSource,
  bindings: { x: "read", gain: "read", inverse_rms: "read", d_y: "read", d_x: "update" },
  params: { rows: "u32", width: "u32" },
  constants: { WORKGROUP: ROW_WORKGROUP },
  grid: ({ rows }) => spread(rows),
  cost: ({ rows, width }) => ({ flops: 9 * rows * width, bytes: 16 * rows * width }),
});

/** The gain's gradient, summed over each block of `ROWS_PER_BLOCK` rows; `columnSum` does the rest. */
export const rmsnormBackwardGain = defineKernel({
  name: "rmsnorm_backward_gain",
  source: gainSource,
  bindings: { x: "read", inverse_rms: "read", d_y: "read", partial: "write" },
  params: { rows: "u32", width4: "u32" },
  constants: { WORKGROUP: GAIN_WORKGROUP, ROWS_PER_BLOCK },
  grid: ({ rows, width4 }) =>
    spread(Math.ceil((Math.ceil(rows / ROWS_PER_BLOCK) * width4) / GAIN_WORKGROUP)),
  cost: ({ rows, width4 }) => ({ flops: 12 * rows * width4, bytes: 32 * rows * width4 }),
});
