import { Pause, Play, Square } from "lucide-react";
import { lazy, Suspense } from "react";
import { isStoppedEarly, nextAction, planIssues, stepStates, tokenizerGap } from "../../store/plan";
import { pauseRun, resumeRun, startRun, stopRun } from "../../store/run";
import { type StudioState, useStudio } from "../../store/studio";
import type { RunState } from "../../worker/api";
import { Button } from "../kit/button";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { labelOf } from "../model/fields";
import { RunNumbers } from "./run-numbers";
import styles from "./train-panel.module.css";

// The charts are the largest part of the page, and nobody needs them before the first run.
const Charts = lazy(() => import("./charts"));

const stateNames: Record<RunState, string> = {
  idle: "idle",
  preparing: "preparing",
  training: "training",
  paused: "paused",
  finished: "finished",
  failed: "stopped by an error",
};

export function TrainPanel() {
  const state = useStudio((state) => stepStates(state).train);
  const runState = useStudio((state) => state.run?.state);
  const title = useStudio((state) => state.run?.title);
  const modelOnly = useStudio((state) => state.run?.contents === "model");
  return (
    <Panel
      id="train"
      title="Train"
      step={4}
      state={state}
      aside={
        runState && (
          <span role="status">{`${title}, ${modelOnly ? "model only" : stateNames[runState]}`}</span>
        )
      }
    >
      <ProblemNotice place="train" />
      <TaskProgress place="train" />
      {runState && <RunNumbers />}
      {runState ? (
        <Suspense fallback={<div className={styles.empty} />}>
          <Charts />
        </Suspense>
      ) : (
        <div className={styles.empty}>
          <p>Here the loss will fall: how surprised the model is by each next piece of text.</p>
        </div>
      )}
      <Controls />
    </Panel>
  );
}

function Controls() {
  const runState = useStudio((state) => state.run?.state);
  const next = useStudio(nextAction);
  const missing = useStudio(whatIsMissing);
  const impossible = useStudio((state) => planIssues(state)[0]);
  const busy = useStudio((state) => state.task !== null);
  const needsText = useStudio((state) => Boolean(state.run?.neededText));
  const training = runState === "training";
  const atWork = training || runState === "paused";
  const stoppedEarly = useStudio(isStoppedEarly);
  return (
    <Actions>
      {/* One button, so that it keeps the focus when pressed again and again. */}
      {(atWork || stoppedEarly) && (
        <Button
          main={next === "pause" || next === "resume"}
          icon={training ? Pause : Play}
          disabled={!training && (needsText || busy)}
          onClick={training ? pauseRun : resumeRun}
        >
          {training ? "Pause" : "Continue training"}
        </Button>
      )}
      {atWork && !needsText && (
        <Button icon={Square} onClick={stopRun}>
          Stop
        </Button>
      )}
      <Button
        main={next === "start-run"}
        quiet={runState !== undefined && next !== "start-run"}
        icon={Play}
        disabled={missing !== null || impossible !== undefined || busy}
        onClick={startRun}
      >
        {runState === undefined ? "Train model" : "Train a new model"}
      </Button>
      {missing !== null && runState === undefined && <Hint>{missing}</Hint>}
      {missing === null && impossible && (
        <Hint>
          Not possible with these settings. {labelOf(impossible.field)}: {impossible.rule}.
        </Hint>
      )}
      {needsText && <Hint>Give it its text under Checkpoints to go on.</Hint>}
    </Actions>
  );
}

/** Why no run can be started now; null when one can. */
function whatIsMissing(state: StudioState): string | null {
  if (state.text === null) return "Needs a text first.";
  if (tokenizerGap(state) !== null) return "Needs a tokenizer first.";
  if (state.adapter === null) {
    return state.adapterProblem ? "Needs a GPU: see Model size." : "Looking for a GPU …";
  }
  return null;
}
