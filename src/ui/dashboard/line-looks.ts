import type { LineSpec } from "../../store/chart-specs";

/** How lines are drawn in chart, legend and picture; colours are custom properties of the page. */
export const lineLooks = {
  raw: { stroke: "var(--accent)", strokeWidth: 1, strokeOpacity: 0.45 },
  smoothed: { stroke: "var(--accent)", strokeWidth: 2.2 },
  plain: { stroke: "var(--accent)", strokeWidth: 1.6 },
  "held-out": { stroke: "var(--second)", strokeWidth: 2, strokeDasharray: "7 4" },
} satisfies Record<LineSpec["look"], object>;
