/** Slots of the table before it grows. */
const firstSlots = 2 ** 12;
/** 2²⁴ slots of 8 bytes: 128 MB, for up to 12.6 million different stories. */
const mostSlots = 2 ** 24;

/**
 * Remembers stories by 64 bits of hash, in flat memory. Two different stories are taken for one with a
 * probability of n² / 2⁶⁵: 1 in 5 million for TinyStories' 2.7 million.
 */
export class StorySet {
  /** Stories that were looked at; no more once the table is full. */
  compared = 0;
  private high = new Uint32Array(firstSlots);
  private low = new Uint32Array(firstSlots);
  private size = 0;
  private full = false;

  constructor(private readonly most = mostSlots) {}

  /** @returns whether an equal story was added before */
  add(high: number, low: number): boolean {
    if (this.full) return false;
    this.compared++;
    // Both zero marks an empty slot; one hash of 2⁶⁴ shares another's place.
    const marked = high === 0 && low === 0 ? 1 : low;
    const slot = this.find(high, marked);
    if (this.high[slot] !== 0 || this.low[slot] !== 0) return true;
    this.high[slot] = high;
    this.low[slot] = marked;
    this.size++;
    if (this.size > 0.75 * this.high.length) this.grow();
    return false;
  }

  /** The slot of a hash, or the empty one where it belongs. */
  private find(high: number, low: number): number {
    const mask = this.high.length - 1;
    let slot = low & mask;
    while (this.high[slot] !== 0 || this.low[slot] !== 0) {
      if (this.high[slot] === high && this.low[slot] === low) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    if (this.high.length >= this.most) {
      this.full = true;
      return;
    }
    const { high, low } = this;
    this.high = new Uint32Array(2 * high.length);
    this.low = new Uint32Array(2 * low.length);
    for (let i = 0; i < high.length; i++) {
      if (high[i] === 0 && low[i] === 0) continue;
      const slot = this.find(high[i]!, low[i]!);
      this.high[slot] = high[i]!;
      this.low[slot] = low[i]!;
    }
  }
}
