/** Enough for a Feistel network of so few bits to look random; four would do for a large one. */
const rounds = 8;

/** A bijective mixer of 32 bits (Chris Wellons' lowbias32). */
function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x7feb_352d);
  x = Math.imul(x ^ (x >>> 15), 0x846c_a68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * The order of the windows of an epoch, without a table: a Feistel network on the smallest even
 * number of bits that holds `size` values, walked until it lands below `size` again
 * (tests/fixtures/permutation/permutation.py says the same in ten lines). Runs depend on it: it never
 * changes.
 */
export class Permutation {
  private readonly size: number;
  private readonly halfBits: number;
  private readonly mask: number;
  private readonly keys: number[];

  /**
   * @param size 1 … 2^32
   * @param seed and @param epoch count modulo 2^32
   */
  constructor(size: number, seed: number, epoch: number) {
    this.size = size;
    const bits = size > 1 ? 32 - Math.clz32(size - 1) : 0;
    this.halfBits = Math.max(1, Math.ceil(bits / 2));
    this.mask = 2 ** this.halfBits - 1;
    const key = mix((epoch + mix(seed)) | 0);
    this.keys = Array.from({ length: rounds }, (_, round) => mix((round + key) | 0));
  }

  /** Where `index` (0 … size − 1) goes. */
  at(index: number): number {
    const { halfBits, mask } = this;
    let value = index;
    do {
      let left = value >>> halfBits;
      let right = value & mask;
      for (const key of this.keys) {
        [left, right] = [right, left ^ (mix((right + key) | 0) & mask)];
      }
      value = ((left << halfBits) | right) >>> 0;
    } while (value >= this.size);
    return value;
  }
}
