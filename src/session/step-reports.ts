import type { StepMetrics } from "../engine/train/step-state";
import type { Run } from "./run";
import { Tempo } from "./tempo";
import type { MetricPoint, SessionEvent } from "./types";

/** Milliseconds between two batches of metric points. */
const METRICS_INTERVAL = 100;

/** Keeps what finished steps measured in the history of their run, and tells it at most ten times a second. */
export class StepReports {
  /** Steps in a row without a finite loss and gradient. */
  skipped = 0;
  private unsent: MetricPoint[] = [];
  private sentAt = Number.NEGATIVE_INFINITY;
  private tempo = new Tempo();

  constructor(private readonly emit: (event: SessionEvent) => void) {}

  /** Training begins or goes on: what was before says nothing of the steps to come. */
  restart(): void {
    this.tempo = new Tempo();
    this.skipped = 0;
  }

  /** Something else took time: the next step is measured from its own end. */
  rest(): void {
    this.tempo.rest();
  }

  /** A step is finished on the GPU. */
  take(
    run: Run,
    at: Pick<MetricPoint, "step" | "learningRate" | "tokens">,
    metrics: StepMetrics,
  ): void {
    run.progress.seconds += this.tempo.finished(performance.now());
    const seconds = this.tempo.secondsPerStep;
    run.pace(seconds);
    if (metrics.skipped) {
      this.skipped += 1;
      return;
    }
    this.skipped = 0;
    const point: MetricPoint = {
      ...at,
      loss: metrics.loss,
      gradNorm: metrics.gradNorm,
      tokensPerSecond: seconds > 0 ? run.tokensPerStep / seconds : 0,
      seconds: run.progress.seconds,
    };
    run.options.history.points.push(point);
    this.unsent.push(point);
    if (performance.now() - this.sentAt >= METRICS_INTERVAL) this.send(run);
  }

  /** Tells what was not told yet. */
  send(run: Run): void {
    if (this.unsent.length === 0) return;
    const left = run.options.training.max_steps - this.unsent.at(-1)!.step;
    const secondsLeft = left * this.tempo.secondsPerStep;
    this.emit({ type: "metrics", points: this.unsent, secondsLeft });
    this.unsent = [];
    this.sentAt = performance.now();
  }
}
