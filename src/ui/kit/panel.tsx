import { Check } from "lucide-react";
import { type ReactNode, useRef } from "react";
import type { StepState } from "../../store/plan";
import { classes } from "./classes";
import styles from "./panel.module.css";

import { PanelBoundary } from "./panel-boundary";
import { useKeptFocus } from "./use-kept-focus";

/** One part of the page: a landmark with its heading, and its number where it is a step of the way. */
export function Panel({
  id,
  title,
  step,
  state,
  aside,
  children,
}: {
  id: string;
  title: string;
  step?: number;
  state?: StepState;
  /** Beside the heading. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const heading = `${id}-heading`;
  const part = useRef<HTMLElement>(null);
  const headingElement = useRef<HTMLHeadingElement>(null);
  useKeptFocus(part, headingElement);
  return (
    <section ref={part} id={id} className={styles.panel} aria-labelledby={heading}>
      <header className={styles.header}>
        {step !== undefined && (
          <span className={classes(styles.badge, state && styles[state])} aria-hidden="true">
            {state === "done" ? <Check size={16} strokeWidth={3} /> : step}
          </span>
        )}
        <h2 ref={headingElement} id={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        {aside && <div className={styles.aside}>{aside}</div>}
      </header>
      <PanelBoundary>{children}</PanelBoundary>
    </section>
  );
}

/** Buttons side by side; they wrap on narrow screens. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** A line of explanation. */
export function Hint({ children, id }: { children: ReactNode; id?: string }) {
  return (
    <p className={styles.hint} id={id}>
      {children}
    </p>
  );
}
