import type { MemoryEstimate } from "../../engine/model/config";
import { formatBytes, formatShare } from "../../lib/format";
import { classes } from "../kit/classes";
import styles from "./memory-bar.module.css";
import { memoryParts } from "./memory-parts";

/** What the GPU's memory goes to, as one bar with its numbers. */
export function MemoryBar({ memory }: { memory: MemoryEstimate }) {
  const parts = memoryParts(memory);
  return (
    <div className={styles.memory}>
      <h3 className={styles.title}>
        GPU memory <span className={styles.total}>about {formatBytes(memory.total)}</span>
      </h3>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ name, share }) => (
          <span
            key={name}
            className={classes(styles.part, styles[name])}
            style={{ flexGrow: share }}
          />
        ))}
      </div>
      <dl className={styles.legend}>
        {parts.map(({ name, label, bytes, share }) => (
          <div key={name} className={styles.entry}>
            <dt>
              <span className={classes(styles.swatch, styles[name])} aria-hidden="true" />
              {label}
            </dt>
            <dd>
              {formatBytes(bytes)} <span className={styles.share}>{formatShare(share)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
