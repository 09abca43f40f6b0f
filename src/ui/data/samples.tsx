import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../lib/format";
import type { TextReport } from "../../worker/api";
import styles from "./samples.module.css";

/** The first story, and some more to page through. */
export function Samples({ samples, stories }: { samples: TextReport["samples"]; stories: number }) {
  const [index, setIndex] = useState(0);
  // Another text may have fewer of them.
  const sample = samples[index] ?? samples[0]!;
  const at = samples.indexOf(sample);
  const title =
    sample.number === 1
      ? "The first story"
      : `Story ${formatCount(sample.number)} of ${formatCount(stories)}`;
  return (
    <figure className={styles.samples}>
      <div className={styles.header}>
        <figcaption className={styles.caption} id="sample-story" aria-live="polite">
          {title}
        </figcaption>
        {samples.length > 1 && (
          <div className={styles.pager}>
            <button
              type="button"
              className={styles.turn}
              aria-label="Previous sample story"
              onClick={() => setIndex((at + samples.length - 1) % samples.length)}
            >
              <ChevronLeft size={18} aria-hidden="true" />
            </button>
            <button
              type="button"
              className={styles.turn}
              aria-label="Next sample story"
              onClick={() => setIndex((at + 1) % samples.length)}
            >
              <ChevronRight size={18} aria-hidden="true" />
            </button>
          </div>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <blockquote className={styles.story} tabIndex={0} aria-labelledby="sample-story">
        {sample.text}
      </blockquote>
    </figure>
  );
}
