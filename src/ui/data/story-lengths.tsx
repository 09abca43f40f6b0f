import { formatCount } from "../../lib/format";
import type { StoryLengths } from "../../worker/api";
import styles from "./story-lengths.module.css";

type Bar = StoryLengths["bars"][number];

const range = ({ from, to }: Bar) =>
  from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`;

/** How many stories are how long: bars, and a table for those who do not see them. */
export function LengthChart({ lengths }: { lengths: StoryLengths }) {
  const { shortest, median, longest, bars } = lengths;
  const most = Math.max(...bars.map(({ stories }) => stories));
  const last = bars.at(-1)!;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h3 className={styles.title}>Story lengths</h3>
        Half of the stories have {formatCount(median)} characters or fewer; the shortest has{" "}
        {formatCount(shortest)}, the longest {formatCount(longest)}.
      </figcaption>
      <div className={styles.bars} aria-hidden="true">
        {bars.map((bar) => (
          <div
            key={bar.from}
            className={styles.slot}
            title={`${range(bar)} characters: ${formatCount(bar.stories)} stories`}
          >
            <div className={styles.bar} style={{ height: `${(100 * bar.stories) / most}%` }} />
          </div>
        ))}
      </div>
      <div className={styles.axis} aria-hidden="true">
        <span>{formatCount(bars[0]!.from)}</span>
        <span>characters</span>
        <span>
          {formatCount(last.from)}
          {last.to > last.from && " and more"}
        </span>
      </div>
      <div className="sr-only">
        <table>
          <caption>Stories by their length in characters</caption>
          <thead>
            <tr>
              <th scope="col">Characters</th>
              <th scope="col">Stories</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.from}>
                <th scope="row">{range(bar)}</th>
                <td>{formatCount(bar.stories)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
