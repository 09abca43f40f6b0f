import { crc32 } from "../lib/crc32";

/** This share of the stories is held out unless another is asked for … */
export const defaultHeldOutShare = 0.05;
/** … and at most this many bytes of them. */
const maxHeldOutBytes = 2_000_000;
const bucketCount = 4096;

/** 32 bits that depend on the story's text alone: the CRC, stirred by MurmurHash3's finalizer. */
export function storyHash(story: Uint8Array): number {
  let hash = crc32(story);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * Decides which stories are held out: those whose hash lies below a threshold, so that equal stories
 * fall on one side whatever their order. The threshold is a share of all hashes, or less, so that no
 * more than 2 MB are held out. When that leaves one side empty, the stories with the lowest hash are held
 * out and nothing else.
 */
export class HeldOutChooser {
  private readonly bucketWidth: number;
  private readonly bytes = new Float64Array(bucketCount);
  private readonly stories = new Float64Array(bucketCount);
  private lowest = Number.POSITIVE_INFINITY;
  private lowestStories = 0;
  private highest = Number.NEGATIVE_INFINITY;

  constructor(share: number) {
    this.bucketWidth = (share * 2 ** 32) / bucketCount;
  }

  add(hash: number, bytes: number): void {
    if (hash < this.lowest) {
      this.lowest = hash;
      this.lowestStories = 0;
    }
    if (hash === this.lowest) this.lowestStories++;
    this.highest = Math.max(this.highest, hash);
    const bucket = Math.floor(hash / this.bucketWidth);
    if (bucket >= bucketCount) return;
    this.bytes[bucket]! += bytes;
    this.stories[bucket]!++;
  }

  /**
   * @returns hashes below `threshold` are held out: `stories` of them; `capped` when the share would be
   * more than 2 MB. Null when all are the same
   */
  choose(): { threshold: number; stories: number; capped: boolean } | null {
    if (!(this.lowest < this.highest)) return null;
    let buckets = 0;
    let bytes = 0;
    let stories = 0;
    while (buckets < bucketCount && bytes + this.bytes[buckets]! <= maxHeldOutBytes) {
      bytes += this.bytes[buckets]!;
      stories += this.stories[buckets]!;
      buckets++;
    }
    const threshold = Math.ceil(buckets * this.bucketWidth);
    const capped = buckets < bucketCount;
    if (this.lowest < threshold && this.highest >= threshold) {
      return { threshold, stories, capped };
    }
    return { threshold: this.lowest + 1, stories: this.lowestStories, capped };
  }
}
