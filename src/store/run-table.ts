import { Column } from "./column";
import { Series } from "./series";

/** What the charts can be drawn over: optimizer steps, tokens predicted, seconds trained. */
export const axes = ["step", "tokens", "seconds"] as const;
export type Axis = (typeof axes)[number];

/** What a run measured, one row a measurement, in order of its steps. Rows are only ever added. */
export class RunTable<M extends string> {
  readonly axes: Readonly<Record<Axis, Column>> = {
    step: new Column(),
    tokens: new Column(),
    seconds: new Column(),
  };
  readonly series: Readonly<Record<M, Series>>;

  constructor(readonly metrics: readonly M[]) {
    const entries = metrics.map((metric) => [metric, new Series()]);
    this.series = Object.fromEntries(entries) as Record<M, Series>;
  }

  get length(): number {
    return this.axes.step.length;
  }

  /** Adds a row; one that does not come after the last (it was sent twice) is left out. */
  push(row: Readonly<Record<Axis | M, number>>): void {
    if (row.step <= this.last("step")) return;
    for (const axis of axes) this.axes[axis].push(row[axis]);
    for (const metric of this.metrics) this.series[metric].values.push(row[metric]);
  }

  /** Adds many rows, column by column. */
  append(columns: Readonly<Record<Axis | M, ArrayLike<number>>>): void {
    const { step } = columns;
    const kept: number[] = [];
    let last = this.last("step");
    for (let i = 0; i < step.length; i++) {
      if (step[i]! <= last) continue;
      last = step[i]!;
      kept.push(i);
    }
    const take = (values: ArrayLike<number>) =>
      kept.length === values.length ? values : Float64Array.from(kept, (i) => values[i]!);
    for (const axis of axes) this.axes[axis].append(take(columns[axis]));
    for (const metric of this.metrics) this.series[metric].values.append(take(columns[metric]));
  }

  /** Where the run has come to; −1 before its first row. */
  last(axis: Axis): number {
    return this.length === 0 ? -1 : this.axes[axis].at(this.length - 1);
  }

  /** The rows from `from` to `to`, both included, on an axis: the first, and the one behind the last. */
  within(axis: Axis, from: number, to: number): [start: number, end: number] {
    const xs = this.axes[axis];
    const start = firstRow(this.length, (row) => xs.at(row) >= from);
    const end = firstRow(this.length, (row) => xs.at(row) > to);
    return [start, Math.max(start, end)];
  }

  /** The row nearest to a place on an axis; −1 when there is none. */
  nearest(axis: Axis, x: number): number {
    const xs = this.axes[axis];
    const after = firstRow(this.length, (row) => xs.at(row) >= x);
    if (after === 0) return this.length - 1 < 0 ? -1 : 0;
    if (after === this.length) return after - 1;
    return x - xs.at(after - 1) < xs.at(after) - x ? after - 1 : after;
  }

  /** A place on one axis as the place on another, between two rows in proportion; all axes begin at 0. */
  convert(x: number, from: Axis, to: Axis): number {
    if (from === to || this.length === 0) return x;
    const [xs, ys] = [this.axes[from], this.axes[to]];
    const row = Math.min(
      firstRow(this.length, (row) => xs.at(row) >= x),
      this.length - 1,
    );
    const [x0, y0] = row === 0 ? [0, 0] : [xs.at(row - 1), ys.at(row - 1)];
    const [x1, y1] = [xs.at(row), ys.at(row)];
    return x1 === x0 ? y1 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  }
}

/** The first of `count` rows for which `is` holds, which then must hold for all after it; else `count`. */
function firstRow(count: number, is: (row: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
