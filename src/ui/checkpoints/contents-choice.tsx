import { savedContents, useLibrary } from "../../store/library";
import { useStudio } from "../../store/studio";
import type { CheckpointContents } from "../../worker/api";
import styles from "./contents-choice.module.css";

const choices: { contents: CheckpointContents; label: string; help: string }[] = [
  {
    contents: "run",
    label: "With optimizer state, to go on",
    help: "All that training needs to go on, with losses and the stories told. Three times as large.",
  },
  {
    contents: "model",
    label: "Model only, for sharing",
    help: "Weights, settings, losses and tokenizer; it cannot train on. Of your text it tells nothing but the tokenizer's pieces: words and parts of words from it.",
  },
];

/** What a save or download holds now. */
export function useContents(): CheckpointContents {
  const chosen = useLibrary((state) => state.contents);
  return useStudio((state) => savedContents(state.run, chosen));
}

/** What the next save or download shall hold. */
export function ContentsChoice() {
  const contents = useContents();
  const modelOnly = useStudio((state) => state.run?.contents === "model");
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.legend}>What to save</legend>
      {choices.map((choice) => (
        <label key={choice.contents} className={styles.option}>
          <input
            type="radio"
            name="checkpoint-contents"
            className={styles.radio}
            aria-label={choice.label}
            aria-describedby={`contents-${choice.contents}`}
            checked={contents === choice.contents}
            disabled={modelOnly && choice.contents === "run"}
            onChange={() => useLibrary.setState({ contents: choice.contents })}
          />
          <span className={styles.body}>
            <span className={styles.label}>{choice.label}</span>
            <span id={`contents-${choice.contents}`} className={styles.help}>
              {choice.help}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
