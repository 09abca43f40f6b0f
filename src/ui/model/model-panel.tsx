import { findAdapter } from "../../store/adapter";
import { stepStates } from "../../store/plan";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemText } from "../kit/problem-notice";
import { Forecast } from "./forecast";
import { IssuesSummary } from "./issues-summary";
import { PresetCards } from "./preset-cards";
import { PresetChanges } from "./preset-changes";
import { SettingSections } from "./setting-sections";

export function ModelPanel() {
  const state = useStudio((state) => stepStates(state).model);
  return (
    <Panel id="model" title="Model size" step={2} state={state}>
      <AdapterAdvice />
      <PresetCards />
      <PresetChanges />
      <SettingSections />
      <IssuesSummary />
      <Forecast />
    </Panel>
  );
}

/** Which size suits this machine, and why; or why there is none. */
function AdapterAdvice() {
  const adapter = useStudio((state) => state.adapter);
  const problem = useStudio((state) => state.adapterProblem);
  if (problem) {
    return (
      <>
        <ProblemText problem={problem} />
        <Hint>Reading a text and training a tokenizer work without a GPU.</Hint>
        {problem.code !== "webgpu-missing" && (
          <Actions>
            <Button onClick={findAdapter}>Look for a GPU again</Button>
          </Actions>
        )}
      </>
    );
  }
  if (adapter === null) return null;
  return (
    <Hint>
      {adapter.isFallbackAdapter
        ? "Proposed: Nano. This browser computes WebGPU on the processor (a software adapter): correct, but about a thousand times slower than a GPU, so larger models would take days."
        : "Proposed: Seed 12.6M, the size for a real GPU. On a weak or old one, begin with Small."}
    </Hint>
  );
}
