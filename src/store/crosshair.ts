/** The measurement that pointer or keyboard are at: one for all charts. */
import { create } from "zustand";
import { nearestMeasurement } from "./chart-data";
import { shownRange, useCharts } from "./charts";
import { runMetrics } from "./metrics";

/** Null for none. */
export const useCrosshair = create<{ step: number | null }>(() => ({ step: null }));

export function hideCrosshair(): void {
  useCrosshair.setState({ step: null });
}

/** Goes to the measurement nearest to a place on the x-axis. */
export function pointAt(x: number): void {
  const found = nearestMeasurement(runMetrics.tables, useCharts.getState().axis, x);
  useCrosshair.setState({ step: found?.step ?? null });
}

/** Where the crosshair is on the x-axis; undefined when it is nowhere. */
export function pointedPlace(): number | undefined {
  const { step } = useCrosshair.getState();
  if (step === null) return undefined;
  return nearestMeasurement(runMetrics.tables, "step", step)?.[useCharts.getState().axis];
}

/** @param share of what is shown to go by, to the right; by one measurement at least */
export function movePointer(share: number): void {
  const [from, to] = shownRange();
  const x = pointedPlace();
  // It comes in from the side that it would otherwise leave.
  if (x === undefined || x < from || x > to) {
    pointAt(share > 0 ? from : to);
    return;
  }
  const { step } = useCrosshair.getState();
  pointAt(Math.min(Math.max(from, x + share * (to - from)), to));
  if (useCrosshair.getState().step !== step) return;
  const { points } = runMetrics.tables;
  const row = points.nearest("step", step!) + Math.sign(share);
  if (row < 0 || row >= points.length) return;
  const place = points.axes[useCharts.getState().axis].at(row);
  if (place >= from && place <= to) useCrosshair.setState({ step: points.axes.step.at(row) });
}
