import { characterBytes, codePointAt } from "../utf8";
import { boundary, reserved, wordStart } from "./characters";
import { metaPieces } from "./model";
import { spaceBytes, WordTable } from "./word-table";

const newline = 0x0a;

/**
 * Distinct words may take this many bytes: English has 2 MB of them in 200 MB of text, but text
 * without spaces (base64, one endless line) could take all memory. What does not fit is left out.
 */
const maxDistinctBytes = 2 ** 24;

/** Different words of a text with how often each occurs. */
export interface Words {
  /** Code points of all words, one after the other; `boundary` where no piece may cross. */
  codePoints: Int32Array;
  /** Word w is codePoints[starts[w], starts[w + 1]). */
  starts: Int32Array;
  counts: Float64Array;
}

/**
 * Counts the words of lines as SentencePiece's trainers do (`SplitIntoWords`): `▁` goes before each
 * line and for each space, and a word is a run of `▁` with what follows up to the next `▁`.
 */
export class WordCounter {
  /** Lines that were longer than the limit, or held U+2585, or words for which there was no room. */
  skippedLines = 0;
  private readonly table = new WordTable();
  private counts = new Float64Array(1 << 12);
  private readonly maxLineBytes: number;

  /** @param maxLineBytes longer lines are left out, as SentencePiece does (its limit is 4,192) */
  constructor(maxLineBytes: number) {
    this.maxLineBytes = maxLineBytes;
  }

  /** @param story valid UTF-8; its lines are counted one by one */
  add(story: Uint8Array): void {
    let reservedAt = findReserved(story, 0);
    for (let start = 0; start < story.length; ) {
      let end = story.indexOf(newline, start);
      if (end < 0) end = story.length;
      if (reservedAt < start) reservedAt = findReserved(story, start);
      if (end > start) {
        const fits = end - start <= this.maxLineBytes && reservedAt >= end;
        if (!fits || !this.addLine(story, start, end)) this.skippedLines++;
      }
      start = end + 1;
    }
  }

  /** @returns false when a word had no room */
  private addLine(text: Uint8Array, from: number, to: number): boolean {
    let complete = true;
    // The dummy prefix.
    let spaces = 1;
    let at = from;
    while (at < to) {
      for (let n = spaceBytes(text, at); n > 0 && at < to; n = spaceBytes(text, at)) {
        spaces++;
        at += n;
      }
      const start = at;
      while (at < to && spaceBytes(text, at) === 0) at++;
      const word = this.table.intern(text, start, at, spaces, maxDistinctBytes);
      if (word >= 0) this.count(word);
      else complete = false;
      spaces = 0;
    }
    return complete;
  }

  private count(word: number): void {
    if (word >= this.counts.length) {
      const larger = new Float64Array(2 * word);
      larger.set(this.counts);
      this.counts = larger;
    }
    this.counts[word]!++;
  }

  /** What was counted so far. */
  words(): Words {
    const { size, spaces, starts: byteStarts, lengths, bytes } = this.table;
    const starts = new Int32Array(size + 1);
    let capacity = this.table.bytesUsed;
    for (let word = 0; word < size; word++) capacity += spaces[word]!;
    const codePoints = new Int32Array(capacity);
    let length = 0;
    for (let word = 0; word < size; word++) {
      starts[word] = length;
      codePoints.fill(wordStart, length, length + spaces[word]!);
      length += spaces[word]!;
      const end = byteStarts[word]! + lengths[word]!;
      for (let at = byteStarts[word]!; at < end; ) {
        const meta = metaPieceBytes(bytes, at, end);
        codePoints[length++] = meta > 0 ? boundary : codePointAt(bytes, at);
        at += meta > 0 ? meta : characterBytes(bytes[at]!);
      }
    }
    starts[size] = length;
    return {
      codePoints: codePoints.subarray(0, length),
      starts,
      counts: this.counts.slice(0, size),
    };
  }
}

/** Offset of the next U+2585 from `from` on, or the length of the text. */
function findReserved(text: Uint8Array, from: number): number {
  const [first, second, third] = new TextEncoder().encode(String.fromCodePoint(reserved));
  for (let at = text.indexOf(first!, from); at >= 0; at = text.indexOf(first!, at + 1)) {
    if (text[at + 1] === second && text[at + 2] === third) return at;
  }
  return text.length;
}

const metaTexts = metaPieces.map(({ piece }) => new TextEncoder().encode(piece));
const metaStart = 0x3c;

/** Bytes of the meta piece (`<s>`, `<0x0A>`, …) that the text spells out here, or 0. */
function metaPieceBytes(text: Uint8Array, at: number, end: number): number {
  if (text[at] !== metaStart) return 0;
  const spelled = metaTexts.find(
    (meta) => at + meta.length <= end && meta.every((byte, i) => text[at + i] === byte),
  );
  return spelled?.length ?? 0;
}
