import { keepOpened } from "../../store/library";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { Actions } from "../kit/panel";
import styles from "./needed-text.module.css";

/** What there is to know of a checkpoint that was opened: that it cannot train on, that the list has not got it. */
export function OpenedNotices() {
  const run = useStudio((state) => state.run);
  const busy = useStudio((state) => state.task !== null);
  if (run === null) return null;
  const { contents, title, step, unkept } = run;
  return (
    <>
      {contents === "model" && (
        <div className={styles.notice} role="status" aria-label="Model only">
          <p className={styles.what}>
            {title} is open at step {step.toLocaleString("en")}, model only. Prompts work.
          </p>
          <p>
            Training cannot go on from it: its file has no optimizer state and does not know its
            place in a text.
          </p>
        </div>
      )}
      {unkept && (
        <div className={styles.notice} role="status" aria-label="Opened file">
          <p>“{unkept.name}” was opened from disk and is not in the list below.</p>
          <Actions>
            <Button disabled={busy} onClick={keepOpened}>
              Keep in the list
            </Button>
          </Actions>
        </div>
      )}
    </>
  );
}
