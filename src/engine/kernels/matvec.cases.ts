import { Rng } from "../../lib/rng";
import { example, normals } from "./example";
import { matvec, matvecResidual } from "./matvec";

export interface MatvecShape {
  n: number;
  /** A multiple of 4. */
  k: number;
  cursor?: number;
  /** Elements from one position to the next in x, a multiple of 4; 0: x is one row. */
  xRow?: number;
  /** The same for y, any number. */
  yRow?: number;
}

export const matvecShapes: MatvecShape[] = [
  { n: 0, k: 8 },
  { n: 1, k: 4 },
  { n: 2, k: 8 },
  { n: 3, k: 28 },
  { n: 7, k: 32 },
  { n: 8, k: 36 },
  { n: 9, k: 64 },
  { n: 13, k: 124 },
  { n: 16, k: 128 },
  { n: 17, k: 4 },
  { n: 64, k: 256 },
  { n: 65, k: 260 },
  { n: 97, k: 288 },
  { n: 192, k: 64 },
  { n: 344, k: 64 },
  { n: 64, k: 172 },
  { n: 513, k: 64 },
  { n: 1021, k: 20 },
  { n: 5, k: 3076 },
  { n: 31, k: 12, cursor: 5 },
  { n: 31, k: 12, cursor: 3, xRow: 12 },
  { n: 29, k: 16, cursor: 7, yRow: 29 },
  { n: 24, k: 16, cursor: 2, xRow: 64, yRow: 40 },
  { n: 192, k: 64, cursor: 63, yRow: 192 },
];

/** More than 65,535 workgroups of 8 outputs. */
export const manyOutputs: MatvecShape = { n: 524_289, k: 4 };

export function matvecExample(shape: MatvecShape, epilogue: "store" | "residual") {
  const { n, k, cursor = 0, xRow = 0, yRow = 0 } = shape;
  const rng = new Rng(1);
  const x = new Float32Array((xRow === 0 ? 1 : cursor + 2) * Math.max(k, xRow)).fill(Number.NaN);
  x.set(normals(rng, k), cursor * xRow);
  const data = {
    w: normals(rng, n * k),
    x,
    residual: epilogue === "residual" ? normals(rng, n) : new Float32Array(0),
    cursor: Uint32Array.of(cursor),
    y: (yRow === 0 ? 1 : cursor + 2) * Math.max(n, yRow),
  };
  const kernel = epilogue === "residual" ? matvecResidual : matvec;
  return example(kernel, data, { n, k4: k / 4, x_row4: xRow / 4, y_row: yRow });
}
