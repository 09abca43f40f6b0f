import { Column } from "./column";

/**
 * For buckets of `2^(k+1)` neighbouring rows: the row of the lowest and of the highest value of each, −1
 * where it has none. A bucket is entered when it is full.
 */
interface Level {
  lowest: Column;
  highest: Column;
}

/** Rows of the lowest and highest value of a range; both −1 where it has none. */
export interface Extremes {
  lowest: number;
  highest: number;
}

const NONE = -1;

/**
 * All values of one metric, row by row, and any few of them that look the same: a min/max pyramid.
 *
 * A chart can draw some hundred points, a run has many thousands. Each bucket of a level gives its
 * lowest and its highest value, so a spike of a single step stays on the chart at every zoom; bucket
 * borders never move, so points do not shimmer while the run goes on. A view costs O(points shown +
 * log n), and once for each value added O(1). Not reactive on purpose: React sees it at most twice a
 * second (metrics.ts).
 */
export class Series {
  /** One that is not finite holds its row's place and is never shown. */
  readonly values = new Column();
  #levels: Level[] = [];

  get length(): number {
    return this.values.length;
  }

  at(row: number): number {
    return this.values.at(row);
  }

  /** The lowest and the highest value of the rows from `from` up to, not including, `to`. */
  extremes(from: number, to: number): Extremes {
    this.#catchUp();
    const found: Extremes = { lowest: NONE, highest: NONE };
    for (let row = from; row < to; ) {
      // The largest bucket that begins here and ends within the range; at k = 0, the row alone.
      let k = row === 0 ? this.#levels.length : 31 - Math.clz32(row & -row);
      while (row + 2 ** k > to) k -= 1;
      const level = this.#levels[k - 1];
      found.lowest = this.#lower(found.lowest, level ? level.lowest.at(row >> k) : row);
      found.highest = this.#higher(found.highest, level ? level.highest.at(row >> k) : row);
      row += 2 ** k;
    }
    return found;
  }

  /**
   * The rows that stand for those from `from` up to, not including, `to`: at most `limit` (6 or more),
   * in order. All of them where they fit, else the first, the last, and the lowest and highest of each
   * bucket; and the neighbours on both sides, so that a line leaves the chart where it should.
   */
  view(from: number, to: number, limit: number): number[] {
    const shown: number[] = [];
    const show = (row: number) => {
      if (row > (shown.at(-1) ?? NONE) && Number.isFinite(this.at(row))) shown.push(row);
    };
    if (from > 0) show(from - 1);
    if (to - from <= limit - 2) for (let row = from; row < to; row++) show(row);
    else {
      show(from);
      const size = bucketSize(from, to, limit - 4);
      for (let start = from - (from % size); start < to; start += size) {
        const { lowest, highest } = this.extremes(
          Math.max(start, from),
          Math.min(start + size, to),
        );
        show(Math.min(lowest, highest));
        show(Math.max(lowest, highest));
      }
      show(to - 1);
    }
    if (to < this.length) show(to);
    return shown;
  }

  /** Enters the buckets of which the last row has come since the last look. */
  #catchUp(): void {
    for (let k = 0; this.length >> (k + 1) > 0; k++) {
      const full = this.length >> (k + 1);
      for (let b = this.#levels[k]?.lowest.length ?? 0; b < full; b++) this.#complete(k, b);
    }
  }

  /** Enters a bucket, from its two halves. */
  #complete(k: number, bucket: number): void {
    let level = this.#levels[k];
    if (level === undefined) {
      level = { lowest: new Column("int32"), highest: new Column("int32") };
      this.#levels.push(level);
    }
    const below = this.#levels[k - 1];
    const [left, right] = [2 * bucket, 2 * bucket + 1];
    level.lowest.push(
      below ? this.#lower(below.lowest.at(left), below.lowest.at(right)) : this.#lower(left, right),
    );
    level.highest.push(
      below
        ? this.#higher(below.highest.at(left), below.highest.at(right))
        : this.#higher(left, right),
    );
  }

  /** The row with the lower value, the first of equals; −1 where neither has one. */
  #lower(left: number, right: number): number {
    if (!this.#has(right)) return this.#has(left) ? left : NONE;
    return this.#has(left) && !(this.at(right) < this.at(left)) ? left : right;
  }

  #higher(left: number, right: number): number {
    if (!this.#has(right)) return this.#has(left) ? left : NONE;
    return this.#has(left) && !(this.at(right) > this.at(left)) ? left : right;
  }

  #has(row: number): boolean {
    return row !== NONE && Number.isFinite(this.at(row));
  }
}

/** Rows of a bucket of the finest level of which so few buckets touch the range that two of each fit. */
function bucketSize(from: number, to: number, limit: number): number {
  let size = 2;
  const touched = () => Math.floor((to - 1) / size) - Math.floor(from / size) + 1;
  while (2 * touched() > limit) size *= 2;
  return size;
}
