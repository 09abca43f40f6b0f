import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useState } from "react";
import { type Question, useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { classes } from "../kit/classes";
import styles from "./dialog.module.css";

/** Asks before something is lost. */
export function QuestionDialog() {
  const asked = useStudio((state) => state.question);
  // The words stay while the dialog fades away.
  const [question, setQuestion] = useState<Question | null>(null);
  if (asked !== null && asked !== question) setQuestion(asked);
  return (
    <AlertDialog.Root
      open={asked !== null}
      onOpenChange={(open) => !open && question?.answer(false)}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.backdrop} />
        <AlertDialog.Popup className={classes(styles.popup, styles.small)}>
          <AlertDialog.Title className={styles.title}>{question?.title}</AlertDialog.Title>
          <AlertDialog.Description>{question?.body}</AlertDialog.Description>
          <div className={styles.actions}>
            <Button onClick={() => question?.answer(false)}>Keep it</Button>
            <Button onClick={() => question?.answer(true)}>{question?.confirm}</Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
