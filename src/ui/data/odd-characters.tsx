import { formatCount } from "../../lib/format";
import type { Oddity, TextReport } from "../../worker/api";
import { More } from "../kit/more";
import { Hint } from "../kit/panel";
import { characterName } from "./character-names";
import styles from "./table.module.css";

const meanings: Record<Oddity, [what: string, means: string]> = {
  replacement: [
    "Lost characters",
    "stand where an earlier conversion met bytes it could not read. The original is the only cure.",
  ],
  control: ["Control characters", "show nothing and are rarely meant."],
  invisible: ["Invisible characters", "take no room on screen, but the model sees them."],
  "private-use": ["Private characters", "mean something only with a special font."],
  unassigned: ["Unassigned code points", "are no characters at all, or newer than this browser."],
  rare: [
    "Very rare characters",
    "get no piece of their own: the tokenizer spells them in bytes. A few do no harm.",
  ],
  space: ["Other spaces", "look like the usual space, but are another character to the model."],
};

type Odd = TextReport["odd"];

/** What is strange among the characters, how often it is there, and what it means. */
export function OddCharacterList({ odd }: { odd: Odd }) {
  const { characters, different, mojibake, mojibakeCount } = odd;
  const kinds = different + mojibake.length;
  if (kinds === 0) return null;
  const oddities = [...new Set(characters.map(({ oddity }) => oddity))];
  return (
    <More title={`Odd characters (${formatCount(kinds)})`}>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label="Odd characters">
          <thead>
            <tr>
              <th scope="col">Character</th>
              <th scope="col">What it is</th>
              <th scope="col" className={styles.number}>
                Times
              </th>
            </tr>
          </thead>
          {mojibake.length > 0 && (
            <tbody>
              <Group what="Garbled characters">
                were one character each, until UTF-8 was taken for another encoding (
                {formatCount(mojibakeCount)} in all). Save the original as UTF-8 again.
              </Group>
              {mojibake.map(({ sequence, meant, count }) => (
                <tr key={sequence}>
                  <td>
                    <span className={styles.glyph}>{sequence}</span>
                  </td>
                  <td>
                    was “{meant}”, {characterName(meant.codePointAt(0)!)}
                  </td>
                  <td className={styles.number}>{formatCount(count)}</td>
                </tr>
              ))}
            </tbody>
          )}
          {oddities.map((oddity) => (
            <tbody key={oddity}>
              <Group what={meanings[oddity][0]}>{meanings[oddity][1]}</Group>
              {characters
                .filter((character) => character.oddity === oddity)
                .map(({ codePoint, count }) => (
                  <tr key={codePoint}>
                    <td>
                      <span className={styles.glyph}>{shown(codePoint, oddity)}</span>
                    </td>
                    <td>{characterName(codePoint)}</td>
                    <td className={styles.number}>{formatCount(count)}</td>
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
      {characters.length < different && (
        <Hint>
          {formatCount(characters.length)} of {formatCount(different)} are shown.
        </Hint>
      )}
    </More>
  );
}

function Group({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <tr>
      <th scope="rowgroup" colSpan={3} className={styles.group}>
        <strong>{what}</strong> {children}
      </th>
    </tr>
  );
}

/** What has no look of its own gets an empty box; the name beside it tells. */
function shown(codePoint: number, oddity: Oddity): string {
  return oddity === "rare" || oddity === "replacement" || oddity === "private-use"
    ? String.fromCodePoint(codePoint)
    : " ";
}
