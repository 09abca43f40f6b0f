import { Rng } from "../../lib/rng";
import { normals, padRows } from "./example";
import { type MatmulEpilogue, type MatmulForm, paddedWidth } from "./matmul";

export interface MatmulShape {
  m: number;
  n: number;
  k: number;
}

/** Around the 8 x 8 tile of a thread, the 64 x 64 of a workgroup and the 16 steps of k between barriers. */
export const matmulShapes: MatmulShape[] = [
  { m: 0, n: 8, k: 8 },
  { m: 8, n: 0, k: 8 },
  { m: 5, n: 6, k: 0 },
  { m: 1, n: 1, k: 1 },
  { m: 1, n: 2, k: 3 },
  { m: 2, n: 1, k: 5 },
  { m: 3, n: 4, k: 4 },
  { m: 7, n: 8, k: 9 },
  { m: 8, n: 7, k: 15 },
  { m: 9, n: 9, k: 16 },
  { m: 1, n: 65, k: 17 },
  { m: 65, n: 1, k: 17 },
  { m: 13, n: 17, k: 31 },
  { m: 16, n: 16, k: 32 },
  { m: 17, n: 15, k: 33 },
  { m: 31, n: 64, k: 12 },
  { m: 63, n: 63, k: 7 },
  { m: 64, n: 64, k: 64 },
  { m: 65, n: 65, k: 65 },
  { m: 66, n: 130, k: 10 },
  { m: 97, n: 61, k: 53 },
  { m: 128, n: 12, k: 48 },
  { m: 5, n: 257, k: 44 },
  { m: 3, n: 5, k: 1021 },
  { m: 64, n: 192, k: 64 },
];

/** Rows and row length of A and B as they lie in memory. */
function operandShapes(form: MatmulForm, { m, n, k }: MatmulShape) {
  return {
    a: form === "tn" ? { rows: k, width: m } : { rows: m, width: k },
    b: form === "nt" ? { rows: n, width: k } : { rows: k, width: n },
  };
}

/**
 * The operands without padding, and as they are uploaded: rows of whole vec4, with NaN between a row's end and its
 * stride.
 */
export function matmulOperands(form: MatmulForm, epilogue: MatmulEpilogue, shape: MatmulShape) {
  const rng = new Rng(1);
  const { a, b } = operandShapes(form, shape);
  const draw = ({ rows, width }: { rows: number; width: number }) => {
    const packed = normals(rng, rows * width);
    return { packed, padded: padRows(packed, width, paddedWidth(width)) };
  };
  const output = { rows: shape.m, width: shape.n };
  return {
    a: draw(a),
    b: draw(b),
    /** What C holds before, or the residual. */
    added: epilogue === "store" ? null : draw(output),
    elements: shape.m * paddedWidth(shape.n),
  };
}
