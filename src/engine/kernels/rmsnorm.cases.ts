import { Rng } from "../../lib/rng";
import { rmsNormForward } from "../reference/rms-norm";
import { example, normals, toFloat32, toFloat64 } from "./example";
import { ROWS_PER_BLOCK, rmsnormBackward, rmsnormBackwardGain, rmsnormForward } from "./rmsnorm";

export interface RmsnormShape {
  rows: number;
  /** A multiple of 4. */
  width: number;
  /** Standard deviation of x. At 1e-3, x² is below eps = 1e-5: a wrong eps shows. */
  scale?: number;
}

export const EPS = 1e-5;

export const rmsnormShapes: RmsnormShape[] = [
  { rows: 0, width: 64 },
  { rows: 1, width: 4 },
  { rows: 1, width: 8 },
  { rows: 1, width: 1024 },
  { rows: 2, width: 4 },
  { rows: 3, width: 12 },
  { rows: 4, width: 288 },
  { rows: 5, width: 64 },
  { rows: 7, width: 124 },
  { rows: 13, width: 260 },
  { rows: 17, width: 512 },
  { rows: 31, width: 128 },
  { rows: 32, width: 128 },
  { rows: 33, width: 132 },
  { rows: 64, width: 36 },
  { rows: 65, width: 68 },
  { rows: 97, width: 256 },
  { rows: 128, width: 16 },
  { rows: 129, width: 20 },
  { rows: 6, width: 192, scale: 1e-3 },
  { rows: 33, width: 60, scale: 1e-3 },
  { rows: 9, width: 64, scale: 1e3 },
  { rows: 2, width: 64, scale: 0 },
];

/** One workgroup a row: more rows than WebGPU has workgroups along x. */
export const manyRows: RmsnormShape = { rows: 65_537, width: 4 };
/** 64 vec4 a workgroup and block of rows. */
export const manyColumns: RmsnormShape = { rows: 1, width: 4 * 64 * 65_536 };

function draw({ rows, width, scale = 1 }: RmsnormShape) {
  const rng = new Rng(1);
  const x = normals(rng, rows * width, scale);
  return { rng, x, gain: normals(rng, width) };
}

export function rmsnormForwardExample(shape: RmsnormShape) {
  const { rows, width } = shape;
  const { x, gain } = draw(shape);
  const data = { x, gain, y: rows * width, inverse_rms: rows };
  return example(rmsnormForward, data, { rows, width, eps: EPS });
}

/** What the backward kernels read: x, gain, the forward's inverse root, and a gradient. */
function drawBackward(shape: RmsnormShape) {
  const { rows, width } = shape;
  const { rng, x, gain } = draw(shape);
  const { inverseRms } = rmsNormForward(toFloat64(x), toFloat64(gain), rows, width, EPS);
  return { rng, x, gain, inverse_rms: toFloat32(inverseRms), d_y: normals(rng, rows * width) };
}

export function rmsnormBackwardExample(shape: RmsnormShape) {
  const { rows, width } = shape;
  const { rng, ...data } = drawBackward(shape);
  const d_x = normals(rng, rows * width);
  return example(rmsnormBackward, { ...data, d_x }, { rows, width });
}

export function rmsnormBackwardGainExample(shape: RmsnormShape) {
  const { rows, width } = shape;
  const { x, inverse_rms, d_y } = drawBackward(shape);
  const data = { x, inverse_rms, d_y, partial: Math.ceil(rows / ROWS_PER_BLOCK) * width };
  return example(rmsnormBackwardGain, data, { rows, width4: width / 4 });
}
