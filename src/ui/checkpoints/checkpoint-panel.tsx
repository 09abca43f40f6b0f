import { Download, FilePlus, FolderOpen, Save } from "lucide-react";
import { useEffect } from "react";
import { packCheckpoint } from "../../store/checkpoint";
import { addFile, openFromDisk, saveNow, useLibrary, watchLibrary } from "../../store/library";
import { showProblem, useStudio } from "../../store/studio";
import { Button, FileButton } from "../kit/button";
import { download } from "../kit/download";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { ContentsChoice, useContents } from "./contents-choice";
import { LibraryList } from "./library-list";
import { NeededTextNotice } from "./needed-text";
import { OpenedNotices } from "./opened-notices";

export function CheckpointPanel() {
  useEffect(watchLibrary, []);
  return (
    <Panel id="checkpoint" title="Checkpoints">
      <Hint>
        A checkpoint is what the model has learned so far, in one .safetensors file with its
        tokenizer. Save it in this browser, or download it; open it another day, and with the same
        text training goes on from the same step.
      </Hint>
      <NeededTextNotice />
      <OpenedNotices />
      <ContentsChoice />
      <SaveActions />
      <ProblemNotice place="checkpoint" />
      <TaskProgress place="checkpoint" />
      <Said />
      <LibraryList />
      <FileActions />
    </Panel>
  );
}

function SaveActions() {
  const hasRun = useStudio((state) => state.run !== null);
  const busy = useStudio((state) => state.task !== null);
  const contents = useContents();
  const downloadCheckpoint = async () => {
    const file = await packCheckpoint(contents);
    if (file !== null) download(file);
  };
  return (
    <Actions>
      <Button icon={Save} disabled={!hasRun || busy} onClick={saveNow}>
        Save now
      </Button>
      <Button icon={Download} disabled={!hasRun || busy} onClick={downloadCheckpoint}>
        Download checkpoint
      </Button>
      {!hasRun && <Hint>Needs a model first.</Hint>}
    </Actions>
  );
}

function FileActions() {
  const busy = useStudio((state) => state.task !== null);
  const noGpu = useStudio((state) => state.adapter === null);
  const open = (file: File) => {
    openFromDisk(file).catch((thrown: unknown) => showProblem("checkpoint", thrown));
  };
  return (
    <Actions>
      <FileButton
        label="Open a checkpoint"
        accept=".safetensors"
        icon={FolderOpen}
        disabled={busy || noGpu}
        onFile={open}
      />
      <FileButton
        label="Add a file to the list"
        accept=".safetensors"
        icon={FilePlus}
        disabled={busy}
        onFile={addFile}
      />
    </Actions>
  );
}

/** What was done last; the list shows it, this says it. */
function Said() {
  const said = useLibrary((state) => state.said);
  return (
    <p className="sr-only" role="status" aria-label="Checkpoint news">
      {said}
    </p>
  );
}
