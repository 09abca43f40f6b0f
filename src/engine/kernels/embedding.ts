import backwardSource from "../../../shaders/embedding_backward.wgsl?raw";
import forwardSource from "../../../shaders/embedding_forward.wgsl?raw";
import { defineKernel, spread } from "../gpu/kernel";

const WORKGROUP = 64;

/** `out[row] = table[ids[row]]`. */
export const embeddingForward = defineKernel({
  name: "embedding_forward",
  source: forwardSource,
  bindings: { ids: "read", table: "read", out: "write" },
  params: { rows: "u32", width4: "u32" },
  constants: { WORKGROUP },
  grid: ({ rows, width4 }) => spread(Math.ceil((rows * width4) / WORKGROUP)),
  cost: ({ rows, width4 }) => ({ flops: 0, bytes: 4 * rows + 32 * rows * width4 }),
});

/** `d_table[token] += Σ d_out[row]` over the token's rows, which come sorted by token. */
export const embeddingBackward = defineKernel({
  name: "embedding_backward",
  source: backwardSource,
  bindings: { starts: "read", positions: "read", d_out: "read", d_table: "update" },
  params: { vocab: "u32", width4: "u32" },
  constants: { WORKGROUP },
  grid: ({ vocab, width4 }) => spread(Math.ceil((vocab * width4) / WORKGROUP)),
  cost: ({ vocab, width4 }) => ({ flops: 4 * vocab * width4, bytes: 32 * vocab * width4 }),
});

/**
 * Sorts the rows of a batch by token, for `embeddingBackward`.
 * @param ids [rows], each below `starts.length - 1`
 * @param starts [vocab + 1] out: where each token's run starts in `positions`
 * @param positions [rows] out: row numbers, ascending within a token
 */
export function groupRowsByToken(
  ids: Uint32Array,
  starts: Uint32Array,
  positions: Uint32Array,
): void {
  starts.fill(0);
  for (const id of ids) starts[id + 1]! += 1;
  for (let token = 1; token < starts.length; token++) starts[token]! += starts[token - 1]!;
  // Placing rows moves each start to where the next token starts; shifting by one puts them back.
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    positions[starts[id]!] = row;
    starts[id]! += 1;
  }
  starts.copyWithin(1, 0, starts.length - 1);
  starts[0] = 0;
}
