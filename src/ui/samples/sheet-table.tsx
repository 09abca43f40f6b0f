import { formatTokens } from "../../lib/format";
import { commonStart, endings, sheetPrompts } from "../../store/sheet";
import type { StoryRound, ToldStory } from "../../worker/api";
import styles from "./sheet-table.module.css";

interface Column {
  title: string;
  round: StoryRound;
}

/** One or two sheets, prompt by prompt; under one another on narrow screens. */
export function SheetTable({ sheets }: { sheets: Column[] }) {
  const longest = Math.max(...sheets.map(({ round }) => round.stories.length));
  return (
    <table className={styles.table} data-columns={sheets.length}>
      <caption className="sr-only">
        {`Story sheets: ${sheets.map(({ title }) => title).join(" and ")}`}
      </caption>
      <thead>
        <tr>
          {sheets.map(({ title }, side) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same sheet may be on both sides
            <th key={side} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {sheetPrompts.slice(0, longest).map((prompt, place) => (
        <tbody key={prompt}>
          <tr>
            <th className={styles.prompt} scope="rowgroup" colSpan={sheets.length}>
              {prompt}
            </th>
          </tr>
          <tr>
            {sheets.map(({ title, round }, side) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same sheet may be on both sides
              <td key={side} data-title={title}>
                <Told story={round.stories[place]} other={sheets[1 - side]?.round.stories[place]} />
              </td>
            ))}
          </tr>
        </tbody>
      ))}
    </table>
  );
}

function Told({ story, other }: { story: ToldStory | undefined; other: ToldStory | undefined }) {
  if (story === undefined) return <p className={styles.note}>Not told: cancelled before.</p>;
  const { text, end, tokens } = story;
  const common = other === undefined ? 0 : commonStart(text, other.text);
  return (
    <>
      <p className={styles.text}>
        {common > 0 && <span className={styles.common}>{text.slice(0, common)}</span>}
        {text.slice(common)}
      </p>
      <p className={styles.note}>{`${formatTokens(tokens)} · ${endings[end]}`}</p>
    </>
  );
}
