import { Download, FolderOpen } from "lucide-react";
import { openCheckpoint, saveCheckpoint } from "../../store/checkpoint";
import { showProblem, useStudio } from "../../store/studio";
import { Button, FileButton } from "../kit/button";
import { download } from "../kit/download";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { NeededTextNotice } from "./needed-text";

export function CheckpointPanel() {
  const hasRun = useStudio((state) => state.run !== null);
  const busy = useStudio((state) => state.task !== null);
  const noGpu = useStudio((state) => state.adapter === null);
  const downloadCheckpoint = async () => {
    const file = await saveCheckpoint();
    if (file !== null) download(file);
  };
  const open = (file: File) => {
    openCheckpoint(file, file.name).catch((thrown: unknown) => showProblem("checkpoint", thrown));
  };
  return (
    <Panel id="checkpoint" title="Checkpoint">
      <Hint>
        Model, optimizer and tokenizer in one .safetensors file. Drop it here another day: prompts
        work at once, and with the same text training goes on from the same step.
      </Hint>
      <NeededTextNotice />
      <ProblemNotice place="checkpoint" />
      <TaskProgress place="checkpoint" />
      <Actions>
        <Button icon={Download} disabled={!hasRun || busy} onClick={downloadCheckpoint}>
          Download checkpoint
        </Button>
        <FileButton
          label="Open a checkpoint"
          accept=".safetensors"
          icon={FolderOpen}
          disabled={busy || noGpu}
          onFile={open}
        />
      </Actions>
    </Panel>
  );
}
