/** Which charts there are, and what is drawn in each. */
import { formatCompact, formatFlops, formatSmall } from "../lib/format";
import type { ChartId, LossUnit } from "./charts";
import type { EvaluationMetric, PointMetric } from "./metrics";

/** `raw` is faint behind `smoothed`, `held-out` is dashed: told apart without colours too. */
export type LineSpec = { key: string; label: string } & (
  | { table: "points"; metric: PointMetric; look: "raw" | "plain" }
  | { table: "points"; metric: "loss" | "gradNorm"; look: "smoothed" }
  | { table: "evaluations"; metric: EvaluationMetric; look: "held-out" }
);

export interface ChartSpec {
  id: ChartId;
  title: string;
  unit: string;
  lines: readonly LineSpec[];
  /** What is drawn for a value of the tables. */
  drawn: (value: number) => number;
  /** A drawn value as text. */
  format: (value: number) => string;
  /** A number beside the axis. */
  tick: (value: number) => string;
  /** Whether a logarithmic scale makes sense. */
  mayBeLogarithmic: boolean;
  /** The plain scale begins at 0. */
  fromZero: boolean;
  /** A second scale, at the right: the value times this. */
  second?: { factor: number; tick: (value: number) => string; format: (value: number) => string };
}

const same = (value: number) => value;
const short = (value: number) => String(Number(value.toPrecision(4)));
const fixed = (value: number) => value.toFixed(3);

export const chartIds: readonly ChartId[] = ["loss", "bits", "norm", "rate", "speed"];

export function chartSpec(id: ChartId, unit: LossUnit, flopsPerToken: number): ChartSpec {
  switch (id) {
    case "loss":
      return {
        id,
        title: unit === "nats" ? "Loss" : "Perplexity",
        unit: unit === "nats" ? "nats a token" : "e to the loss",
        lines: [
          { key: "raw", label: "Training", look: "raw", table: "points", metric: "loss" },
          { key: "smoothed", label: "Smoothed", look: "smoothed", table: "points", metric: "loss" },
          {
            key: "validation",
            label: "Validation",
            look: "held-out",
            table: "evaluations",
            metric: "loss",
          },
        ],
        drawn: unit === "nats" ? same : Math.exp,
        format: unit === "nats" ? fixed : (value) => value.toFixed(2),
        tick: short,
        mayBeLogarithmic: true,
        fromZero: false,
      };
    case "bits":
      return {
        id,
        title: "Bits per byte",
        unit: "on held-out stories",
        lines: [
          {
            key: "validation",
            label: "Validation",
            look: "held-out",
            table: "evaluations",
            metric: "bitsPerByte",
          },
        ],
        drawn: same,
        format: fixed,
        tick: short,
        mayBeLogarithmic: true,
        fromZero: false,
      };
    case "norm":
      return {
        id,
        title: "Gradient norm",
        unit: "before clipping",
        lines: [
          { key: "raw", label: "Norm", look: "raw", table: "points", metric: "gradNorm" },
          {
            key: "smoothed",
            label: "Smoothed",
            look: "smoothed",
            table: "points",
            metric: "gradNorm",
          },
        ],
        drawn: same,
        format: formatSmall,
        tick: short,
        mayBeLogarithmic: true,
        fromZero: false,
      };
    case "rate":
      return {
        id,
        title: "Learning rate",
        unit: "of each step",
        lines: [
          {
            key: "rate",
            label: "Learning rate",
            look: "plain",
            table: "points",
            metric: "learningRate",
          },
        ],
        drawn: same,
        format: formatSmall,
        tick: formatSmall,
        mayBeLogarithmic: true,
        fromZero: true,
      };
    case "speed": {
      const giga = flopsPerToken / 1e9;
      return {
        id,
        title: "Speed",
        unit: "tokens a second, GFLOP/s",
        lines: [
          {
            key: "speed",
            label: "Tokens a second",
            look: "plain",
            table: "points",
            metric: "tokensPerSecond",
          },
        ],
        drawn: same,
        format: (value) => formatCompact(value),
        tick: (value) => formatCompact(value),
        mayBeLogarithmic: false,
        fromZero: true,
        second: {
          factor: giga,
          tick: short,
          format: (value) => formatFlops(value * 1e9),
        },
      };
    }
  }
}
