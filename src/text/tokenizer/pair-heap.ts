import type { PairTable } from "./pair-table";
import type { Symbols } from "./symbols";

/**
 * Pairs, the best first: the highest count, then fewer code points, then the earlier text in code
 * point order (SentencePiece's rule since 0.1.99).
 *
 * Counts of pairs in the heap only ever fall, so an entry keeps the count it was pushed with until it
 * comes to the top; then it is compared with the true count and sinks.
 */
export class PairHeap {
  private size = 0;
  private pairs = new Int32Array(1 << 14);
  private counts = new Float64Array(1 << 14);
  private readonly table: PairTable;
  private readonly symbols: Symbols;

  constructor(table: PairTable, symbols: Symbols) {
    this.table = table;
    this.symbols = symbols;
  }

  push(pair: number): void {
    let place = this.size++;
    if (place === this.pairs.length) this.grow();
    const count = this.table.counts[pair]!;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(pair, count, parent)) break;
      this.move(parent, place);
      place = parent;
    }
    this.pairs[place] = pair;
    this.counts[place] = count;
  }

  /** Takes out the best open pair that occurs `minimum` times or more. @returns −1 when there is none */
  pop(minimum: number): number {
    while (this.size > 0) {
      const pair = this.pairs[0]!;
      const count = this.table.counts[pair]!;
      if (!this.table.isOpen(pair) || count < minimum) this.removeTop();
      else if (count !== this.counts[0]) this.sink(pair, count);
      else {
        this.removeTop();
        return pair;
      }
    }
    return -1;
  }

  private removeTop(): void {
    this.size--;
    if (this.size > 0) this.sink(this.pairs[this.size]!, this.counts[this.size]!);
  }

  /** Puts an entry into the hole at the top. */
  private sink(pair: number, count: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.size) break;
      const sibling = child + 1;
      if (sibling < this.size && this.before(this.pairs[sibling]!, this.counts[sibling]!, child)) {
        child = sibling;
      }
      if (this.before(pair, count, child)) break;
      this.move(child, place);
      place = child;
    }
    this.pairs[place] = pair;
    this.counts[place] = count;
  }

  private before(pair: number, count: number, place: number): boolean {
    const otherCount = this.counts[place]!;
    if (count !== otherCount) return count > otherCount;
    const { left, right } = this.table;
    const { lengths } = this.symbols;
    const other = this.pairs[place]!;
    const [a, b, c, d] = [left[pair]!, right[pair]!, left[other]!, right[other]!];
    const length = lengths[a]! + lengths[b]!;
    const otherLength = lengths[c]! + lengths[d]!;
    if (length !== otherLength) return length < otherLength;
    return this.symbols.textBefore(a, b, c, d);
  }

  private move(from: number, to: number): void {
    this.pairs[to] = this.pairs[from]!;
    this.counts[to] = this.counts[from]!;
  }

  private grow(): void {
    const pairs = new Int32Array(2 * this.pairs.length);
    const counts = new Float64Array(2 * this.pairs.length);
    pairs.set(this.pairs);
    counts.set(this.counts);
    this.pairs = pairs;
    this.counts = counts;
  }
}
