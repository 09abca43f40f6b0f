import { Fragment } from "react";
import { formatCount } from "../../lib/format";
import { type Telling, useStudio } from "../../store/studio";
import type { GenerationEnd } from "../../worker/api";
import { More } from "../kit/more";
import styles from "./tellings.module.css";

/** What the model told: the newest story, and the earlier ones folded away. */
export function Tellings() {
  const [newest, ...earlier] = useStudio((state) => state.tellings);
  if (newest === undefined) return null;
  return (
    <>
      <Story telling={newest} label="Story" />
      {earlier.length > 0 && (
        <More title={`Earlier stories (${earlier.length})`}>
          {earlier.map((telling) => (
            <Story key={telling.id} telling={telling} label="Earlier story" />
          ))}
        </More>
      )}
    </>
  );
}

const ends: Record<GenerationEnd, string> = {
  "end-of-story": "the story ended",
  length: "reached the length",
  stopped: "stopped",
  failed: "ended by an error",
};

function Story({ telling, label }: { telling: Telling; label: string }) {
  const { prompt, parts, end, step, seed } = telling;
  return (
    <article className={styles.story} aria-label={label} aria-busy={end === null}>
      <p className={styles.text}>
        <span className={styles.prompt}>{prompt}</span>
        {parts.map(({ text, shifted }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end
          <Fragment key={index}>
            {shifted && <ContextMark />}
            <span data-testid="told">{text}</span>
          </Fragment>
        ))}
        {end === null && <span className={styles.cursor} aria-hidden="true" />}
      </p>
      <p className={styles.note} role="status">
        {end === null
          ? "Telling …"
          : `${ends[end.reason]} · ${formatCount(end.tokens)} tokens · model at step ${formatCount(step)} · seed ${seed}`}
      </p>
    </article>
  );
}

/** Where the context was full and the model forgot the first half. */
function ContextMark() {
  return (
    <span
      className={styles.mark}
      role="img"
      aria-label="Context full: the model forgot the first half here"
      title="The context was full: from here on the model no longer sees the first half."
    >
      ⁝
    </span>
  );
}
