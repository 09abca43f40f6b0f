import { Ruler, Scissors } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { formatCount, formatDuration, formatSmall } from "../../lib/format";
import { nextAction, stepStates, type TokenizerGap, tokenizerGap } from "../../store/plan";
import { type TokenizerOnPage, useStudio } from "../../store/studio";
import { textInTokens } from "../../store/text-in-tokens";
import { measureTokenizer, trainTokenizer } from "../../store/tokenizer";
import type { TokenizerMeasure } from "../../worker/api";
import { Button } from "../kit/button";
import { type Fact, Facts } from "../kit/facts";
import { More } from "../kit/more";
import { NumberField } from "../kit/number-field";
import { Actions, Hint, Panel } from "../kit/panel";
import { ProblemNotice } from "../kit/problem-notice";
import { TaskProgress } from "../kit/task-progress";
import { fieldId } from "../model/fields";
import styles from "./tokenizer-panel.module.css";

// Nobody needs them before there is a tokenizer.
const TryIt = lazy(() => import("./try-it"));
const VocabularyTable = lazy(() => import("./vocabulary-table"));

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
        id={fieldId("vocab_size")}
        name="vocab_size"
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
      {tokenizer && (
        <>
          <Suspense fallback={null}>
            <TryIt />
          </Suspense>
          <Vocabulary size={tokenizer.vocabSize} />
        </>
      )}
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
  const heldOut = useStudio((state) => textInTokens(state)?.heldOut);
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
          ...(heldOut ? packing(heldOut) : []),
        ]}
      />
      {heldOut ? (
        <Hint>
          Measured on the {formatCount(heldOut.stories)} held-out stories:{" "}
          {formatCount(heldOut.tokens)} tokens, their beginnings and ends left out.
        </Hint>
      ) : (
        <MeasureButton />
      )}
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

function packing({ characters, bytes, words, tokens }: TokenizerMeasure): Fact[] {
  // Held-out stories without a single token would be empty, and empty ones are no stories.
  return [
    { label: "Characters a token", value: formatSmall(characters / tokens) },
    { label: "Bytes a token", value: formatSmall(bytes / tokens) },
    { label: "Tokens a word", value: formatSmall(tokens / words) },
  ];
}

/** For a tokenizer that was not trained here: a checkpoint's. */
function MeasureButton() {
  const hasText = useStudio((state) => state.text !== null);
  const busy = useStudio((state) => state.task !== null);
  if (!hasText) return <Hint>Characters and bytes a token are measured once a text is open.</Hint>;
  return (
    <Actions>
      <Button icon={Ruler} disabled={busy} onClick={measureTokenizer}>
        Measure on the held-out stories
      </Button>
    </Actions>
  );
}

/** Folded away; its rows are asked for when it is opened first. */
function Vocabulary({ size }: { size: number }) {
  const [opened, setOpened] = useState(false);
  return (
    <More title="Vocabulary" aside={`${formatCount(size)} pieces`} onOpen={() => setOpened(true)}>
      {opened && (
        <Suspense fallback={<Hint>Listing the pieces …</Hint>}>
          <VocabularyTable />
        </Suspense>
      )}
    </More>
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
