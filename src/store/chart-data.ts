/** What a chart draws, from the tables of the run: few rows, round ends, and what is at the crosshair. */
import { formatClock, formatCompact, formatCount } from "../lib/format";
import { logTicksWithin, roundTicks, ticksWithin, timeTicksWithin } from "../lib/ticks";
import type { ChartSpec, LineSpec } from "./chart-specs";
import type { RunTables } from "./metrics";
import { type Axis, axes, type RunTable } from "./run-table";
import type { Range } from "./zoom";

/** recharts' cost grows with the points; 500 are more than most charts have pixels for. */
const POINTS = 500;
const EVALUATIONS = 100;

/** One measurement: where it is on each axis, and a value for each line that has one there. */
export interface ChartRow extends Record<Axis, number> {
  values: Record<string, number>;
}

export interface ChartView {
  axis: Axis;
  range: Range;
  beta: number;
  logarithmic: boolean;
}

export interface ChartData {
  spec: ChartSpec;
  view: ChartView;
  /** In order of steps; those at the ends may be just outside of the range. */
  rows: ChartRow[];
  /** Measurements of the range that the run has, and those of them in `rows`. */
  measured: number;
  shown: number;
  xTicks: number[];
  y: Range;
  yTicks: number[];
}

export function chartData(
  tables: RunTables,
  spec: ChartSpec,
  view: ChartView,
  limit = POINTS,
): ChartData {
  const { axis, range } = view;
  const rows = new Map<number, ChartRow>();
  let measured = 0;
  let shown = 0;
  for (const name of ["points", "evaluations"] as const) {
    const lines = spec.lines.filter(({ table }) => table === name);
    const [first] = lines;
    if (first === undefined) continue;
    const table: RunTable<string> = tables[name];
    const [start, end] = table.within(axis, ...range);
    measured += end - start;
    // A smoothed line shares the rows of its raw one: each has its own value there, at any zoom.
    const most = name === "points" ? limit : Math.min(limit, EVALUATIONS);
    for (const row of table.series[first.metric]!.view(start, end, most)) {
      if (row >= start && row < end) shown += 1;
      const step = table.axes.step.at(row);
      let entry = rows.get(step);
      if (entry === undefined) {
        const places = axes.map((axis) => [axis, table.axes[axis].at(row)]);
        entry = { ...Object.fromEntries(places), values: {} } as ChartRow;
        rows.set(step, entry);
      }
      for (const line of lines) {
        const value = valueAt(tables, spec, line, row, view.beta);
        if (Number.isFinite(value)) entry.values[line.key] = value;
      }
    }
  }
  const sorted = [...rows.values()].sort((a, b) => a.step - b.step);
  const within = sorted.filter((row) => row[axis] >= range[0] && row[axis] <= range[1]);
  const values = within.flatMap((row) => Object.values(row.values));
  return {
    spec,
    view,
    rows: sorted,
    measured,
    shown,
    xTicks: xTicks(axis, range),
    ...yScale(values, spec, view.logarithmic),
  };
}

/** What a line draws for a row of its table. */
function valueAt(
  tables: RunTables,
  { drawn }: ChartSpec,
  line: LineSpec,
  row: number,
  beta: number,
): number {
  if (line.look === "smoothed") return drawn(tables.smoothed[line.metric].values(beta).at(row));
  const table: RunTable<string> = tables[line.table];
  return drawn(table.series[line.metric]!.at(row));
}

const TICKS = 5;

function xTicks(axis: Axis, [from, to]: Range): number[] {
  if (axis === "seconds") return timeTicksWithin(from, to, TICKS);
  return ticksWithin(from, to, TICKS, true);
}

function yScale(
  values: number[],
  { fromZero, id }: ChartSpec,
  logarithmic: boolean,
): { y: Range; yTicks: number[] } {
  const usable = logarithmic ? values.filter((value) => value > 0) : values;
  let low = Math.min(...usable);
  let high = Math.max(...usable);
  if (usable.length === 0) return { y: [1, 10], yTicks: [] };
  if (logarithmic) {
    const margin = Math.max(1.02, (high / low) ** 0.05);
    [low, high] = [low / margin, high * margin];
    return { y: [low, high], yTicks: logTicksWithin(low, high, id === "loss" ? 6 : 4) };
  }
  if (fromZero) low = Math.min(0, low);
  // All the same but for rounding: that is no range.
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
    const margin = Math.abs(low) / 10 || 1;
    [low, high] = [low - margin, low + margin];
  }
  const yTicks = roundTicks(low, high, id === "loss" ? 5 : 3);
  return { y: [yTicks[0]!, yTicks.at(-1)!], yTicks };
}

/** Where something is, as text: `12,000`, `3.4M`, `1:05`. */
export function formatPlace(axis: Axis, x: number): string {
  return axis === "seconds" ? formatClock(x) : formatCount(x);
}

/** A number beside the x-axis, of `ticks` that are evenly apart. */
export function formatXTick(axis: Axis, x: number, ticks: readonly number[]): string {
  const between = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  if (axis === "tokens" && between > 0) return formatCompact(x, between);
  return formatPlace(axis, x);
}

/** What is at one step: where that is, and the value of each line there. */
export interface Reading extends Record<Axis, number> {
  values: { line: LineSpec; value: number; at: Record<Axis, number> }[];
}

/** Values are those of the step itself, exactly; of the nearest evaluation where it has none of its own. */
export function readingAt(
  tables: RunTables,
  spec: ChartSpec,
  step: number,
  beta: number,
): Reading | null {
  const places = (table: RunTable<string>, row: number) =>
    Object.fromEntries(axes.map((axis) => [axis, table.axes[axis].at(row)])) as Record<
      Axis,
      number
    >;
  const values: Reading["values"] = [];
  for (const line of spec.lines) {
    const table: RunTable<string> = tables[line.table];
    const row = table.nearest("step", step);
    if (row < 0) continue;
    const value = valueAt(tables, spec, line, row, beta);
    if (Number.isFinite(value)) values.push({ line, value, at: places(table, row) });
  }
  const nearest = nearestMeasurement(tables, "step", step);
  return nearest && { ...nearest, values };
}

/** The measurement, of a step or of held-out stories, that is nearest to a place on an axis. */
export function nearestMeasurement(
  { points, evaluations }: RunTables,
  axis: Axis,
  x: number,
): Record<Axis, number> | null {
  let best: Record<Axis, number> | null = null;
  for (const table of [points, evaluations]) {
    const row = table.nearest(axis, x);
    if (row < 0) continue;
    const found = { step: 0, tokens: 0, seconds: 0 };
    for (const axis of axes) found[axis] = table.axes[axis].at(row);
    if (best === null || Math.abs(found[axis] - x) < Math.abs(best[axis] - x)) best = found;
  }
  return best;
}
