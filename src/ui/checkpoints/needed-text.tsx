import { compareText } from "../../store/checkpoint";
import { openFiles } from "../../store/files";
import { currentStep } from "../../store/step";
import { showProblem, useStudio } from "../../store/studio";
import { openSample } from "../../store/text";
import { acceptedFiles } from "../data/accepted-files";
import { Button, FileButton } from "../kit/button";
import { Actions } from "../kit/panel";
import styles from "./needed-text.module.css";

/** Which text an opened checkpoint needs before it can train on. Nothing when it has it. */
export function NeededTextNotice() {
  const run = useStudio((state) => state.run);
  const busy = useStudio((state) => state.task !== null);
  if (!run?.neededText) return null;
  const { name, fingerprint, otherText } = run.neededText;
  const isSample = name === "sample-stories.txt";
  const open = (files: File[]) => {
    openFiles(files).catch((thrown: unknown) => showProblem("checkpoint", thrown));
  };
  return (
    <div className={styles.notice} role="status" aria-label="Text of the checkpoint">
      <p className={styles.what}>
        {run.title} is open at step {currentStep().toLocaleString("en")}. Prompts work now.
      </p>
      <p>
        {otherText === null
          ? `To train on, it needs the text it learned from: “${name}” (fingerprint ${fingerprint}). Drop it on the page.`
          : `“${otherText}” is not the text it learned from: that was “${name}” (fingerprint ${fingerprint}). Drop that one, or go on with the other text on purpose: the model then learns something new, and its validation loss no longer compares with what it was.`}
      </p>
      <Actions>
        {isSample && (
          <Button main disabled={busy} onClick={openSample}>
            Use the sample stories
          </Button>
        )}
        <FileButton
          main={!isSample}
          label="Choose its text"
          accept={acceptedFiles}
          disabled={busy}
          onFiles={open}
        />
        {otherText !== null && (
          <Button disabled={busy} onClick={() => compareText("any")}>
            Go on with “{otherText}”
          </Button>
        )}
      </Actions>
    </div>
  );
}
