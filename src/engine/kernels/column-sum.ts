import source from "../../../shaders/column_sum.wgsl?raw";
import { defineKernel } from "../gpu/kernel";

const WORKGROUP = 64;

/** `sums += Σ rows of x`. */
export const columnSum = defineKernel({
  name: "column_sum",
  source,
  bindings: { x: "read", sums: "update" },
  params: { rows: "u32", width4: "u32" },
  constants: { WORKGROUP },
  grid: ({ width4 }) => [Math.ceil(width4 / WORKGROUP), 1, 1],
  cost: ({ rows, width4 }) => ({ flops: 4 * rows * width4, bytes: 16 * rows * width4 }),
});
