/** Stories by their length in characters, for a bar chart. */
export interface StoryLengths {
  shortest: number;
  median: number;
  longest: number;
  /** From `from` to `to` characters, both included; side by side, the last one open to the longest. */
  bars: { from: number; to: number; stories: number }[];
}

const mostBars = 20;
/** The last bar takes the longest 1%, so that one long story does not flatten all others. */
const shownShare = 0.99;

/** The smallest of 1, 2, 5, 10, 20, … that is at least so much. */
function niceWidth(atLeast: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= atLeast) return step * power;
  }
}

/** Counts story lengths exactly, in memory bounded by the longest story that there can be. */
export class LengthCounter {
  private readonly counts: Float64Array;
  private stories = 0;

  constructor(maxLength: number) {
    this.counts = new Float64Array(maxLength + 1);
  }

  add(characters: number): void {
    this.counts[characters]!++;
    this.stories++;
  }

  finish(): StoryLengths {
    const shortest = this.quantile(0);
    const longest = this.quantile(1);
    const shown = this.quantile(shownShare);
    const width = niceWidth((shown + 1) / mostBars);
    // Where most stories are longer than a bar is wide, the bars need not begin at nothing.
    const start = Math.floor(shortest / width) * width;
    const bars: StoryLengths["bars"] = [];
    for (let from = start; from <= shown; from += width) {
      const last = from + width > shown;
      const to = last ? Math.max(longest, from + width - 1) : from + width - 1;
      bars.push({ from, to, stories: this.sum(from, to) });
    }
    return { shortest, median: this.quantile(0.5), longest, bars };
  }

  /** The least length that a share of the stories does not exceed. */
  private quantile(share: number): number {
    const wanted = Math.max(1, Math.ceil(share * this.stories));
    let seen = 0;
    for (let length = 0; length < this.counts.length; length++) {
      seen += this.counts[length]!;
      if (seen >= wanted) return length;
    }
    return 0;
  }

  private sum(from: number, to: number): number {
    let sum = 0;
    for (let length = from; length <= Math.min(to, this.counts.length - 1); length++) {
      sum += this.counts[length]!;
    }
    return sum;
  }
}
