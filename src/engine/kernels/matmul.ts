import registerSource from "../../../shaders/matmul_register.wgsl?raw";
import tiledSource from "../../../shaders/matmul_tiled.wgsl?raw";
import { type Cost, defineKernel, type Grid } from "../gpu/kernel";
import type { Recorder } from "../gpu/plan";
import type { Tensor } from "../gpu/tensor";

/**
 * `nt`: A [m, k], B [n, k] (a linear layer); `nn`: A [m, k], B [k, n] (its input gradient);
 * `tn`: A [k, m], B [k, n] (its weight gradient).
 */
export type MatmulForm = "nt" | "nn" | "tn";
export type MatmulEpilogue = "store" | "accumulate" | "residual";
/** `register` is for software adapters, where barriers are ruinous; `tiled` for GPUs. */
export type MatmulStyle = "register" | "tiled";

const FORMS: Record<MatmulForm, number> = { nt: 0, nn: 1, tn: 2 };
const EPILOGUES: Record<MatmulEpilogue, number> = { store: 0, accumulate: 1, residual: 2 };
/** Rows and columns of C that one workgroup makes, in both styles. */
const WORKGROUP_SIDE = 64;

interface Shape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function grid({ m, n }: Shape): Grid {
  return [Math.ceil(n / WORKGROUP_SIDE), Math.ceil(m / WORKGROUP_SIDE), 1];
}

function cost({ m, n, k }: Shape): Cost {
  return { flops: 2 * m * n * k, bytes: 4 * (m * k + n * k + m * n) };
}

function makeMatmul(style: MatmulStyle, form: MatmulForm, epilogue: MatmulEpilogue) {
  return defineKernel({
    name: `matmul_${style}`,
    source: style === "register" ? registerSource : tiledSource,
    bindings: { a: "read", b: "read", residual: "read", c: "update" },
    params: {
      m: "u32",
      n: "u32",
      k: "u32",
      a_stride4: "u32",
      b_stride4: "u32",
      c_stride4: "u32",
    },
    tiles: { FORM: FORMS[form], EPILOGUE: EPILOGUES[epilogue] },
    grid,
    cost,
  });
}

const kernels = new Map<string, ReturnType<typeof makeMatmul>>();

export function matmulKernel(style: MatmulStyle, form: MatmulForm, epilogue: MatmulEpilogue) {
  const key = `${style} ${form} ${epilogue}`;
  let kernel = kernels.get(key);
  if (kernel === undefined) {
    kernel = makeMatmul(style, form, epilogue);
    kernels.set(key, kernel);
  }
  return kernel;
}

/** Elements of a row that kernels read in vec4: a stride of whole vec4. */
export function paddedWidth(width: number): number {
  return 4 * Math.ceil(width / 4);
}

export interface MatmulOperands extends Shape {
  a: Tensor;
  b: Tensor;
  c: Tensor;
  /** Adds this to the product; [m, n]. */
  residual?: Tensor;
  /** Adds the product to C instead of storing it. */
  accumulate?: boolean;
}

/** Records C = op(A) op(B). Each operand's row stride is its row length padded to whole vec4. */
export function recordMatmul(
  recorder: Recorder,
  style: MatmulStyle,
  form: MatmulForm,
  { a, b, c, m, n, k, residual, accumulate }: MatmulOperands,
): void {
  const epilogue = residual ? "residual" : accumulate ? "accumulate" : "store";
  const stride4 = (width: number) => paddedWidth(width) / 4;
  recorder.dispatch(
    matmulKernel(style, form, epilogue),
    // The binding must hold something even where the epilogue does not read it.
    { a, b, residual: residual ?? a, c },
    {
      m,
      n,
      k,
      a_stride4: stride4(form === "tn" ? m : k),
      b_stride4: stride4(form === "nt" ? k : n),
      c_stride4: stride4(n),
    },
  );
}
