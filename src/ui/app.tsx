import styles from "./app.module.css";
import { CheckpointPanel } from "./checkpoints/checkpoint-panel";
import { TrainPanel } from "./dashboard/train-panel";
import { PasteDialog } from "./data/paste-dialog";
import { TextPanel } from "./data/text-panel";
import { ProblemNotice } from "./kit/problem-notice";
import { ModelPanel } from "./model/model-panel";
import { PromptPanel } from "./prompt/prompt-panel";
import { SamplesPanel } from "./samples/samples-panel";
import { SheetPanel } from "./samples/sheet-panel";
import { DropTarget } from "./shell/drop-target";
import { Header } from "./shell/header";
import { NextBar } from "./shell/next-bar";
import { QuestionDialog } from "./shell/question-dialog";
import { useLeaveWarning } from "./shell/use-leave-warning";
import { TokenizerPanel } from "./tokenizer/tokenizer-panel";

export function App() {
  useLeaveWarning();
  return (
    <div className={styles.page}>
      <Header />
      <main className={styles.main}>
        <div className={styles.wide}>
          <ProblemNotice place="page" />
        </div>
        <div className={styles.column}>
          <TextPanel />
          <ModelPanel />
          <TokenizerPanel />
        </div>
        <div className={styles.column}>
          <TrainPanel />
          <PromptPanel />
          <SamplesPanel />
          <CheckpointPanel />
        </div>
        <div className={styles.wide}>
          <SheetPanel />
        </div>
      </main>
      <NextBar />
      <DropTarget />
      <PasteDialog />
      <QuestionDialog />
    </div>
  );
}
