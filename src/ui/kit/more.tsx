import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./more.module.css";

/** Details folded away. Native, so that the browser's search finds what is inside. */
export function More({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className={styles.more}>
      <summary className={styles.summary}>
        <ChevronDown size={18} className={styles.chevron} aria-hidden="true" />
        {title}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
