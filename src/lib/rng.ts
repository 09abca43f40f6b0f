const mask64 = 0xffff_ffff_ffff_ffffn;

/** splitmix64 (Steele, Lea, Flood 2014), the seeding that xoshiro's authors recommend. */
function splitmix64(state: bigint): bigint {
  let z = state;
  z = ((z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n) & mask64;
  z = ((z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn) & mask64;
  return z ^ (z >> 31n);
}

/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna), seeded from two splitmix64 words
 * (low half first). The same seed gives the same numbers in every JavaScript engine; only `normal`
 * depends on the engine's `Math.log`.
 */
export class Rng {
  private readonly words = new Uint32Array(4);

  /** @param seed any finite number; its integer part counts, modulo 2^64 */
  constructor(seed: number) {
    const base = BigInt.asUintN(64, BigInt(Math.trunc(seed)));
    for (let i = 0; i < 2; i++) {
      const word = splitmix64((base + BigInt(i + 1) * 0x9e37_79b9_7f4a_7c15n) & mask64);
      this.words[2 * i] = Number(word & 0xffff_ffffn);
      this.words[2 * i + 1] = Number(word >> 32n);
    }
  }

  /** Goes on where `state` was read. */
  static fromState(state: number[]): Rng {
    const rng = new Rng(0);
    rng.words.set(state);
    return rng;
  }

  /** Four 32-bit words, plain JSON. */
  get state(): number[] {
    return [...this.words];
  }

  /** Uniform 32-bit integer. */
  private uint32(): number {
    const s = this.words;
    const s1 = s[1]!;
    const x = Math.imul(s1, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= s1 << 9;
    const s3 = s[3]!;
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), with all 53 bits of a float64. */
  next(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x400_0000 + low) / 2 ** 53;
  }

  /** Uniform integer in [0, n), without bias. @param n 1 … 2^32 */
  below(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const draw = this.uint32();
      if (draw < limit) return draw % n;
    }
  }

  /**
   * Standard normal, in float64: Marsaglia's polar method. Its second value is thrown away, so that
   * the state stays four words.
   */
  normal(): number {
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }
}
