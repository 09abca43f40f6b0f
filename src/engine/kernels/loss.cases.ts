import { Rng } from "../../lib/rng";
import { defineKernel } from "../gpu/kernel";
import { IGNORED } from "../reference/cross-entropy";
import { example, indices, normals, padRows } from "./example";
import { crossEntropy, lossSum } from "./loss";
import { paddedWidth } from "./matmul";

export interface CrossEntropyShape {
  rows: number;
  vocab: number;
  /** Standard deviation of the logits. */
  scale?: number;
  /** Their mean: a loss must not lose its digits to it. */
  mean?: number;
  /** `some`: every third row has no target. `best`: the target is the largest logit, so losses are small. */
  targets?: "ignored" | "some" | "best";
  /** Elements from one row to the next; else the vocabulary padded to whole vec4. */
  stride?: number;
  /** Threads of a workgroup, where not the usual: software adapters are slow with many. */
  threads?: number;
}

export const crossEntropyShapes: CrossEntropyShape[] = [
  { rows: 0, vocab: 5 },
  { rows: 1, vocab: 1 },
  { rows: 1, vocab: 2 },
  { rows: 2, vocab: 3 },
  { rows: 3, vocab: 4 },
  { rows: 5, vocab: 7 },
  { rows: 7, vocab: 63 },
  { rows: 8, vocab: 64 },
  { rows: 9, vocab: 65 },
  { rows: 13, vocab: 127 },
  { rows: 4, vocab: 128 },
  { rows: 3, vocab: 129 },
  { rows: 64, vocab: 11 },
  { rows: 65, vocab: 300 },
  { rows: 6, vocab: 509 },
  { rows: 2, vocab: 4096 },
  { rows: 1, vocab: 32_000 },
  { rows: 5, vocab: 61, stride: 128 },
  { rows: 17, vocab: 97, targets: "some" },
  { rows: 6, vocab: 33, targets: "ignored" },
  { rows: 12, vocab: 200, scale: 0 },
  { rows: 11, vocab: 131, scale: 30, targets: "some" },
  { rows: 12, vocab: 250, scale: 1e4 },
  { rows: 12, vocab: 250, scale: 1e4, targets: "best" },
  { rows: 12, vocab: 6, targets: "best" },
  { rows: 12, vocab: 250, mean: 1e4 },
  { rows: 12, vocab: 6, mean: -1e4, targets: "best" },
];

/** One workgroup a row: more than WebGPU has along x. */
export const manyRows: CrossEntropyShape = { rows: 65_537, vocab: 3, threads: 4 };

export const LOSS_SCALE = Math.fround(1 / 37);
const STEP = Float32Array.of(Number.NaN, Number.NaN, Number.NaN, LOSS_SCALE);

function drawTargets(rng: Rng, { rows, vocab, targets }: CrossEntropyShape, logits: Float32Array) {
  if (targets === "ignored") return new Uint32Array(rows).fill(IGNORED);
  if (targets === "best") {
    return Uint32Array.from({ length: rows }, (_, row) => {
      const values = logits.subarray(row * vocab, (row + 1) * vocab);
      return values.indexOf(Math.max(...values));
    });
  }
  const drawn = indices(rng, rows, vocab);
  return targets === "some" ? drawn.map((id, row) => (row % 3 === 1 ? IGNORED : id)) : drawn;
}

export function crossEntropyExample(shape: CrossEntropyShape) {
  const { rows, vocab, scale, mean = 0, stride = paddedWidth(vocab), threads } = shape;
  const rng = new Rng(1);
  const packed = normals(rng, rows * vocab, scale).map((logit) => mean + logit);
  const targets = drawTargets(rng, shape, packed);
  const logits = padRows(packed, vocab, stride);
  const data = { targets, step: STEP, logits, losses: rows };
  const kernel = threads
    ? defineKernel({ ...crossEntropy, constants: { WORKGROUP: threads } })
    : crossEntropy;
  return example(kernel, data, { rows, vocab, stride });
}

/** Rows: around the 64 threads of the only workgroup. */
export const lossSumShapes = [
  0, 1, 2, 3, 5, 17, 31, 62, 63, 64, 65, 66, 97, 127, 128, 129, 255, 1000, 1024, 4097, 65_537,
];

export function lossSumExample(rows: number) {
  const losses = normals(new Rng(1), rows).map(Math.abs);
  const metrics = Float32Array.of(0.75, 11, 12, 13);
  return example(lossSum, { losses, step: STEP, metrics }, { rows });
}
