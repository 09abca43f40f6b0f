import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./more.module.css";

/** Details folded away. Native, so that the browser's search finds what is inside. */
export function More({
  title,
  aside,
  open,
  onOpen,
  children,
}: {
  title: string;
  /** What is inside, in short: shown beside the title. */
  aside?: ReactNode;
  /** Unfolded at first. */
  open?: boolean;
  /** Called each time that it is unfolded. */
  onOpen?: () => void;
  children: ReactNode;
}) {
  return (
    <details
      className={styles.more}
      open={open}
      onToggle={({ currentTarget }) => currentTarget.open && onOpen?.()}
    >
      <summary className={styles.summary}>
        <ChevronDown size={18} className={styles.chevron} aria-hidden="true" />
        {title}
        {aside && <span className={styles.aside}>{aside}</span>}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
