import { Feather, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { nextAction } from "../../store/plan";
import { stopTelling, tell } from "../../store/prompt";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import styles from "./prompt-panel.module.css";
import { SamplingFields } from "./sampling-fields";
import { Tellings } from "./tellings";

export function PromptPanel() {
  const ready = useStudio((state) => state.run !== null);
  return (
    <Panel id="prompt" title="Prompt">
      {!ready && (
        <Hint>
          Once a model trains, or a checkpoint is open, it goes on from what you write here.
        </Hint>
      )}
      <PromptForm ready={ready} />
      <ProblemNotice place="prompt" />
      <Tellings />
      <SamplingFields />
    </Panel>
  );
}

function PromptForm({ ready }: { ready: boolean }) {
  const [prompt, setPrompt] = useState("Once upon a time");
  const main = useStudio((state) => nextAction(state) === "tell");
  const telling = useStudio((state) => state.tellings[0]?.end === null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) tell(prompt);
  };
  const submitOnCtrlEnter = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor="prompt-text" className={styles.label}>
        How the story begins
      </label>
      <textarea
        id="prompt-text"
        className={styles.text}
        rows={2}
        value={prompt}
        spellCheck={false}
        onChange={({ target }) => setPrompt(target.value)}
        onKeyDown={submitOnCtrlEnter}
      />
      <Actions>
        <Button type="submit" main={main} icon={Feather} disabled={!ready}>
          Tell
        </Button>
        {telling && (
          <Button icon={Square} onClick={stopTelling}>
            Stop telling
          </Button>
        )}
        <Hint>
          <kbd>Ctrl</kbd> + <kbd>Enter</kbd>
        </Hint>
      </Actions>
    </form>
  );
}
