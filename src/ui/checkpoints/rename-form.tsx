import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { nameProblem } from "../../lib/checkpoint-name";
import { renameCheckpoint } from "../../store/library";
import { Button } from "../kit/button";
import styles from "./rename-form.module.css";

/** Another name, in the place of the one before. Escape leaves it as it was. */
export function RenameForm({ id, title, onEnd }: { id: string; title: string; onEnd: () => void }) {
  const [name, setName] = useState(title);
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const wrong = nameProblem(name);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (wrong !== null) return;
    if (name.trim() !== title) await renameCheckpoint(id, name);
    onEnd();
  };
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape") onEnd();
  };
  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={leaveOnEscape}>
      <label htmlFor={field} className={styles.label}>
        New name
      </label>
      <input
        ref={input}
        id={field}
        className={styles.input}
        value={name}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={`${field}-help`}
        onChange={({ target }) => setName(target.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" disabled={wrong !== null}>
          Rename
        </Button>
        <Button quiet onClick={onEnd}>
          Cancel
        </Button>
      </div>
      <p id={`${field}-help`} className={styles.wrong} aria-live="polite">
        {wrong}
      </p>
    </form>
  );
}
