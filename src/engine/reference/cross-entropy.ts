/** A target that is not predicted: no loss, no gradient. Hugging Face writes −100. */
export const IGNORED = 0xffffffff;

/**
 * losses[r] = log Σ_v exp(logits[r,v]) − logits[r,targets[r]] in nats;
 * dLogits[r,v] = (softmax(logits[r])[v] − [v = targets[r]]) · scale. Both 0 for ignored rows.
 *
 * `logits` is [rows, vocab], `targets` [rows]. `scale` is 1 / predicted tokens of the whole
 * optimizer step. Returns losses [rows] (not scaled) and dLogits [rows, vocab].
 */
export function crossEntropy(
  logits: Float64Array,
  targets: Uint32Array,
  rows: number,
  vocab: number,
  scale: number,
): { losses: Float64Array; dLogits: Float64Array } {
  const losses = new Float64Array(rows);
  const dLogits = new Float64Array(rows * vocab);
  for (let r = 0; r < rows; r++) {
    const target = targets[r]!;
    if (target === IGNORED) continue;
    const row = logits.subarray(r * vocab, (r + 1) * vocab);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const sum = row.reduce((a, b) => a + Math.exp(b - largest), 0);
    const logSumExp = largest + Math.log(sum);
    losses[r] = logSumExp - row[target]!;
    for (let v = 0; v < vocab; v++) {
      const probability = Math.exp(row[v]! - logSumExp);
      dLogits[r * vocab + v] = (probability - (v === target ? 1 : 0)) * scale;
    }
  }
  return { losses, dLogits };
}
