import { bosId } from "./tokenizer/model";

/**
 * Nats a token of the best guess that knows only how often each token occurs: what a model must beat
 * to have learned anything from context. BOS is not predicted and does not count.
 */
export function unigramEntropy(tokens: Uint16Array): number {
  const counts = new Float64Array(65_536);
  let total = 0;
  for (const token of tokens) {
    if (token === bosId) continue;
    counts[token]! += 1;
    total += 1;
  }
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / total) * Math.log(count / total);
  }
  return entropy;
}
