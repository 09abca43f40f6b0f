import { Gauge } from "lucide-react";
import { countParameters, estimateMemory } from "../../engine/model/config";
import { formatCount, formatDuration, formatSmall } from "../../lib/format";
import { measureSpeed } from "../../store/calibration";
import { knownSpeed, runTime, tokensPerStep } from "../../store/forecast";
import { planIssues, plannedModel, tokenizerGap } from "../../store/plan";
import { useStudio } from "../../store/studio";
import { textInTokens, trainTokens } from "../../store/text-in-tokens";
import { Button } from "../kit/button";
import { type Fact, Facts } from "../kit/facts";
import { Actions, Hint } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { MemoryBar } from "./memory-bar";

/** What the next run will be and take, before it is started. */
export function Forecast() {
  const model = useStudio(plannedModel);
  const training = useStudio((state) => state.training);
  const possible = useStudio((state) => planIssues(state).length === 0);
  const known = useStudio((state) => tokenizerGap(state) === null);
  const text = useStudio(trainTokens);
  // Numbers of an impossible shape would be wrong or infinite.
  if (!possible) return null;
  const parameters = countParameters(model);
  const perStep = tokensPerStep(model, training);
  const all = perStep * training.max_steps;
  const about = text && !text.exact ? "about " : "";
  const facts: Fact[] = [
    {
      label: "Parameters",
      value: formatCount(parameters),
      note: `${known ? "with the tokenizer's" : "with"} ${formatCount(model.vocab_size)} pieces`,
    },
    {
      label: "Tokens a step",
      value: formatCount(perStep),
      note: `${formatCount(all)} in ${formatCount(training.max_steps)} steps`,
    },
    {
      label: "Tokens a parameter",
      value: amount(all / parameters),
      note: "20 is the rule of thumb for large texts",
    },
    {
      label: "Epochs over this text",
      value: text ? `${about}${amount(all / text.tokens)}` : "not known yet",
      note: text
        ? `of ${about}${formatCount(text.tokens)} tokens`
        : "once there are a text and its tokenizer",
    },
  ];
  return (
    <>
      <Facts facts={facts} />
      <MemoryBar memory={estimateMemory(model, training)} />
      <Time />
    </>
  );
}

/** How long the run will take, once the speed was measured. */
function Time() {
  const { max_steps, eval_steps } = useStudio((state) => state.training);
  const speed = useStudio(knownSpeed);
  const heldOut = useStudio((state) => textInTokens(state)?.heldOut?.tokens ?? null);
  const noGpu = useStudio((state) => state.adapter === null);
  const software = useStudio((state) => state.adapter?.isFallbackAdapter ?? false);
  const busy = useStudio((state) => state.task !== null);
  const training = useStudio((state) => state.run?.state === "training");
  const fact = (): Fact => {
    if (speed === null) return { label: "Time", value: "not measured yet" };
    const { secondsPerStep, fastest, slowest, steps } = speed.calibration;
    const spread = `${seconds(secondsPerStep)} a step (${seconds(fastest)} to ${seconds(slowest)} in ${steps} measured)`;
    if (speed.stale) {
      return {
        label: "Time",
        value: "not measured for these settings",
        note: `The last measurement was for other settings: ${spread}.`,
      };
    }
    const time = runTime(speed.calibration, { max_steps, eval_steps }, heldOut);
    return {
      label: "Time",
      value: `about ${formatDuration(time.training + time.evaluating)} for ${formatCount(max_steps)} steps`,
      note: `${spread}, ${formatDuration(time.evaluating)} of it to validate.`,
    };
  };
  return (
    <>
      <Facts facts={[fact()]} />
      <ProblemNotice place="model" />
      <TaskProgress place="model" />
      <Actions>
        <Button icon={Gauge} disabled={noGpu || busy || training} onClick={measureSpeed}>
          {speed === null ? "Measure the speed" : "Measure the speed again"}
        </Button>
        <Hint>
          {training
            ? "Not while a run trains: both would be slower. Pause it first."
            : `Trains a few steps with random tokens, in memory of its own${software ? "; with a large model that takes minutes on a software adapter" : ""}.`}
        </Hint>
      </Actions>
    </>
  );
}

function amount(value: number): string {
  return value >= 100 ? formatCount(value) : formatSmall(value);
}

/** A step's time, from milliseconds to minutes. */
function seconds(value: number): string {
  if (value < 0.1) return `${formatSmall(value * 1000)} ms`;
  return value < 10 ? `${formatSmall(value)} s` : formatDuration(value);
}
