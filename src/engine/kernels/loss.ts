import crossEntropySource from "../../../shaders/cross_entropy.wgsl?raw";
import lossSumSource from "../../../shaders/loss_sum.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const WORKGROUP = 64;

/** Losses in nats per row; the logits are replaced by their gradient. Target 0xFFFFFFFF is ignored. */
export const crossEntropy = defineKernel({
  name: "cross_entropy",
  source: crossEntropySource,
  bindings: { targets: "read", step: "read", logits: "update", losses: "write" },
  params: { rows: "u32", vocab: "u32", stride: "u32" },
  constants: { WORKGROUP },
  grid: ({ rows }) => spread(rows),
  cost: ({ rows, vocab }) => ({ flops: 8 * rows * vocab, bytes: 16 * rows * vocab }),
});

/** `metrics.loss += loss_scale * Σ losses`. */
export const lossSum = defineKernel({
  name: "loss_sum",
  source: lossSumSource,
  bindings: { losses: "read", step: "read", metrics: "update" },
  params: { rows: "u32" },
  constants: { WORKGROUP },
  grid: () => [1, 1, 1],
  cost: ({ rows }) => ({ flops: rows, bytes: 4 * rows }),
});
