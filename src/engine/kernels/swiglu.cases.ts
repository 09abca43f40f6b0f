import { Rng } from "../../lib/rng";
import { example, normals } from "./example";
import { swigluBackward, swigluForward } from "./swiglu";

export interface SwigluShape {
  rows: number;
  /** A multiple of 4. */
  width: number;
  /** Standard deviation of gates. */
  gate?: number;
}

export const swigluShapes: SwigluShape[] = [
  { rows: 0, width: 64 },
  { rows: 1, width: 4 },
  { rows: 1, width: 12 },
  { rows: 1, width: 252 },
  { rows: 1, width: 256 },
  { rows: 1, width: 260 },
  { rows: 2, width: 4 },
  { rows: 2, width: 3076 },
  { rows: 3, width: 20 },
  { rows: 5, width: 172 },
  { rows: 7, width: 344 },
  { rows: 9, width: 768 },
  { rows: 13, width: 68 },
  { rows: 16, width: 64 },
  { rows: 17, width: 60 },
  { rows: 31, width: 128 },
  { rows: 63, width: 8 },
  { rows: 64, width: 4 },
  { rows: 65, width: 4 },
  { rows: 127, width: 12 },
  { rows: 11, width: 36, gate: 10 },
  { rows: 4, width: 64, gate: 100 },
];

/**
 * 65,536 workgroups of 64 vec4: one more than WebGPU has along x. Chosen so that gate_up still fits the 128 MiB
 * that every adapter binds.
 */
export const manyVectors: SwigluShape = { rows: 167_770, width: 100 };

function draw({ rows, width, gate = 1 }: SwigluShape) {
  const rng = new Rng(1);
  const gate_up = normals(rng, rows * 2 * width);
  for (let row = 0; gate !== 1 && row < rows; row++) {
    for (let c = 0; c < width; c++) gate_up[row * 2 * width + c]! *= gate;
  }
  // The very ends, whatever the draw.
  if (gate === 100) gate_up.set([100, -100, 0, -88.8]);
  return { rng, gate_up };
}

export function swigluForwardExample(shape: SwigluShape) {
  const { rows, width } = shape;
  const { gate_up } = draw(shape);
  return example(swigluForward, { gate_up, out: rows * width }, { rows, width4: width / 4 });
}

export function swigluBackwardExample(shape: SwigluShape) {
  const { rows, width } = shape;
  const { rng, gate_up } = draw(shape);
  const d_out = normals(rng, rows * width);
  return example(swigluBackward, { gate_up, d_out }, { rows, width4: width / 4 });
}
