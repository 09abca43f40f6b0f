import { Scissors } from "lucide-react";
import { formatCount, formatDuration } from "../../lib/format";
import { nextAction, stepStates, type TokenizerGap, tokenizerGap } from "../../store/plan";
import { type TokenizerOnPage, useStudio } from "../../store/studio";
import { trainTokenizer } from "../../store/tokenizer";
import { Button } from "../kit/button";
import { Facts } from "../kit/facts";
import { NumberField } from "../kit/number-field";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import styles from "./tokenizer-panel.module.css";

export function TokenizerPanel() {
  const tokenizer = useStudio((state) => state.tokenizer);
  const state = useStudio((state) => stepStates(state).tokenizer);
  const vocabSize = useStudio((state) => state.vocabSize);
  const busy = useStudio((state) => state.task !== null);
  return (
    <Panel id="tokenizer" title="Tokenizer" step={3} state={state}>
      <Hint>
        Cuts text into pieces: common words whole, rare ones in parts. It learns from your text
        which pieces are worth having.
      </Hint>
      <NumberField
        label="Vocabulary size"
        unit="pieces"
        help="Set by the model size; more pieces make shorter texts and a larger model."
        value={vocabSize}
        min={260}
        max={65_535}
        disabled={busy}
        onChange={(value) => useStudio.setState({ vocabSize: value })}
      />
      {tokenizer && <Result tokenizer={tokenizer} />}
      <ProblemNotice place="tokenizer" />
      <TaskProgress place="tokenizer" />
      <TrainButton />
    </Panel>
  );
}

function TrainButton() {
  const gap = useStudio(tokenizerGap);
  const trained = useStudio((state) => state.tokenizer !== null);
  const hasText = useStudio((state) => state.text !== null);
  const busy = useStudio((state) => state.task !== null);
  const main = useStudio((state) => nextAction(state) === "train-tokenizer");
  return (
    <Actions>
      <Button
        main={main}
        quiet={gap === null}
        icon={Scissors}
        disabled={!hasText || busy}
        onClick={trainTokenizer}
      >
        {trained ? "Train tokenizer again" : "Train tokenizer"}
      </Button>
      {!hasText && <Hint>Needs a text first.</Hint>}
    </Actions>
  );
}

const gaps: Record<Exclude<TokenizerGap, "none">, string> = {
  "other-size":
    "This tokenizer was trained for another vocabulary size. Train it again for the size above.",
  "other-text": "This tokenizer was trained on another text. Train it again for the open one.",
};

function Result({ tokenizer }: { tokenizer: TokenizerOnPage }) {
  const gap = useStudio(tokenizerGap);
  const { vocabSize, requestedVocabSize, trainedOn, skippedLines, seconds } = tokenizer;
  return (
    <>
      {gap !== null && gap !== "none" && (
        <p className={styles.again} role="status">
          {gaps[gap]}
        </p>
      )}
      <Facts
        facts={[
          {
            label: "Pieces",
            value: formatCount(vocabSize),
            note:
              vocabSize < requestedVocabSize &&
              `of ${formatCount(requestedVocabSize)} asked for: nothing more was worth joining`,
          },
          trainedOn === null
            ? { label: "Origin", value: "from the checkpoint" }
            : { label: "Trained in", value: formatDuration(seconds), note: `on ${trainedOn.name}` },
        ]}
      />
      {skippedLines > 0 && (
        <Hint>
          {formatCount(skippedLines)} {skippedLines === 1 ? "line was" : "lines were"} too long to
          learn pieces from.
        </Hint>
      )}
      <Pieces pieces={tokenizer.samplePieces} />
    </>
  );
}

function Pieces({ pieces }: { pieces: string[] }) {
  if (pieces.length === 0) return null;
  return (
    <div className={styles.pieces}>
      <h3 className={styles.caption} id="sample-pieces">
        Pieces it learned first (▁ is a space)
      </h3>
      <ul className={styles.chips} aria-labelledby="sample-pieces">
        {pieces.map((piece) => (
          <li key={piece} className={styles.chip}>
            {piece}
          </li>
        ))}
      </ul>
    </div>
  );
}
