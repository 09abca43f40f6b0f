import { boundary } from "./characters";
import type { Words } from "./word-counter";

/**
 * The characters that get a piece: the most frequent ones (ties: lower code point first) until they
 * make up `coverage` of the text. SentencePiece's `TrainerInterface::LoadSentences`, with its float32
 * comparison.
 *
 * @returns code points, the most frequent first
 */
export function chooseAlphabet(words: Words, coverage: number): number[] {
  const counts = new Map<number, number>();
  let total = 0;
  for (let word = 0; word < words.counts.length; word++) {
    const count = words.counts[word]!;
    for (let i = words.starts[word]!; i < words.starts[word + 1]!; i++) {
      const codePoint = words.codePoints[i]!;
      counts.set(codePoint, (counts.get(codePoint) ?? 0) + count);
      total += count;
    }
  }
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const alphabet: number[] = [];
  let covered = 0;
  for (const [codePoint, count] of byCount) {
    if (Math.fround(covered / total) >= Math.fround(coverage)) break;
    covered += count;
    if (codePoint !== boundary) alphabet.push(codePoint);
  }
  return alphabet;
}
