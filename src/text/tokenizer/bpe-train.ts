import { problem } from "../../lib/errors";
import { Pace } from "../../lib/pace";
import type { Corpus, TextProgress, TextWork } from "../corpus";
import { chooseAlphabet } from "./alphabet";
import { llamaNormalizer, llamaTrainer, metaPieces, type TokenizerModel } from "./model";
import { PairHeap } from "./pair-heap";
import { PairTable } from "./pair-table";
import { Symbols } from "./symbols";
import { WordCounter, type Words } from "./word-counter";

/** Token ids are stored in 16 bits. */
const maxVocabSize = 2 ** 16;
/**
 * A pair seen once is not merged: its piece would only ever stand for that one place. SentencePiece
 * goes on, down to pairs that do not occur at all.
 */
const minimumCount = 2;
/** Between two looks at the clock. */
const wordsBetweenLooks = 4096;

export interface TrainedTokenizer {
  model: TokenizerModel;
  /** Lines left out, wholly or in part: see `WordCounter`. */
  skippedLines: number;
}

/**
 * Trains a byte-fallback BPE tokenizer on the training stories of a corpus: the pieces, in order, of
 * SentencePiece ≥ 0.1.99 with LLaMA's settings, trained on the lines of those stories. The vocabulary
 * is smaller than asked for when no pair is left that occurs twice.
 *
 * @throws `vocabulary-too-small`, `config-invalid` (more than 65,536), `cancelled`
 */
export async function trainBpe(
  corpus: Corpus,
  vocabSize: number,
  options: TextWork = {},
): Promise<TrainedTokenizer> {
  const pace = new Pace("Training the tokenizer", options);
  const counter = new WordCounter(llamaTrainer.max_sentence_length);
  const total = corpus.summary.bytes;
  for await (const { stories, bytesRead } of corpus.batches()) {
    for (const { bytes, heldOut } of stories) {
      if (heldOut) continue;
      counter.add(bytes);
      if (pace.due) await pace.breathe({ phase: "counting", done: bytesRead, total });
    }
    if (pace.due) await pace.breathe({ phase: "counting", done: bytesRead, total });
  }
  const model = await trainOnWords(counter.words(), vocabSize, pace);
  return { model, skippedLines: counter.skippedLines };
}

/** `trainBpe` when the words are counted. */
export async function trainOnWords(
  words: Words,
  vocabSize: number,
  pace: Pace<TextProgress>,
): Promise<TokenizerModel> {
  if (vocabSize > maxVocabSize) {
    const rule = "token ids have 16 bits, so 65,536 is the most";
    throw problem("config-invalid", { field: "vocab_size", value: vocabSize, rule });
  }
  const alphabet = chooseAlphabet(words, llamaTrainer.character_coverage);
  const minimum = metaPieces.length + alphabet.length;
  if (vocabSize < minimum) {
    throw problem("vocabulary-too-small", { requested: vocabSize, minimum });
  }
  const merger = await Merger.create(words, alphabet, vocabSize, pace);
  const learned = await merger.run(vocabSize - minimum, pace);
  const characters = alphabet.map((codePoint) => String.fromCodePoint(codePoint));
  const normal = [...learned, ...characters].map((piece, index) => ({
    piece,
    score: -index,
    type: "normal" as const,
  }));
  const pieces = [...metaPieces, ...normal];
  return {
    pieces,
    trainer: { ...llamaTrainer, vocab_size: pieces.length },
    normalizer: llamaNormalizer,
  };
}

/** Marks in `Merger.symbolAt` where no symbol is: a character outside the alphabet, the end of a word. */
const gap = -1;
/** … and where a symbol goes on that starts further left. */
const inside = -2;

/** The words as symbols, and the merging of pairs in them. */
class Merger {
  private readonly symbols: Symbols;
  private readonly pairs: PairTable;
  private readonly heap: PairHeap;
  /** One place per character of each word, and a gap before and after each word. */
  private readonly symbolAt: Int32Array;
  /** At the last place of a symbol: its first place. */
  private readonly startOf: Int32Array;
  private readonly wordAt: Int32Array;
  private readonly wordCounts: Float64Array;
  private newPairs: number[] = [];

  private constructor(words: Words, symbols: Symbols) {
    const places = words.codePoints.length + words.counts.length + 1;
    this.symbols = symbols;
    this.symbolAt = new Int32Array(places).fill(gap);
    this.startOf = new Int32Array(places);
    this.wordAt = new Int32Array(places);
    this.wordCounts = words.counts;
    this.pairs = new PairTable(symbols, places);
    this.heap = new PairHeap(this.pairs, symbols);
  }

  static async create(
    words: Words,
    alphabet: number[],
    vocabSize: number,
    pace: Pace<TextProgress>,
  ): Promise<Merger> {
    const symbols = new Symbols(vocabSize);
    const symbolOf = new Map(alphabet.map((char) => [char, symbols.addCharacter(char)]));
    const merger = new Merger(words, symbols);
    let place = 1;
    for (let word = 0; word < words.counts.length; word++) {
      const end = words.starts[word + 1]!;
      for (let i = words.starts[word]!; i < end; i++) {
        merger.symbolAt[place] = symbolOf.get(words.codePoints[i]!) ?? gap;
        merger.startOf[place] = place;
        merger.wordAt[place] = word;
        merger.countPair(place - 1, place);
        place++;
      }
      place++;
      if (word % wordsBetweenLooks === 0 && pace.due) {
        await pace.breathe({ phase: "merging", done: 0, total: vocabSize });
      }
    }
    merger.pushNewPairs();
    return merger;
  }

  /** @returns the texts of at most `wanted` merged pieces, in the order of their merges */
  async run(wanted: number, pace: Pace<TextProgress>): Promise<string[]> {
    const made = new Set<string>();
    while (made.size < wanted) {
      if (pace.due) await pace.breathe({ phase: "merging", done: made.size, total: wanted });
      const pair = this.heap.pop(minimumCount);
      if (pair < 0) break;
      this.pairs.close(pair);
      const [left, right] = [this.pairs.left[pair]!, this.pairs.right[pair]!];
      // As SentencePiece does: a pair that gives a text for the second time is dropped, never merged.
      const text = this.symbols.textOf(left) + this.symbols.textOf(right);
      if (made.has(text)) continue;
      made.add(text);
      this.merge(pair, this.symbols.addMerge(left, right));
    }
    return [...made];
  }

  /** Joins all places of a pair, from left to right. */
  private merge(pair: number, merged: number): void {
    const { symbolAt, startOf, wordAt, wordCounts, pairs } = this;
    const [left, right] = [pairs.left[pair]!, pairs.right[pair]!];
    const leftLength = this.symbols.lengths[left]!;
    const length = leftLength + this.symbols.lengths[right]!;
    for (let entry = pairs.heads[pair]!; entry >= 0; entry = pairs.next[entry]!) {
      const place = pairs.positions[entry]!;
      // Stale: one of the two went into another merge, or into this one a place earlier ("aaa").
      if (symbolAt[place] !== left || symbolAt[place + leftLength] !== right) continue;
      const count = wordCounts[wordAt[place]!]!;
      symbolAt[place] = merged;
      symbolAt[place + leftLength] = inside;
      startOf[place + length - 1] = place;
      if (symbolAt[place - 1] !== gap) {
        const previous = startOf[place - 1]!;
        this.uncountPair(symbolAt[previous]!, left, count);
        this.countPair(previous, place);
      }
      const following = symbolAt[place + length]!;
      if (following !== gap) {
        this.uncountPair(right, following, count);
        this.countPair(place, place + length);
      }
    }
    this.pushNewPairs();
  }

  /** Counts the symbols that start at two places as neighbours once more. */
  private countPair(leftPlace: number, rightPlace: number): void {
    const left = this.symbolAt[leftPlace]!;
    const right = this.symbolAt[rightPlace]!;
    if (left < 0 || right < 0) return;
    const { pairs } = this;
    const pair = pairs.find(left, right);
    if (!pairs.isOpen(pair)) return;
    if (pairs.heads[pair]! < 0) this.newPairs.push(pair);
    pairs.counts[pair]! += this.wordCounts[this.wordAt[rightPlace]!]!;
    pairs.addPosition(pair, leftPlace);
  }

  private uncountPair(left: number, right: number, count: number): void {
    const pair = this.pairs.find(left, right);
    this.pairs.counts[pair]! -= count;
  }

  private pushNewPairs(): void {
    for (const pair of this.newPairs) {
      if (this.pairs.counts[pair]! >= minimumCount) this.heap.push(pair);
    }
    this.newPairs = [];
  }
}
