import { RotateCcw } from "lucide-react";
import { useId } from "react";
import { choicesDiffer, setChoices, undoChoices, useIntake } from "../../store/intake";
import { useStudio } from "../../store/studio";
import { readTextAgain } from "../../store/text";
import type { TextChoices, TextReport } from "../../worker/api";
import { Button } from "../kit/button";
import { More } from "../kit/more";
import { NumberField } from "../kit/number-field";
import { Actions, Hint } from "../kit/panel";
import styles from "./reading-choices.module.css";

/** Separator, column and held-out share; they count when the text is read again. */
export function ReadingChoices({ report }: { report: TextReport }) {
  const choices = useIntake((state) => state.choices);
  const differ = useIntake(choicesDiffer);
  const busy = useStudio((state) => state.task !== null);
  const hasPlainText = report.files.some(({ kind }) => kind === "text");
  return (
    <More title="How the text is read">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (differ && !busy) void readTextAgain();
        }}
      >
        {hasPlainText && <SeparatorChoice value={choices.separator} disabled={busy} />}
        {report.columns.length > 0 && (
          <ColumnChoice report={report} value={choices.column} disabled={busy} />
        )}
        <NumberField
          label="Held out"
          unit="% of the stories"
          help={
            report.heldOutCapped
              ? "2 MB are held out at most, and this text reaches that: a larger share changes nothing."
              : "Stories to test on, never trained on. 2 MB of them at most."
          }
          value={Number((100 * choices.heldOutShare).toFixed(2))}
          min={0.5}
          max={50}
          step="any"
          disabled={busy}
          onChange={(percent) => setChoices({ heldOutShare: percent / 100 })}
        />
        {differ && (
          <>
            <Hint>
              The text is read again for this, and then needs its tokenizer trained anew. Until it
              is done, all stays as it is.
            </Hint>
            <Actions>
              <Button type="submit" icon={RotateCcw} disabled={busy}>
                Read the text again
              </Button>
              <Button quiet disabled={busy} onClick={undoChoices}>
                Undo
              </Button>
            </Actions>
          </>
        )}
      </form>
    </More>
  );
}

const separators: Record<TextChoices["separator"], string> = {
  auto: "found by itself",
  endoftext: "lines <|endoftext|>",
  "blank-line": "blank lines",
  line: "the end of each line",
};

function SeparatorChoice({
  value,
  disabled,
}: {
  value: TextChoices["separator"];
  disabled: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        Between stories
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={disabled}
        onChange={({ target }) =>
          setChoices({ separator: target.value as TextChoices["separator"] })
        }
      >
        {Object.entries(separators).map(([separator, label]) => (
          <option key={separator} value={separator}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function ColumnChoice({
  report,
  value,
  disabled,
}: {
  report: TextReport;
  value: string | null;
  disabled: boolean;
}) {
  const used = report.files.find(({ column }) => column !== null)?.column;
  const chosen = value ?? used;
  return (
    <fieldset className={styles.columns} disabled={disabled}>
      <legend className={styles.label}>The stories are in</legend>
      {report.columns.map(({ name, example }) => (
        <label key={name} className={styles.column}>
          <input
            type="radio"
            name="story-column"
            checked={name === chosen}
            // What is used already is no change, whether it was found or chosen.
            onChange={() => setChoices({ column: name === used ? report.choices.column : name })}
          />
          <span className={styles.columnName}>{name}</span>
          <span className={styles.example}>{example}</span>
        </label>
      ))}
    </fieldset>
  );
}
