import { Download, ScrollText } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../lib/format";
import { tellSheet } from "../../store/rounds";
import { describeSampling, roundTitles, sheetMarkdown, sheetPrompts } from "../../store/sheet";
import { useStudio } from "../../store/studio";
import type { StoryRound } from "../../worker/api";
import { Button } from "../kit/button";
import { download } from "../kit/download";
import { NumberField } from "../kit/number-field";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { RoundProgressLine } from "./round-progress";
import styles from "./sheet-panel.module.css";
import { SheetTable } from "./sheet-table";

/** The same 25 prompts at one step of the model: to compare it with itself at another. */
export function SheetPanel() {
  const ready = useStudio(({ run }) => run !== null && run.state !== "failed");
  const telling = useStudio((state) => state.round?.kind === "sheet");
  const length = useStudio((state) => state.sheetLength);
  const rounds = useStudio((state) => state.rounds);
  const run = useStudio((state) => state.runs);
  const sheets = rounds.filter(({ kind }) => kind === "sheet");
  return (
    <Panel id="sheet" title="Story sheet">
      <Hint>
        {sheetPrompts.length} stories from fixed prompts, all told at the step that the model is at.
        Training waits for them and then goes on by itself; when you cancel, the stories that are
        complete are kept.
      </Hint>
      <div className={styles.controls}>
        <NumberField
          label="Story length"
          unit="tokens"
          help="The longest each may be."
          value={length}
          min={1}
          max={2_000}
          onChange={(sheetLength) => useStudio.setState({ sheetLength })}
        />
        <Button icon={ScrollText} disabled={!ready || telling} onClick={tellSheet}>
          Tell the story sheet
        </Button>
      </div>
      <ProblemNotice place="sheet" />
      <RoundProgressLine kind="sheet" />
      {sheets.length > 0 && <Sheets key={run} sheets={sheets} />}
    </Panel>
  );
}

/** Two sheets side by side: the newest and the one before, until others are chosen. */
function Sheets({ sheets }: { sheets: StoryRound[] }) {
  const [chosen, setChosen] = useState<{ left: number | null; right: number | null }>({
    left: null,
    right: null,
  });
  const title = useStudio((state) => state.run?.title ?? "run");
  const titles = roundTitles(sheets);
  const last = sheets.length - 1;
  const left = Math.min(chosen.left ?? Math.max(0, last - 1), last);
  const right = Math.min(chosen.right ?? last, last);
  const alone = sheets.length === 1;
  const shown = alone ? [last] : [left, right];
  const pick = (side: "left" | "right", label: string, place: number) => (
    <label className={styles.pick}>
      {label}
      <select
        value={place}
        onChange={({ target }) => setChosen({ left, right, [side]: Number(target.value) })}
      >
        {sheets.map(({ stories }, at) => (
          <option key={titles[at]} value={at}>
            {`${titles[at]} · ${formatCount(stories.length)} stories`}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div className={styles.picks}>
        {!alone && pick("left", "Left sheet", left)}
        {!alone && pick("right", "Right sheet", right)}
      </div>
      <SheetTable sheets={shown.map((at) => ({ title: titles[at]!, round: sheets[at]! }))} />
      <Actions>
        {[...new Set(shown)].map((at) => (
          <Button
            key={at}
            quiet
            icon={Download}
            onClick={() => download(markdownFile(sheets[at]!, title))}
          >
            {`Download ${titles[at]!.toLowerCase()} as Markdown`}
          </Button>
        ))}
        <Hint>
          Told with {describeSampling(sheets[right]!.sampling)}
          {!alone && "; what two stories begin with in common is pale."}
        </Hint>
      </Actions>
    </>
  );
}

function markdownFile(round: StoryRound, title: string): File {
  const name = `story-sheet-step${round.step}.md`;
  return new File([sheetMarkdown(round, title)], name, { type: "text/markdown" });
}
