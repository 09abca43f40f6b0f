import { memo, useId, useState } from "react";
import { formatCount, formatSmall } from "../../lib/format";
import type { TokenPart } from "../../worker/api";
import { classes } from "../kit/classes";
import styles from "./try-it.module.css";
import { useCutText } from "./use-cut-text";

/** Longer text is cut: thousands of tokens more would only make typing slow. */
const LONGEST = 10_000;
/** Parts that are drawn anew together: typing changes the last block, not all of them. */
const BLOCK = 200;
const COLOURS = 5;

/** A text of the user's own, in coloured tokens. */
export default function TryIt() {
  const id = useId();
  const [typed, setTyped] = useState("Once upon a time, a snowman ☃ met a zebra.");
  const [showIds, setShowIds] = useState(true);
  const text = beginning(typed);
  const parts = useCutText(text);
  return (
    <div className={styles.try}>
      <label htmlFor={id} className={styles.label}>
        Try it
      </label>
      <textarea
        id={id}
        className={styles.box}
        rows={2}
        value={typed}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => setTyped(target.value)}
      />
      <p id={`${id}-note`} className={styles.note}>
        {text.length < typed.length
          ? `Only the first ${formatCount(LONGEST)} characters are cut into tokens.`
          : "What you type is cut into tokens; the first one begins with a space that the tokenizer adds."}
      </p>
      {parts && (
        <>
          <div className={styles.line}>
            <p role="status">{inNumbers(text, parts)}</p>
            <label className={styles.toggle}>
              <input
                type="checkbox"
                checked={showIds}
                onChange={({ target }) => setShowIds(target.checked)}
              />
              Show ids
            </label>
          </div>
          <Tokens parts={parts} showIds={showIds} />
        </>
      )}
    </div>
  );
}

/** At most `LONGEST` UTF-16 units, no character torn apart. */
function beginning(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function inNumbers(text: string, parts: TokenPart[]): string {
  const tokens = parts.reduce((sum, part) => sum + part.tokens.length, 0);
  if (tokens === 0) return "0 tokens";
  const characters = [...text].length;
  const count = `${formatCount(tokens)} ${tokens === 1 ? "token" : "tokens"}`;
  return `${count}, ${formatSmall(characters / tokens)} characters a token`;
}

function Tokens({ parts, showIds }: { parts: TokenPart[]; showIds: boolean }) {
  const blocks = [];
  let tokens = 0;
  for (let at = 0; at < parts.length; at += BLOCK) {
    const block = parts.slice(at, at + BLOCK);
    blocks.push(<Block key={at} parts={block} first={tokens} showIds={showIds} />);
    for (const part of block) tokens += part.tokens.length;
  }
  return (
    <ol className={styles.tokens} aria-label="Tokens">
      {blocks}
    </ol>
  );
}

interface BlockProps {
  parts: TokenPart[];
  /** Tokens before these. */
  first: number;
  showIds: boolean;
}

const Block = memo(function Block({ parts, first, showIds }: BlockProps) {
  let index = first;
  return parts.map((part) => {
    const at = index;
    index += part.tokens.length;
    return <Part key={at} part={part} at={at} showIds={showIds} />;
  });
}, sameBlock);

function sameBlock(a: BlockProps, b: BlockProps): boolean {
  const ids = ({ parts }: BlockProps) => parts.flatMap(({ tokens }) => tokens.map(({ id }) => id));
  return a.showIds === b.showIds && a.first === b.first && ids(a).join() === ids(b).join();
}

/** One token; or a character with the bytes that spell it. */
function Part({ part, at, showIds }: { part: TokenPart; at: number; showIds: boolean }) {
  const { text, tokens } = part;
  const isBytes = tokens[0]!.piece.startsWith("<0x") && tokens[0]!.piece !== text;
  if (!isBytes) return <Token id={tokens[0]!.id} shown={visible(text)} at={at} showIds={showIds} />;
  const bytes = tokens.map((token, i) => ({ ...token, at: at + i }));
  return (
    <li className={styles.bytes}>
      <span className={styles.character}>{visible(text)}</span>
      <ol className={styles.spelled} aria-label={`${visible(text)} in bytes`}>
        {bytes.map(({ id, piece, at }) => (
          <Token key={at} id={id} shown={piece.slice(3, 5)} at={at} showIds={showIds} />
        ))}
      </ol>
      {text === "\n" && <span className={styles.break} />}
    </li>
  );
}

function Token({
  id,
  shown,
  at,
  showIds,
}: {
  id: number;
  shown: string;
  at: number;
  showIds: boolean;
}) {
  return (
    <li
      className={classes(styles.token, styles[`colour${at % COLOURS}`])}
      title={`id ${id}`}
      data-token={id}
    >
      <span className={styles.piece}>{shown}</span>
      {showIds && <span className={styles.id}>{id}</span>}
    </li>
  );
}

/** White space that can be seen. */
function visible(text: string): string {
  return text.replaceAll(" ", "␣").replaceAll("\n", "↵").replaceAll("\t", "⇥");
}
