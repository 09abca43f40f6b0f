import { useLayoutEffect, useRef, useState } from "react";
import { formatProbability } from "../../lib/format";
import { goOnWith } from "../../store/prompt";
import type { Telling } from "../../store/studio";
import { isEnd, pieceLabel, pieceText, type ShownPiece } from "../../store/telling";
import type { LikelyToken } from "../../worker/api";
import { classes } from "../kit/classes";
import styles from "./token-details.module.css";

/** How likely a token was, and what else might have come: choose one to go on with it. */
export function TokenDetails({
  telling,
  piece,
  left,
  top,
}: {
  telling: Telling;
  piece: ShownPiece;
  left: number;
  top: number;
}) {
  const card = useRef<HTMLElement>(null);
  const [fitting, setFitting] = useState(left);
  // It may not stick out of the story on the right.
  useLayoutEffect(() => {
    const room = card.current?.parentElement?.clientWidth ?? 0;
    setFitting(Math.max(0, Math.min(left, room - (card.current?.offsetWidth ?? 0))));
  }, [left]);
  const [first] = piece.tokens;
  const { tokens, at } = piece;
  return (
    <section
      ref={card}
      data-details=""
      className={styles.card}
      style={{ left: fitting, top }}
      aria-label={`Instead of ${pieceLabel(first!.piece)}`}
    >
      <p className={styles.head}>
        <span className={styles.piece}>
          {tokens.map((token) => pieceLabel(token.piece)).join(" ")}
        </span>
        <strong>{formatProbability(piece.probability)}</strong>
      </p>
      {tokens.length > 1 && (
        <p className={styles.note}>{tokens.length} tokens make this character. At the first:</p>
      )}
      <ul className={styles.list}>
        {first!.likeliest.map((choice) => (
          <li key={choice.id}>
            <Choice
              choice={choice}
              chosen={choice.id === first!.id}
              onChoose={() => goOnWith(telling, at, choice)}
            />
          </li>
        ))}
      </ul>
      <p className={styles.note}>
        The model's own probabilities, at temperature 1. Choose one to go on with it.
      </p>
    </section>
  );
}

function Choice({
  choice,
  chosen,
  onChoose,
}: {
  choice: LikelyToken;
  chosen: boolean;
  onChoose: () => void;
}) {
  const label = pieceLabel(choice.piece);
  const share = formatProbability(choice.probability);
  // After an end, or a piece that is no text, nothing can be told.
  const possible = !chosen && !isEnd(choice) && (pieceText(choice.piece) !== "" || isByte(choice));
  const inside = (
    <>
      <span className={styles.piece}>{label}</span>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${100 * choice.probability}%` }} />
      </span>
      <span className={styles.share}>{share}</span>
    </>
  );
  if (!possible) {
    return (
      <span className={classes(styles.choice, chosen && styles.chosen)}>
        {inside}
        {chosen && <span className="sr-only">, chosen</span>}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.choice}
      aria-label={`Go on with ${label}, ${share}`}
      onClick={onChoose}
    >
      {inside}
    </button>
  );
}

function isByte({ piece }: LikelyToken): boolean {
  return piece.startsWith("<0x");
}
