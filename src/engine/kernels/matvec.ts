import source from "../../../shaders/matvec.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

/** Outputs of one workgroup. */
const ROWS = 8;

function makeMatvec(epilogue: number) {
  return defineKernel({
    name: "matvec",
    source,
    bindings: { w: "read", x: "read", residual: "read", cursor: "read", y: "write" },
    params: { n: "u32", k4: "u32", x_row4: "u32", y_row: "u32" },
    tiles: { EPILOGUE: epilogue },
    grid: ({ n }) => spread(Math.ceil(n / ROWS)),
    cost: ({ n, k4 }) => ({ flops: 8 * n * k4, bytes: 16 * n * k4 }),
  });
}

/** `y = w x` for one token; rows of `x` and `y` may be chosen by `cursor[0]`. */
export const matvec = makeMatvec(0);

/** `y = residual + w x`. */
export const matvecResidual = makeMatvec(2);
