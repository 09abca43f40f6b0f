import { type ReactNode, useId, useState } from "react";
import styles from "./number-field.module.css";

/**
 * A number with its label, unit and one line of help. It may be typed in peace: only a number within
 * the bounds is handed on, and what is not one is put back when the field is left.
 */
export function NumberField({
  label,
  unit,
  help,
  value,
  min,
  max,
  step = 1,
  id: givenId,
  name,
  problem,
  disabled,
  onChange,
}: {
  label: string;
  unit?: string;
  help?: ReactNode;
  value: number;
  min: number;
  max: number;
  /** 1 takes whole numbers only; `any` takes all. */
  step?: number | "any";
  /** Of the input; made up where none is given. */
  id?: string;
  /** What other tools call it. */
  name?: string;
  /** Why this value is not possible together with others, as the end of a sentence. */
  problem?: string;
  disabled?: boolean;
  onChange: (value: number) => void;
}) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const [draft, setDraft] = useState<string | null>(null);
  const good = (text: string) => {
    const number = Number(text);
    const whole = step === "any" || Number.isInteger(number / step);
    return text.trim() !== "" && whole && number >= min && number <= max;
  };
  const bad = draft !== null && !good(draft);
  const bounds = `${step === "any" ? "A number" : "A whole number"} from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}.`;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          id={id}
          className={styles.input}
          type="number"
          inputMode={step === "any" ? "decimal" : "numeric"}
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          value={draft ?? value}
          aria-invalid={bad || problem !== undefined || undefined}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => {
            setDraft(target.value);
            if (good(target.value)) onChange(Number(target.value));
          }}
          onBlur={() => setDraft(null)}
        />
        {unit && <span className={styles.unit}>{unit}</span>}
      </div>
      <p id={`${id}-help`} className={bad || problem ? styles.bad : styles.help}>
        {bad ? bounds : problem ? `Not possible: ${problem}.` : help}
        {name && (
          <>
            {" "}
            <code className={styles.name}>{name}</code>
          </>
        )}
      </p>
    </div>
  );
}
