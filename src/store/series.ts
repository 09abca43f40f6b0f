/** One point of a chart. */
export interface SeriesPoint {
  step: number;
  value: number;
}

/** For buckets of `2^(k+1)` neighbouring points: where the lowest and the highest point of each is. */
interface Level {
  lowest: number[];
  highest: number[];
}

/**
 * All points of one metric, and any few of them that look the same: a min/max pyramid.
 *
 * A chart can draw some hundred points, a run has many thousands. Each bucket of a level gives its
 * lowest and its highest point, so a spike of a single step stays on the chart at every zoom; bucket
 * borders never move, so points do not shimmer while the run goes on. Adding a point costs O(log n),
 * a view O(points shown). Not reactive on purpose: React sees it at most twice a second (metrics.ts).
 */
export class Series {
  #steps: number[] = [];
  #values: number[] = [];
  #levels: Level[] = [];

  get length(): number {
    return this.#steps.length;
  }

  get last(): SeriesPoint | null {
    return this.length === 0 ? null : this.#point(this.length - 1);
  }

  /**
   * Adds a point. One that is not finite (a skipped step) or does not come after the last one
   * (sent twice) is left out.
   */
  push(step: number, value: number): void {
    if (!Number.isFinite(value)) return;
    const index = this.length;
    if (index > 0 && step <= this.#steps[index - 1]!) return;
    this.#steps.push(step);
    this.#values.push(value);
    for (let k = 0; index >> k > 0; k++) this.#enter(index, k);
  }

  clear(): void {
    this.#steps = [];
    this.#values = [];
    this.#levels = [];
  }

  /** The whole series in at most `limit` points (4 or more), in order of steps, first and last included. */
  view(limit: number): SeriesPoint[] {
    const count = this.length;
    if (count <= limit) return this.#steps.map((_, index) => this.#point(index));
    // Two points a bucket, and two for the ends.
    const level = this.#levels.find(({ lowest }) => 2 * lowest.length + 2 <= limit);
    const shown = [0];
    const show = (index: number) => {
      if (index > shown[shown.length - 1]!) shown.push(index);
    };
    for (let bucket = 0; bucket < (level?.lowest.length ?? 0); bucket++) {
      const low = level!.lowest[bucket]!;
      const high = level!.highest[bucket]!;
      show(Math.min(low, high));
      show(Math.max(low, high));
    }
    show(count - 1);
    return shown.map((index) => this.#point(index));
  }

  #point(index: number): SeriesPoint {
    return { step: this.#steps[index]!, value: this.#values[index]! };
  }

  #enter(index: number, k: number): void {
    let level = this.#levels[k];
    if (level === undefined) {
      // Born with the first point that its single bucket does not share with the level below.
      const below = this.#levels[k - 1];
      level = { lowest: [below?.lowest[0] ?? 0], highest: [below?.highest[0] ?? 0] };
      this.#levels.push(level);
    }
    const bucket = index >> (k + 1);
    const value = this.#values[index]!;
    if (bucket === level.lowest.length) {
      level.lowest.push(index);
      level.highest.push(index);
      return;
    }
    if (value < this.#values[level.lowest[bucket]!]!) level.lowest[bucket] = index;
    if (value > this.#values[level.highest[bucket]!]!) level.highest[bucket] = index;
  }
}
