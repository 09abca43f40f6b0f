/** How the charts are looked at: one axis, one part of the run and one crosshair for all of them. */
import { create } from "zustand";
import { type RunTables, runMetrics } from "./metrics";
import type { Axis } from "./run-table";
import { panBy, type Range, visibleRange, type Zoom, zoomBy, zoomTo } from "./zoom";

export type ChartId = "loss" | "bits" | "norm" | "rate" | "speed";
export type LossUnit = "nats" | "perplexity";

export interface ChartsState {
  axis: Axis;
  zoom: Zoom | null;
  /** Place of the slider, see `smoothingBeta`. */
  smoothing: number;
  lossUnit: LossUnit;
  logarithmic: Readonly<Partial<Record<ChartId, boolean>>>;
  asTable: Readonly<Partial<Record<ChartId, boolean>>>;
}

export const SMOOTHING_MAX = 60;

/** 20 places of the slider are ten times as many steps: from 0 (one step) to 0.999 (about 1,000). */
export function smoothingBeta(smoothing: number): number {
  return 1 - 10 ** (-smoothing / 20);
}

export const useCharts = create<ChartsState>(() => ({
  axis: "step",
  zoom: null,
  smoothing: 20,
  lossUnit: "nats",
  logarithmic: {},
  asTable: {},
}));

/** Where the run has come to. */
export function runEnd({ points, evaluations }: RunTables, axis: Axis): number {
  const end = Math.max(points.last(axis), evaluations.last(axis));
  return end > 0 ? end : 1;
}

/** The part of the run that the charts show now. */
export function shownRange(): Range {
  const { axis, zoom } = useCharts.getState();
  return visibleRange(zoom, runEnd(runMetrics.tables, axis));
}

/** Another axis, with the same part of the run. */
export function chooseAxis(axis: Axis): void {
  const { axis: before, zoom } = useCharts.getState();
  const { tables } = runMetrics;
  if (zoom === null) {
    useCharts.setState({ axis });
    return;
  }
  const [from, to] = shownRange().map((x) => tables.points.convert(x, before, axis));
  useCharts.setState({ axis, zoom: zoomTo(from!, to!, runEnd(tables, axis)) });
}

export function showPart(a: number, b: number): void {
  useCharts.setState({ zoom: zoomTo(a, b, currentEnd()) });
}

export function showWhole(): void {
  useCharts.setState({ zoom: null });
}

/** @param at the place that stays where it is; else the middle */
export function zoomCharts(factor: number, at?: number): void {
  const [from, to] = shownRange();
  useCharts.setState({ zoom: zoomBy([from, to], currentEnd(), factor, at ?? (from + to) / 2) });
}

export function panCharts(share: number): void {
  useCharts.setState({ zoom: panBy(shownRange(), currentEnd(), share) });
}

function currentEnd(): number {
  return runEnd(runMetrics.tables, useCharts.getState().axis);
}

export function toggleChart(which: "logarithmic" | "asTable", id: ChartId): void {
  useCharts.setState((state) => ({ [which]: { ...state[which], [id]: !state[which][id] } }));
}
