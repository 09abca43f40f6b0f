/**
 * The numbers of the run that change many times a second. They stay out of React: components read
 * them when `subscribe` says so, at most twice a second.
 */
import type { Evaluation, MetricPoint, RunSummary } from "../worker/api";
import { RunTable } from "./run-table";
import { Smoothed } from "./smoothing";

/** Two updates a second are calm to read, and a chart update costs some 30 ms. */
const UPDATE_MS = 500;

export const pointMetrics = ["loss", "learningRate", "gradNorm", "tokensPerSecond"] as const;
export type PointMetric = (typeof pointMetrics)[number];
export const evaluationMetrics = ["loss", "bitsPerByte"] as const;
export type EvaluationMetric = (typeof evaluationMetrics)[number];

/** What is known of one run. */
function emptyTables() {
  const points = new RunTable(pointMetrics);
  const { loss, gradNorm } = points.series;
  return {
    points,
    evaluations: new RunTable(evaluationMetrics),
    smoothed: { loss: new Smoothed(loss), gradNorm: new Smoothed(gradNorm) },
  };
}
export type RunTables = ReturnType<typeof emptyTables>;

export class RunMetrics {
  /** Another object for another run: whoever is at work with the earlier one keeps it. */
  tables: RunTables = emptyTables();
  /** Of the newest step that was reported, finite or not. */
  latest: MetricPoint | null = null;
  latestEvaluation: Evaluation | null = null;
  /** Infinity while not known. */
  secondsLeft = Number.POSITIVE_INFINITY;

  #listeners = new Set<() => void>();
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Forgets the earlier run and starts with what is known of this one. */
  reset({ points, evaluations }: RunSummary["history"]): void {
    this.tables = emptyTables();
    this.latest = null;
    this.latestEvaluation = null;
    this.secondsLeft = Number.POSITIVE_INFINITY;
    this.tables.points.append(points);
    const last = points.step.length - 1;
    if (last >= 0) {
      const entries = Object.entries(points).map(([name, values]) => [name, values[last]]);
      this.latest = Object.fromEntries(entries) as MetricPoint;
    }
    for (const evaluation of evaluations) this.addEvaluation(evaluation);
    this.#changed();
  }

  /** Optimizer steps done, as far as is known here. */
  get step(): number {
    return Math.max(this.latest?.step ?? 0, this.latestEvaluation?.step ?? 0);
  }

  addPoints(points: MetricPoint[], secondsLeft: number): void {
    for (const point of points) this.tables.points.push(point);
    this.latest = points.at(-1) ?? this.latest;
    this.secondsLeft = secondsLeft;
    this.#changed();
  }

  addEvaluation(evaluation: Evaluation): void {
    this.tables.evaluations.push(evaluation);
    this.latestEvaluation = evaluation;
    this.#changed();
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with each update that listeners were told of. */
  readonly version = (): number => this.#version;

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    }, UPDATE_MS);
  }
}

export const runMetrics = new RunMetrics();
