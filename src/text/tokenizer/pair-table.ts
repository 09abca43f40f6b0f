import type { Symbols } from "./symbols";

/** A pair that no rule forbids and that was not merged yet. */
const open = 1;
const closed = 0;
const none = -1;

function doubled<T extends Int32Array | Float64Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}

/**
 * Neighbouring symbols with how often they occur and where. Positions are an append-only linked list
 * per pair, in the order of the text (the order matters for "aaa"); they can be stale.
 */
export class PairTable {
  size = 0;
  left = new Int32Array(1 << 14);
  right = new Int32Array(1 << 14);
  counts = new Float64Array(1 << 14);
  /** First entry in `positions` and `next`, or −1. */
  heads = new Int32Array(1 << 14);
  positions: Int32Array;
  /** The pair's next entry, or −1. */
  next: Int32Array;
  private tails = new Int32Array(1 << 14);
  private states = new Uint8Array(1 << 14);
  private entries = 0;
  private slots = new Int32Array(1 << 15).fill(none);
  private readonly symbols: Symbols;

  /** @param expectedPositions a guess, to save copying */
  constructor(symbols: Symbols, expectedPositions: number) {
    this.symbols = symbols;
    this.positions = new Int32Array(expectedPositions + 16);
    this.next = new Int32Array(expectedPositions + 16);
  }

  /** The pair's index; it is made when it is new. */
  find(left: number, right: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(left, right) & mask;
    for (;;) {
      const pair = this.slots[slot]!;
      if (pair < 0) break;
      if (this.left[pair] === left && this.right[pair] === right) return pair;
      slot = (slot + 1) & mask;
    }
    const pair = this.size++;
    if (pair === this.left.length) this.grow();
    this.left[pair] = left;
    this.right[pair] = right;
    this.heads[pair] = none;
    this.tails[pair] = none;
    this.states[pair] = this.symbols.mayJoin(left, right) ? open : closed;
    this.slots[slot] = pair;
    if (2 * this.size > this.slots.length) this.rehash();
    return pair;
  }

  isOpen(pair: number): boolean {
    return this.states[pair] === open;
  }

  close(pair: number): void {
    this.states[pair] = closed;
  }

  /** Adds a place of a pair: where its left symbol starts. */
  addPosition(pair: number, position: number): void {
    const entry = this.entries++;
    if (entry === this.positions.length) {
      this.positions = doubled(this.positions);
      this.next = doubled(this.next);
    }
    this.positions[entry] = position;
    this.next[entry] = none;
    const tail = this.tails[pair]!;
    if (tail < 0) this.heads[pair] = entry;
    else this.next[tail] = entry;
    this.tails[pair] = entry;
  }

  private grow(): void {
    this.left = doubled(this.left);
    this.right = doubled(this.right);
    this.counts = doubled(this.counts);
    this.heads = doubled(this.heads);
    this.tails = doubled(this.tails);
    this.states = doubled(this.states);
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(none);
    const mask = this.slots.length - 1;
    for (let pair = 0; pair < this.size; pair++) {
      let slot = hashOf(this.left[pair]!, this.right[pair]!) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = pair;
    }
  }
}

function hashOf(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e37_79b1) ^ Math.imul(right, 0x85eb_ca6b);
  return hash ^ (hash >>> 15);
}
