import { anyScript, isDigit, scriptOf, wordStart } from "./characters";
import { llamaTrainer } from "./model";

const flag = { startsWithSpace: 1, onlySpaces: 2, digit: 4 };

/**
 * The symbols of a BPE training: the alphabet, then one for each merge. What decides whether two of
 * them may be joined is kept per symbol, so that the question costs O(1).
 */
export class Symbols {
  count = 0;
  /** Code points of each symbol. */
  readonly lengths: Uint8Array;
  private readonly textStarts: Int32Array;
  private readonly firstScripts: Int16Array;
  private readonly lastScripts: Int16Array;
  private readonly flags: Uint8Array;
  private text = new Int32Array(1 << 12);
  private textUsed = 0;

  constructor(capacity: number) {
    this.lengths = new Uint8Array(capacity);
    this.textStarts = new Int32Array(capacity);
    this.firstScripts = new Int16Array(capacity);
    this.lastScripts = new Int16Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  /** @returns the symbol of one character */
  addCharacter(codePoint: number): number {
    const symbol = this.count++;
    this.lengths[symbol] = 1;
    this.textStarts[symbol] = this.append([codePoint]);
    this.firstScripts[symbol] = scriptOf(codePoint);
    this.lastScripts[symbol] = scriptOf(codePoint);
    if (codePoint === wordStart) this.flags[symbol] = flag.startsWithSpace | flag.onlySpaces;
    else if (isDigit(codePoint)) this.flags[symbol] = flag.digit;
    return symbol;
  }

  /** @returns the symbol of two joined */
  addMerge(left: number, right: number): number {
    const symbol = this.count++;
    this.lengths[symbol] = this.lengths[left]! + this.lengths[right]!;
    this.textStarts[symbol] = this.append([...this.codePoints(left), ...this.codePoints(right)]);
    const first = this.firstScripts[left]!;
    this.firstScripts[symbol] = first === anyScript ? this.firstScripts[right]! : first;
    const last = this.lastScripts[right]!;
    this.lastScripts[symbol] = last === anyScript ? this.lastScripts[left]! : last;
    const [l, r] = [this.flags[left]!, this.flags[right]!];
    this.flags[symbol] = (l & flag.startsWithSpace) | (l & r & flag.onlySpaces);
    return symbol;
  }

  /** SentencePiece's `IsValidSentencePiece` of two valid symbols joined, with LLaMA's settings. */
  mayJoin(left: number, right: number): boolean {
    if (this.lengths[left]! + this.lengths[right]! > llamaTrainer.max_sentencepiece_length) {
      return false;
    }
    const [l, r] = [this.flags[left]!, this.flags[right]!];
    if (r & flag.startsWithSpace && !(l & r & flag.onlySpaces)) return false;
    // More than one ▁ is a piece only when nothing follows.
    if (l & flag.onlySpaces && this.lengths[left]! > 1 && !(r & flag.onlySpaces)) return false;
    if ((l | r) & flag.digit) return false;
    const before = this.lastScripts[left]!;
    const after = this.firstScripts[right]!;
    return before === anyScript || after === anyScript || before === after;
  }

  /** Does the text of a ‖ b come before that of c ‖ d, which is as long, in code point order? */
  textBefore(a: number, b: number, c: number, d: number): boolean {
    const { text, textStarts, lengths } = this;
    const [lengthA, lengthC] = [lengths[a]!, lengths[c]!];
    const length = lengthA + lengths[b]!;
    const startB = textStarts[b]! - lengthA;
    const startD = textStarts[d]! - lengthC;
    for (let i = 0; i < length; i++) {
      const x = text[(i < lengthA ? textStarts[a]! : startB) + i]!;
      const y = text[(i < lengthC ? textStarts[c]! : startD) + i]!;
      if (x !== y) return x < y;
    }
    return false;
  }

  textOf(symbol: number): string {
    return String.fromCodePoint(...this.codePoints(symbol));
  }

  private codePoints(symbol: number): Int32Array {
    const start = this.textStarts[symbol]!;
    return this.text.subarray(start, start + this.lengths[symbol]!);
  }

  private append(codePoints: number[]): number {
    const start = this.textUsed;
    this.textUsed += codePoints.length;
    if (this.textUsed > this.text.length) {
      const larger = new Int32Array(2 * this.textUsed);
      larger.set(this.text);
      this.text = larger;
    }
    this.text.set(codePoints, start);
    return start;
  }
}
