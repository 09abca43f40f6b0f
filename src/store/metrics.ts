/**
 * The numbers of the run that change many times a second. They stay out of React: components read
 * them when `subscribe` says so, at most twice a second.
 */
import type { Evaluation, MetricPoint, RunSummary } from "../worker/api";
import { Series, type SeriesPoint } from "./series";

/** Two updates a second are calm to read, and a chart update costs some 30 ms. */
const UPDATE_MS = 500;

export class RunMetrics {
  readonly training = new Series();
  readonly validation = new Series();
  /** Of the newest step that was reported, finite or not. */
  latest: MetricPoint | null = null;
  latestEvaluation: Evaluation | null = null;
  /** Infinity while not known. */
  secondsLeft = Number.POSITIVE_INFINITY;

  #listeners = new Set<() => void>();
  #version = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Forgets the earlier run and starts with what is known of this one. */
  reset(history: RunSummary["history"]): void {
    this.training.clear();
    this.validation.clear();
    this.latest = null;
    this.latestEvaluation = null;
    this.secondsLeft = Number.POSITIVE_INFINITY;
    this.#take(history.points);
    for (const evaluation of history.evaluations) this.addEvaluation(evaluation);
    this.#changed();
  }

  /** Optimizer steps done, as far as is known here. */
  get step(): number {
    return Math.max(this.latest?.step ?? 0, this.latestEvaluation?.step ?? 0);
  }

  addPoints(points: MetricPoint[], secondsLeft: number): void {
    this.#take(points);
    this.secondsLeft = secondsLeft;
    this.#changed();
  }

  addEvaluation(evaluation: Evaluation): void {
    this.validation.push(evaluation.step, evaluation.loss);
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

  #take(points: MetricPoint[]): void {
    for (const point of points) this.training.push(point.step, point.loss);
    this.latest = points.at(-1) ?? this.latest;
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    }, UPDATE_MS);
  }
}

export const runMetrics = new RunMetrics();

export interface ChartRow {
  step: number;
  training?: number;
  validation?: number;
}

/** Both series as one list of rows in order of steps, as the chart wants them. */
export function chartRows(training: SeriesPoint[], validation: SeriesPoint[]): ChartRow[] {
  const rows = new Map<number, ChartRow>();
  for (const { step, value } of training) rows.set(step, { step, training: value });
  for (const { step, value } of validation) {
    rows.set(step, { ...rows.get(step), step, validation: value });
  }
  return [...rows.values()].sort((a, b) => a.step - b.step);
}
