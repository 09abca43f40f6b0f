import type { Evaluation, MetricPoint, PointColumns, RunSummary } from "../worker/api";

/** A measurement with all its fields: 50 tokens a step, two steps a second. */
export function point(step: number, loss = 7 - step / 100): MetricPoint {
  const speed = { tokensPerSecond: 100, tokens: 50 * step, seconds: step / 2 };
  return { step, loss, learningRate: 1e-3, gradNorm: 1, ...speed };
}

export function evaluation(step: number, loss: number): Evaluation {
  return { step, loss, bitsPerByte: loss / 2, tokens: 50 * step, seconds: step / 2 };
}

/** Points as the trainer worker sends those of an opened checkpoint. */
export function sentPoints(points: MetricPoint[]): PointColumns {
  const columns = Object.keys(point(1)).map((name) => [
    name,
    Float64Array.from(points, (point) => point[name as keyof MetricPoint]),
  ]);
  return Object.fromEntries(columns);
}

export const noHistory: RunSummary["history"] = {
  points: sentPoints([]),
  evaluations: [],
  rounds: [],
};
