/**
 * Token ids by their scores, the highest first, equal scores by id. Only as much is sorted as is asked
 * for: making it takes time by the number of scores, each id by the logarithm of that.
 */
export class Ranking implements Iterable<number> {
  /** A binary heap, the likeliest id on top. */
  private readonly heap: Uint32Array;
  private length: number;

  /** @param scores at least one */
  constructor(private readonly scores: Float32Array | Float64Array) {
    this.heap = new Uint32Array(scores.length);
    for (let i = 0; i < scores.length; i++) this.heap[i] = i;
    this.length = scores.length;
    for (let i = (this.length >> 1) - 1; i >= 0; i--) this.sink(i);
  }

  /** The likeliest id that was not taken yet. */
  get top(): number | undefined {
    return this.length > 0 ? this.heap[0] : undefined;
  }

  /** Takes the ids one by one. */
  *[Symbol.iterator](): Generator<number, void, undefined> {
    const { heap } = this;
    while (this.length > 0) {
      const id = heap[0]!;
      this.length -= 1;
      heap[0] = heap[this.length]!;
      this.sink(0);
      yield id;
    }
  }

  private sink(from: number): void {
    const { heap, length } = this;
    const id = heap[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!this.isBefore(heap[child]!, id)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = id;
  }

  private isBefore(a: number, b: number): boolean {
    const difference = this.scores[a]! - this.scores[b]!;
    return difference > 0 || (difference === 0 && a < b);
  }
}
