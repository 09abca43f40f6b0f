/** FNV-1a's constants. */
const hashPrime = 0x0100_0193;
const hashStart = 0x811c_9dc5;

const spaceByte = 0x20;

/** Is this one of the bytes of a space or of a literal `▁` (E2 96 81)? Returns how many, or 0. */
export function spaceBytes(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === spaceByte) return 1;
  return byte === 0xe2 && bytes[at + 1] === 0x96 && bytes[at + 2] === 0x81 ? 3 : 0;
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array);
  return larger;
}

/**
 * A set of words, each a number of `▁` and the bytes that follow: open addressing over one arena of
 * bytes, no strings. A word's index is its place in the order of first sight.
 */
export class WordTable {
  size = 0;
  /** `▁` before each word. */
  spaces = new Int32Array(1 << 12);
  /** Where each word lies in `bytes`. */
  starts = new Int32Array(1 << 12);
  lengths = new Int32Array(1 << 12);
  bytes = new Uint8Array(1 << 15);
  bytesUsed = 0;
  private hashes = new Int32Array(1 << 12);
  /** Index of a word, or −1; a power of two, at most half full. */
  private slots = new Int32Array(1 << 13).fill(-1);

  /**
   * The index of the word `spaces` × `▁` + text[from, to), which is added when it is new and would
   * not take `bytesUsed` over `limit`.
   *
   * @returns −1 when there is no room
   */
  intern(text: Uint8Array, from: number, to: number, spaces: number, limit: number): number {
    let hash = Math.imul(hashStart ^ spaces, hashPrime);
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text[i]!, hashPrime);
    hash ^= hash >>> 15;
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const word = this.slots[slot]!;
      if (word < 0) break;
      if (this.hashes[word] === hash && this.is(word, text, from, to, spaces)) return word;
      slot = (slot + 1) & mask;
    }
    if (this.bytesUsed + to - from > limit) return -1;
    return this.add(slot, hash, text.subarray(from, to), spaces);
  }

  clear(): void {
    this.slots.fill(-1);
    this.size = 0;
    this.bytesUsed = 0;
  }

  private is(word: number, text: Uint8Array, from: number, to: number, spaces: number): boolean {
    const length = to - from;
    if (this.lengths[word] !== length || this.spaces[word] !== spaces) return false;
    const { bytes } = this;
    const start = this.starts[word]!;
    for (let i = 0; i < length; i++) if (bytes[start + i] !== text[from + i]) return false;
    return true;
  }

  private add(slot: number, hash: number, text: Uint8Array, spaces: number): number {
    const word = this.size++;
    if (word === this.starts.length) {
      this.spaces = grown(this.spaces, 2 * word);
      this.starts = grown(this.starts, 2 * word);
      this.lengths = grown(this.lengths, 2 * word);
      this.hashes = grown(this.hashes, 2 * word);
    }
    const end = this.bytesUsed + text.length;
    if (end > this.bytes.length) this.bytes = grown(this.bytes, 2 * end);
    this.bytes.set(text, this.bytesUsed);
    this.spaces[word] = spaces;
    this.starts[word] = this.bytesUsed;
    this.lengths[word] = text.length;
    this.hashes[word] = hash;
    this.bytesUsed = end;
    this.slots[slot] = word;
    if (2 * this.size > this.slots.length) this.rehash();
    return word;
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(-1);
    const mask = this.slots.length - 1;
    for (let word = 0; word < this.size; word++) {
      let slot = this.hashes[word]! & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = word;
    }
  }
}
