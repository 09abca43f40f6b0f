import { BookOpenText, ClipboardPaste, FolderOpen } from "lucide-react";
import { openFiles } from "../../store/files";
import { intake, useIntake } from "../../store/intake";
import { nextAction, stepStates } from "../../store/plan";
import { showProblem, useStudio } from "../../store/studio";
import { openSample } from "../../store/text";
import { Button, FileButton } from "../kit/button";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { acceptedFiles } from "./accepted-files";
import { TextPreview } from "./text-preview";
import { TinyStoriesDialog } from "./tinystories-dialog";

export function TextPanel() {
  const text = useStudio((state) => state.text);
  const state = useStudio((state) => stepStates(state).text);
  const report = useIntake((state) => state.report);
  return (
    <Panel id="text" title="Text" step={1} state={state} aside={text?.name}>
      {text === null || report === null ? (
        <Hint>{invitation}</Hint>
      ) : (
        <TextPreview text={text} report={report} />
      )}
      <ProblemNotice place="text" />
      <TaskProgress place="text" />
      <Choices hasText={text !== null} />
    </Panel>
  );
}

const invitation =
  "Drop stories anywhere on this page: .txt, .jsonl or .csv, also packed as .gz, one file or several. Or start with the sample stories: about a megabyte of small tales made for this.";

function Choices({ hasText }: { hasText: boolean }) {
  const busy = useStudio((state) => state.task !== null);
  const main = useStudio((state) => nextAction(state) === "open-text");
  const choose = (files: File[]) => {
    openFiles(files).catch((thrown: unknown) => showProblem("text", thrown));
  };
  return (
    <Actions>
      <Button main={main} quiet={hasText} icon={BookOpenText} disabled={busy} onClick={openSample}>
        {hasText ? "Use the sample stories" : "Start with sample stories"}
      </Button>
      <FileButton
        label={hasText ? "Choose another text" : "Choose text files"}
        accept={acceptedFiles}
        icon={FolderOpen}
        quiet={hasText}
        disabled={busy}
        onFiles={choose}
      />
      <Button
        icon={ClipboardPaste}
        quiet={hasText}
        disabled={busy}
        onClick={() => intake.set({ pasteOpen: true })}
      >
        Paste text
      </Button>
      <TinyStoriesDialog />
    </Actions>
  );
}
