/** What part of the run the charts show. Pure; places are in units of the x-axis, which begins at 0. */
export interface Zoom {
  from: number;
  to: number;
  /** New points push the part on: it ends where the run ends. */
  follow: boolean;
}

export type Range = readonly [from: number, to: number];

/** The least that is shown, as a share of the run: a few steps of 100,000. */
const LEAST = 2e-5;

/** @param zoom null for the whole run @param end where the run has come to, above 0 */
export function visibleRange(zoom: Zoom | null, end: number): Range {
  if (zoom === null) return [0, end];
  return zoom.follow ? [Math.max(0, end - (zoom.to - zoom.from)), end] : [zoom.from, zoom.to];
}

/** The part between two places, in either order; null when it is the whole run. */
export function zoomTo(a: number, b: number, end: number): Zoom | null {
  const width = Math.min(end, Math.max(Math.abs(b - a), LEAST * end));
  const middle = (a + b) / 2;
  const from = Math.min(Math.max(0, middle - width / 2), end - width);
  if (width >= end * (1 - 1e-9)) return null;
  return { from, to: from + width, follow: from + width >= end * (1 - 1e-9) };
}

/** @param factor of the width; below 1 shows less @param at the place that stays where it is */
export function zoomBy([from, to]: Range, end: number, factor: number, at: number): Zoom | null {
  const width = Math.max((to - from) * factor, LEAST * end);
  const left = at - ((at - from) / (to - from)) * width;
  const start = Math.min(Math.max(0, left), Math.max(0, end - width));
  return zoomTo(start, Math.min(end, start + width), end);
}

/** @param share of the width to go to the right; below 0 to the left */
export function panBy([from, to]: Range, end: number, share: number): Zoom | null {
  const width = to - from;
  const start = Math.min(Math.max(0, from + share * width), Math.max(0, end - width));
  return zoomTo(start, start + width, end);
}
