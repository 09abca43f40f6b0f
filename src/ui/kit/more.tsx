import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./more.module.css";

/** Details folded away. Native, so that the browser's search finds what is inside. */
export function More({
  title,
  open,
  children,
}: {
  title: string;
  /** Unfolded at first. */
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className={styles.more} open={open}>
      <summary className={styles.summary}>
        <ChevronDown size={18} className={styles.chevron} aria-hidden="true" />
        {title}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
