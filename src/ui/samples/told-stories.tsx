import type { ToldStory } from "../../worker/api";
import styles from "./samples.module.css";

/** Stories with the prompts that they began from. */
export function ToldStories({ label, stories }: { label: string; stories: ToldStory[] }) {
  return (
    <ul className={styles.stories} aria-label={label}>
      {stories.map(({ prompt, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a round's stories never change
        <li key={place} className={styles.story}>
          <strong className={styles.prompt}>{prompt}</strong>
          {text}
        </li>
      ))}
    </ul>
  );
}
