import type { MetricPoint, PointColumns } from "./types";

const names: readonly (keyof MetricPoint)[] = [
  "step",
  "loss",
  "learningRate",
  "gradNorm",
  "tokensPerSecond",
  "tokens",
  "seconds",
];

/** Points as they are sent to the page. */
export function pointColumns(points: readonly MetricPoint[]): PointColumns {
  const columns = names.map((name) => [name, Float64Array.from(points, (point) => point[name])]);
  return Object.fromEntries(columns) as PointColumns;
}
