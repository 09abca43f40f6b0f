import { characterBytes, codePointAt } from "../utf8";
import { wordStart } from "./characters";
import { MergeRules } from "./merge-rules";
import type { TokenizerModel } from "./model";
import { WordMerger } from "./word-merger";
import { spaceBytes, WordTable } from "./word-table";

const newline = 0x0a;
/** Longer words are rare and not kept. */
const maxCachedWordBytes = 256;
/** When the cache holds this many words, it is emptied and filled anew. 200 MB of English have fewer. */
const maxCachedWords = 2 ** 18;

/**
 * Encodes text with a byte-fallback BPE model: the ids are those of SentencePiece.
 *
 * No piece of a supported model has a `▁` after another character, so a word (a run of `▁` and what
 * follows) is encoded the same wherever it stands, and its ids are kept. A line feed is in no piece
 * either: it is its byte piece and ends the word.
 */
export class BpeEncoder {
  private readonly rules: MergeRules;
  private readonly merger: WordMerger;
  private readonly cache = new WordTable();
  /** The ids of cached word w are cachedIds[cachedStarts[w], cachedStarts[w + 1]). */
  private cachedIds = new Uint16Array(1 << 15);
  private cachedStarts = new Int32Array(1 << 12);
  private output = new Uint16Array(1 << 12);
  private outputLength = 0;
  private readonly textEncoder = new TextEncoder();

  /** @throws `tokenizer-unsupported` */
  constructor(model: TokenizerModel) {
    this.rules = new MergeRules(model);
    this.merger = new WordMerger(this.rules);
  }

  /**
   * @param text valid UTF-8
   * @returns ids without BOS and EOS: a view that is valid until the next call
   */
  encode(text: Uint8Array): Uint16Array {
    this.outputLength = 0;
    // The dummy prefix.
    let spaces = 1;
    for (let at = 0; at < text.length; ) {
      for (let n = spaceBytes(text, at); n > 0; n = spaceBytes(text, at)) {
        spaces++;
        at += n;
      }
      const start = at;
      while (at < text.length && text[at] !== newline && spaceBytes(text, at) === 0) at++;
      if (spaces > 0 || at > start) this.word(text, start, at, spaces);
      spaces = 0;
      if (text[at] === newline) {
        this.emit(this.rules.byteIds[newline]!);
        at++;
      }
    }
    return this.output.subarray(0, this.outputLength);
  }

  /** As `encode`, for a string; a lone surrogate counts as U+FFFD. */
  encodeString(text: string): number[] {
    return [...this.encode(this.textEncoder.encode(text))];
  }

  private word(text: Uint8Array, from: number, to: number, spaces: number): void {
    if (to - from + spaces > maxCachedWordBytes) {
      this.mergeWord(text, from, to, spaces);
      return;
    }
    if (this.cache.size === maxCachedWords) this.cache.clear();
    const known = this.cache.size;
    const word = this.cache.intern(text, from, to, spaces, Number.POSITIVE_INFINITY);
    if (word === known) this.remember(word, text, from, to, spaces);
    else {
      const end = this.cachedStarts[word + 1]!;
      this.room(end - this.cachedStarts[word]!);
      const { output, cachedIds } = this;
      for (let i = this.cachedStarts[word]!; i < end; i++) {
        output[this.outputLength++] = cachedIds[i]!;
      }
    }
  }

  private remember(word: number, text: Uint8Array, from: number, to: number, spaces: number): void {
    const before = this.outputLength;
    this.mergeWord(text, from, to, spaces);
    const ids = this.output.subarray(before, this.outputLength);
    if (word + 1 >= this.cachedStarts.length) {
      const larger = new Int32Array(2 * this.cachedStarts.length);
      larger.set(this.cachedStarts);
      this.cachedStarts = larger;
    }
    const start = this.cachedStarts[word]!;
    const end = start + ids.length;
    if (end > this.cachedIds.length) {
      const larger = new Uint16Array(2 * end);
      larger.set(this.cachedIds);
      this.cachedIds = larger;
    }
    this.cachedIds.set(ids, start);
    this.cachedStarts[word + 1] = end;
  }

  private mergeWord(text: Uint8Array, from: number, to: number, spaces: number): void {
    const codePoints = new Array<number>(spaces).fill(wordStart);
    for (let at = from; at < to; at += characterBytes(text[at]!)) {
      codePoints.push(codePointAt(text, at));
    }
    const symbols = codePoints.map((codePoint) => this.rules.characterSymbol(codePoint));
    this.merger.merge(symbols, (symbol, index) => {
      if (this.rules.isPiece(symbol)) this.emit(symbol);
      else this.emitBytes(codePoints[index]!);
    });
  }

  /** A character without a piece is spelled in bytes. */
  private emitBytes(codePoint: number): void {
    for (const byte of this.textEncoder.encode(String.fromCodePoint(codePoint))) {
      this.emit(this.rules.byteIds[byte]!);
    }
  }

  private emit(id: number): void {
    this.room(1);
    this.output[this.outputLength++] = id;
  }

  private room(ids: number): void {
    const needed = this.outputLength + ids;
    if (needed <= this.output.length) return;
    const larger = new Uint16Array(2 * needed);
    larger.set(this.output);
    this.output = larger;
  }
}
