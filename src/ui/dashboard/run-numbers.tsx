import { Progress } from "@base-ui/react/progress";
import { useEffect, useState } from "react";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatFlops,
  formatSmall,
} from "../../lib/format";
import { runMetrics } from "../../store/metrics";
import { currentStep } from "../../store/step";
import { studio, useStudio } from "../../store/studio";
import { type Fact, Facts } from "../kit/facts";
import styles from "./run-numbers.module.css";
import { useRunMetrics } from "./use-run-metrics";

/** How far the run is, and how it does. */
export function RunNumbers() {
  const metrics = useRunMetrics();
  const state = useStudio((state) => state.run?.state);
  const steps = useStudio((state) => state.run?.training.max_steps ?? 0);
  const memory = useStudio((state) => state.run?.memory);
  const flopsPerToken = useStudio((state) => state.run?.flopsPerToken ?? 0);
  // A change of state brings a newer step than the last metrics.
  useStudio((state) => state.run?.step);
  const step = currentStep();
  const { latest, latestEvaluation } = metrics;
  const facts: Fact[] = [
    { label: "Training loss", value: latest ? latest.loss.toFixed(3) : "…", note: "nats a token" },
    {
      label: "Validation loss",
      value: latestEvaluation ? latestEvaluation.loss.toFixed(3) : "…",
      note: latestEvaluation ? `nats, step ${formatCount(latestEvaluation.step)}` : "nats a token",
    },
    {
      label: "Perplexity",
      value: latestEvaluation ? Math.exp(latestEvaluation.loss).toFixed(1) : "…",
      note: latestEvaluation
        ? `${latestEvaluation.bitsPerByte.toFixed(2)} bits a byte`
        : "on held-out stories",
    },
    {
      label: "Gradient norm",
      value: latest ? formatSmall(latest.gradNorm) : "…",
      note: latest ? `rate ${formatSmall(latest.learningRate)}` : "before clipping",
    },
    {
      label: "Speed",
      value: latest ? `${formatCount(latest.tokensPerSecond)} tokens/s` : "…",
      note: latest ? formatFlops(latest.tokensPerSecond * flopsPerToken) : "tokens a second",
    },
    {
      label: "Time left",
      value: state === "training" ? timeLeft(metrics.secondsLeft) : "–",
    },
  ];
  return (
    <div className={styles.numbers}>
      <Progress.Root
        className={styles.progress}
        value={step}
        max={steps}
        getAriaValueText={() => `step ${step} of ${steps}`}
      >
        <Progress.Label className={styles.label}>
          Step <strong data-testid="step">{formatCount(step)}</strong> of {formatCount(steps)}
        </Progress.Label>
        {memory && (
          <span className={styles.memory}>
            {formatBytes(sum(Object.values(memory)))} of GPU memory
          </span>
        )}
        <Progress.Track className={styles.track}>
          <Progress.Indicator className={styles.indicator} />
        </Progress.Track>
      </Progress.Root>
      <Facts facts={facts} />
      <SpokenSummary />
    </div>
  );
}

function timeLeft(seconds: number): string {
  return Number.isFinite(seconds) ? formatDuration(seconds) : "…";
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Screen readers hear the numbers now and then, not twice a second. */
const SPEAK_MS = 20_000;

function SpokenSummary() {
  const training = useStudio((state) => state.run?.state === "training");
  const [summary, setSummary] = useState("");
  useEffect(() => {
    if (!training) return;
    const timer = setInterval(() => setSummary(spokenSummary()), SPEAK_MS);
    return () => clearInterval(timer);
  }, [training]);
  return (
    <p className="sr-only" aria-live="polite">
      {summary}
    </p>
  );
}

function spokenSummary(): string {
  const steps = studio.get().run?.training.max_steps ?? 0;
  const { latest, latestEvaluation, secondsLeft } = runMetrics;
  const parts = [`Step ${currentStep()} of ${steps}`];
  if (latest) parts.push(`training loss ${latest.loss.toFixed(2)}`);
  if (latestEvaluation) parts.push(`validation loss ${latestEvaluation.loss.toFixed(2)}`);
  if (Number.isFinite(secondsLeft)) parts.push(`${formatDuration(secondsLeft)} left`);
  return `${parts.join(", ")}.`;
}
