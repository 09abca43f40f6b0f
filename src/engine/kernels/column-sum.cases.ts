import { Rng } from "../../lib/rng";
import { columnSum } from "./column-sum";
import { example, normals } from "./example";

export interface ColumnSumShape {
  rows: number;
  /** A multiple of 4. */
  width: number;
}

export const columnSumShapes: ColumnSumShape[] = [
  { rows: 0, width: 4 },
  { rows: 0, width: 260 },
  { rows: 1, width: 4 },
  { rows: 1, width: 8 },
  { rows: 2, width: 252 },
  { rows: 3, width: 256 },
  { rows: 5, width: 260 },
  { rows: 7, width: 12 },
  { rows: 8, width: 64 },
  { rows: 11, width: 128 },
  { rows: 13, width: 288 },
  { rows: 16, width: 20 },
  { rows: 17, width: 512 },
  { rows: 31, width: 36 },
  { rows: 64, width: 16 },
  { rows: 65, width: 68 },
  { rows: 97, width: 4 },
  { rows: 128, width: 60 },
  { rows: 251, width: 28 },
  { rows: 1000, width: 4 },
  { rows: 2, width: 4100 },
  { rows: 4099, width: 8 },
];

export function columnSumExample({ rows, width }: ColumnSumShape) {
  const rng = new Rng(1);
  const data = { x: normals(rng, rows * width), sums: normals(rng, width) };
  return example(columnSum, data, { rows, width4: width / 4 });
}
