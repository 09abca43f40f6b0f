import type { TokenSource } from "./token-store";
import { bosId } from "./tokenizer/model";

/**
 * Nats a token of the best guess that knows only how often each token occurs: what a model must beat
 * to have learned anything from context. BOS is not predicted and does not count.
 */
export function unigramEntropy(tokens: TokenSource): number {
  const counts = new Float64Array(65_536);
  let total = 0;
  const part = new Uint16Array(65_536);
  for (let at = 0; at < tokens.length; ) {
    const length = tokens.read(at, part);
    for (const token of part.subarray(0, length)) {
      if (token === bosId) continue;
      counts[token]! += 1;
      total += 1;
    }
    at += length;
  }
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / total) * Math.log(count / total);
  }
  return entropy;
}
