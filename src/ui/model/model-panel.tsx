import { countParameters, estimateMemory } from "../../engine/model/config";
import { formatBytes, formatCount } from "../../lib/format";
import { findAdapter } from "../../store/adapter";
import { plannedModel, stepStates, tokenizerGap } from "../../store/plan";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { Facts } from "../kit/facts";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice, ProblemText } from "../kit/problem-notice";
import { PresetCards } from "./preset-cards";
import { TrainingSettings } from "./training-settings";

export function ModelPanel() {
  const state = useStudio((state) => stepStates(state).model);
  return (
    <Panel id="model" title="Model size" step={2} state={state}>
      <AdapterAdvice />
      <PresetCards />
      <ProblemNotice place="model" />
      <Cost />
      <TrainingSettings />
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

/** Parameters and GPU memory of what would be trained now. */
function Cost() {
  const preset = useStudio((state) => state.preset);
  const vocabSize = useStudio((state) => state.vocabSize);
  const tokenizer = useStudio((state) => state.tokenizer);
  const text = useStudio((state) => state.text);
  const training = useStudio((state) => state.training);
  const plan = { preset, vocabSize, tokenizer, text };
  const model = plannedModel(plan);
  const memory = estimateMemory(model, training);
  const known = tokenizerGap(plan) === null;
  return (
    <Facts
      facts={[
        {
          label: "Parameters",
          value: formatCount(countParameters(model)),
          note: `${known ? "with the tokenizer's" : "with"} ${formatCount(model.vocab_size)} pieces`,
        },
        {
          label: "GPU memory",
          value: `about ${formatBytes(memory.total)}`,
          note: `weights ${formatBytes(memory.weights)}, gradients ${formatBytes(memory.gradients)}, optimizer ${formatBytes(memory.optimizer)}, activations ${formatBytes(memory.activations)}`,
        },
      ]}
    />
  );
}
