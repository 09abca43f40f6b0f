import { Rng } from "../../lib/rng";
import { embeddingBackward, embeddingForward, groupRowsByToken } from "./embedding";
import { example, indices, normals } from "./example";

export interface EmbeddingShape {
  rows: number;
  vocab: number;
  /** A multiple of 4. */
  width: number;
  /** All rows hold the last token: the longest sum, and all others empty. */
  sameToken?: boolean;
}

export const embeddingShapes: EmbeddingShape[] = [
  { rows: 0, vocab: 5, width: 8 },
  { rows: 1, vocab: 1, width: 4 },
  { rows: 1, vocab: 7, width: 256 },
  { rows: 2, vocab: 3, width: 12 },
  { rows: 3, vocab: 512, width: 64 },
  { rows: 5, vocab: 1, width: 60 },
  { rows: 7, vocab: 11, width: 288 },
  { rows: 15, vocab: 2, width: 16 },
  { rows: 16, vocab: 97, width: 16 },
  { rows: 17, vocab: 513, width: 20 },
  { rows: 31, vocab: 64, width: 4 },
  { rows: 63, vocab: 65, width: 8 },
  { rows: 64, vocab: 63, width: 4 },
  { rows: 65, vocab: 64, width: 4 },
  { rows: 127, vocab: 300, width: 36 },
  { rows: 128, vocab: 131, width: 128 },
  { rows: 129, vocab: 2048, width: 12 },
  { rows: 257, vocab: 17, width: 68 },
  { rows: 1000, vocab: 5, width: 4 },
  { rows: 1021, vocab: 1023, width: 28 },
  { rows: 500, vocab: 9, width: 44, sameToken: true },
];

/** More than 65,535 workgroups of 64 vec4: by rows for the forward, by vocabulary for the backward. */
export const manyRows: EmbeddingShape = { rows: 1_048_577, vocab: 7, width: 16 };
export const manyTokens: EmbeddingShape = { rows: 300, vocab: 1_048_577, width: 16 };

function drawIds(rng: Rng, { rows, vocab, sameToken }: EmbeddingShape) {
  return sameToken ? new Uint32Array(rows).fill(vocab - 1) : indices(rng, rows, vocab);
}

export function embeddingForwardExample(shape: EmbeddingShape) {
  const { rows, vocab, width } = shape;
  const rng = new Rng(1);
  const ids = drawIds(rng, shape);
  const table = normals(rng, vocab * width);
  return example(embeddingForward, { ids, table, out: rows * width }, { rows, width4: width / 4 });
}

/** Also returns the ids that `starts` and `positions` were made of. */
export function embeddingBackwardExample(shape: EmbeddingShape) {
  const { rows, vocab, width } = shape;
  const rng = new Rng(1);
  const ids = drawIds(rng, shape);
  const starts = new Uint32Array(vocab + 1);
  const positions = new Uint32Array(rows);
  groupRowsByToken(ids, starts, positions);
  const d_out = normals(rng, rows * width);
  const d_table = normals(rng, vocab * width);
  const data = { starts, positions, d_out, d_table };
  return { ids, ...example(embeddingBackward, data, { vocab, width4: width / 4 }) };
}
