import { type MergeRules, noPiece } from "./merge-rules";

/**
 * Merges the symbols of one word as SentencePiece's BPE model does: again and again the neighbours
 * that make the piece with the highest score (ties: the leftmost), until no neighbours make a piece.
 * A linked list and a heap keep that at O(n log n) for words of any length.
 */
export class WordMerger {
  private readonly rules: MergeRules;
  private symbols = new Int32Array(64);
  private previous = new Int32Array(64);
  private next = new Int32Array(64);
  /** Characters of the symbol at each place; 0 once it is merged into its left neighbour. */
  private lengths = new Int32Array(64);
  /** Candidate merges: the id of the piece, the place of the left symbol, the characters of both. */
  private heapSize = 0;
  private heapIds = new Int32Array(128);
  private heapPlaces = new Int32Array(128);
  private heapLengths = new Int32Array(128);

  constructor(rules: MergeRules) {
    this.rules = rules;
  }

  /**
   * @param word the symbols of its characters
   * @param emit gets what is left: each symbol, and the index of its first character
   */
  merge(word: ArrayLike<number>, emit: (symbol: number, index: number) => void): void {
    const { length } = word;
    if (length > this.symbols.length) this.grow(length);
    this.symbols.set(word);
    const { symbols, previous, next, lengths } = this;
    for (let i = 0; i < length; i++) {
      previous[i] = i - 1;
      next[i] = i + 1;
      lengths[i] = 1;
    }
    for (let i = 0; i + 1 < length; i++) this.propose(i, i + 1);
    while (this.heapSize > 0) {
      const id = this.heapIds[0]!;
      const left = this.heapPlaces[0]!;
      const both = this.heapLengths[0]!;
      this.removeTop();
      if (lengths[left] === 0) continue;
      const right = next[left]!;
      // One of the two has grown since: the longer pair has its own entry.
      if (right === length || lengths[left]! + lengths[right]! !== both) continue;
      symbols[left] = id;
      lengths[left] = both;
      lengths[right] = 0;
      const after = next[right]!;
      next[left] = after;
      if (after < length) {
        previous[after] = left;
        this.propose(left, after);
      }
      if (previous[left]! >= 0) this.propose(previous[left]!, left);
    }
    for (let i = 0; i < length; i = next[i]!) emit(symbols[i]!, i);
  }

  private propose(left: number, right: number): void {
    const id = this.rules.join(this.symbols[left]!, this.symbols[right]!);
    if (id === noPiece) return;
    let place = this.heapSize++;
    if (place === this.heapIds.length) this.growHeap();
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.before(id, left, parent)) break;
      this.moveEntry(parent, place);
      place = parent;
    }
    this.heapIds[place] = id;
    this.heapPlaces[place] = left;
    this.heapLengths[place] = this.lengths[left]! + this.lengths[right]!;
  }

  private removeTop(): void {
    const last = --this.heapSize;
    if (last === 0) return;
    const id = this.heapIds[last]!;
    const left = this.heapPlaces[last]!;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= last) break;
      if (
        child + 1 < last &&
        this.before(this.heapIds[child + 1]!, this.heapPlaces[child + 1]!, child)
      )
        child++;
      if (this.before(id, left, child)) break;
      this.moveEntry(child, place);
      place = child;
    }
    this.heapLengths[place] = this.heapLengths[last]!;
    this.heapIds[place] = id;
    this.heapPlaces[place] = left;
  }

  private before(id: number, left: number, place: number): boolean {
    const { scores } = this.rules;
    const score = scores[id]!;
    const other = scores[this.heapIds[place]!]!;
    return score !== other ? score > other : left < this.heapPlaces[place]!;
  }

  private moveEntry(from: number, to: number): void {
    this.heapIds[to] = this.heapIds[from]!;
    this.heapPlaces[to] = this.heapPlaces[from]!;
    this.heapLengths[to] = this.heapLengths[from]!;
  }

  private grow(length: number): void {
    this.symbols = new Int32Array(length);
    this.previous = new Int32Array(length);
    this.next = new Int32Array(length);
    this.lengths = new Int32Array(length);
  }

  private growHeap(): void {
    for (const name of ["heapIds", "heapPlaces", "heapLengths"] as const) {
      const larger = new Int32Array(2 * this[name].length);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}
