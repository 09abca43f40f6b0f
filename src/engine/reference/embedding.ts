/** out[r,:] = table[ids[r],:]. `table` is [vocab, width]; returns [ids.length, width]. */
export function embeddingForward(
  ids: Uint32Array,
  table: Float64Array,
  width: number,
): Float64Array {
  const out = new Float64Array(ids.length * width);
  ids.forEach((id, row) => {
    out.set(table.subarray(id * width, (id + 1) * width), row * width);
  });
  return out;
}

/** dTable[v,:] = Σ over rows r with ids[r] = v of dOut[r,:]. Returns [vocab, width]. */
export function embeddingBackward(
  ids: Uint32Array,
  dOut: Float64Array,
  vocab: number,
  width: number,
): Float64Array {
  const dTable = new Float64Array(vocab * width);
  ids.forEach((id, row) => {
    for (let c = 0; c < width; c++) dTable[id * width + c]! += dOut[row * width + c]!;
  });
  return dTable;
}
