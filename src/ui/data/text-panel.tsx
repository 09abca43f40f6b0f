import { BookOpenText, FolderOpen } from "lucide-react";
import { formatBytes, formatCount, formatShare } from "../../lib/format";
import { openFiles } from "../../store/files";
import { nextAction, stepStates } from "../../store/plan";
import { showProblem, useStudio } from "../../store/studio";
import { openSample } from "../../store/text";
import type { CorpusSummary, Separator } from "../../worker/api";
import { Button, FileButton } from "../kit/button";
import { Facts } from "../kit/facts";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import styles from "./text-panel.module.css";

const separators: Record<Separator, string> = {
  endoftext: "lines <|endoftext|>",
  "blank-line": "blank lines",
  line: "one story a line",
};

export function TextPanel() {
  const text = useStudio((state) => state.text);
  const state = useStudio((state) => stepStates(state).text);
  return (
    <Panel id="text" title="Text" step={1} state={state} aside={text?.name}>
      {text === null ? <Hint>{invitation}</Hint> : <Summary text={text} />}
      <ProblemNotice place="text" />
      <TaskProgress place="text" />
      <Choices hasText={text !== null} />
    </Panel>
  );
}

const invitation =
  "Drop a .txt file of stories anywhere on this page, or start with the sample stories: about a megabyte of small tales made for this.";

function Choices({ hasText }: { hasText: boolean }) {
  const busy = useStudio((state) => state.task !== null);
  const main = useStudio((state) => nextAction(state) === "open-text");
  const choose = (file: File) => {
    openFiles([file]).catch((thrown: unknown) => showProblem("text", thrown));
  };
  return (
    <Actions>
      <Button main={main} quiet={hasText} icon={BookOpenText} disabled={busy} onClick={openSample}>
        {hasText ? "Use the sample stories" : "Start with sample stories"}
      </Button>
      <FileButton
        label={hasText ? "Choose another text" : "Choose a text file"}
        accept=".txt,.text,text/plain"
        icon={FolderOpen}
        quiet={hasText}
        disabled={busy}
        onFile={choose}
      />
    </Actions>
  );
}

function Summary({ text }: { text: CorpusSummary }) {
  const { stories, heldOutStories, firstStory } = text;
  return (
    <>
      <Facts
        facts={[
          {
            label: "Stories",
            value: formatCount(stories),
            note: `split by ${separators[text.separator]}`,
          },
          {
            label: "Characters",
            value: formatCount(text.characters),
            note: formatBytes(text.bytes),
          },
          {
            label: "Held out",
            value: formatShare(heldOutStories / stories),
            note: `${formatCount(heldOutStories)} ${heldOutStories === 1 ? "story" : "stories"} to test on`,
          },
        ]}
      />
      {text.cutStories > 0 && (
        <Hint>
          {formatCount(text.cutStories)} {text.cutStories === 1 ? "story was" : "stories were"}{" "}
          longer than a megabyte and became several.
        </Hint>
      )}
      <figure className={styles.first}>
        <figcaption className={styles.caption} id="first-story">
          The first story
        </figcaption>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
        <blockquote className={styles.story} tabIndex={0} aria-labelledby="first-story">
          {firstStory}
        </blockquote>
      </figure>
    </>
  );
}
