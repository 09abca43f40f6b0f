import { ShieldCheck } from "lucide-react";
import { AdapterLine } from "./adapter-line";
import styles from "./header.module.css";
import { HelpDialog } from "./help-dialog";
import { ThemeSwitch } from "./theme-switch";

export function Header() {
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <Mark />
        <h1 className={styles.name}>Storyloom</h1>
        <div className={styles.tools}>
          <ThemeSwitch />
          <HelpDialog />
        </div>
      </div>
      <p className={styles.line}>
        Train a small language model on your own text, on your own GPU, in this tab.
      </p>
      <div className={styles.notes}>
        <p className={styles.note}>
          <ShieldCheck size={17} aria-hidden="true" />
          Your text never leaves this tab.
        </p>
        <AdapterLine />
      </div>
    </header>
  );
}

/** Warp and weft: the sign of the loom. */
function Mark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" width="38" height="38" aria-hidden="true">
      <path d="M4 9h24M4 16h24M4 23h24" className={styles.weft} />
      <path d="M9 4v24M16 4v3m0 4v10m0 4v3M23 4v24" className={styles.warp} />
    </svg>
  );
}
