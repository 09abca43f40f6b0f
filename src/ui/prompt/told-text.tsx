import {
  type FocusEvent,
  Fragment,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { formatProbability } from "../../lib/format";
import { type Telling, useStudio } from "../../store/studio";
import {
  isEnd,
  likelihoodLevel,
  pieceLabel,
  type ShownPiece,
  shownPieces,
} from "../../store/telling";
import { classes } from "../kit/classes";
import { TokenDetails } from "./token-details";
import styles from "./told-text.module.css";

/** Time to move the pointer from a token to its details. */
const CLOSE_MS = 250;
const shades = [styles.rare, styles.unlikely, styles.possible, styles.likely, undefined];

/** The piece whose details are shown, and where: pixels from the left and the top of the text. */
interface Shown {
  index: number;
  left: number;
  top: number;
}

/**
 * A prompt and what the model told after it. Each token is shaded by its probability, and shows on
 * hover or focus what else might have come. One tab stop: arrow keys go from token to token.
 */
export function ToldText({ telling }: { telling: Telling }) {
  const { prompt, tokens, end } = telling;
  const shade = useStudio((state) => state.shade);
  const pieces = useMemo(() => shownPieces(tokens, end !== null), [tokens, end]);
  const details = useDetails(pieces.length);
  const { shown } = details;
  const piece = shown === null ? undefined : pieces[shown.index];
  return (
    <div className={styles.wrap} ref={details.wrap} {...(shade && details.listeners)}>
      <p className={styles.text}>
        <span className={styles.prompt}>{prompt}</span>
        {pieces.map((one, index) => (
          <Fragment key={one.at}>
            {one.shifted && <ContextMark />}
            {shade ? (
              <Piece
                piece={one}
                index={index}
                tabStop={index === details.tabStop}
                open={index === shown?.index}
              />
            ) : (
              <span data-testid="told">{one.text}</span>
            )}
          </Fragment>
        ))}
        {end === null && <span className={styles.cursor} aria-hidden="true" />}
      </p>
      {shade && shown && piece && (
        <TokenDetails telling={telling} piece={piece} left={shown.left} top={shown.top} />
      )}
    </div>
  );
}

interface PieceProps {
  piece: ShownPiece;
  index: number;
  tabStop: boolean;
  open: boolean;
}

/** Hundreds of them stay as they are while new ones come. */
const Piece = memo(
  function Piece({ piece, index, tabStop, open }: PieceProps) {
    const level = likelihoodLevel(piece.probability);
    const label = piece.tokens.map((token) => pieceLabel(token.piece)).join(" ");
    return (
      // biome-ignore lint/a11y/useSemanticElements: a button cannot wrap with the lines of a text
      <span
        role="button"
        data-testid="told"
        data-index={index}
        data-level={level}
        className={classes(styles.piece, shades[level], isEnd(piece.tokens[0]!) && styles.end)}
        tabIndex={tabStop ? 0 : -1}
        aria-expanded={open}
        aria-label={`${label}, ${formatProbability(piece.probability)}`}
      >
        {piece.text}
      </span>
    );
  },
  (before, now) =>
    before.piece.tokens[0] === now.piece.tokens[0] &&
    before.piece.text === now.piece.text &&
    before.index === now.index &&
    before.tabStop === now.tabStop &&
    before.open === now.open,
);

/** Which token is looked at, by pointer or by keyboard. */
function useDetails(count: number) {
  const wrap = useRef<HTMLDivElement>(null);
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [tabStop, setTabStop] = useState(0);
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    // Lines break elsewhere then, and the token is no longer where it was.
    const forget = () => setShown(null);
    window.addEventListener("resize", forget);
    return () => {
      window.removeEventListener("resize", forget);
      clearTimeout(closing.current);
    };
  }, []);

  const show = (target: EventTarget): boolean => {
    const token = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    if (token === null || wrap.current === null) return false;
    clearTimeout(closing.current);
    const around = wrap.current.getBoundingClientRect();
    const last = [...token.getClientRects()].at(-1)!;
    setShown({
      index: Number(token.dataset.index),
      left: last.left - around.left,
      top: last.bottom - around.top,
    });
    return true;
  };
  const hide = () => setShown(null);
  const focusAt = (index: number) => {
    wrap.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };

  const listeners = {
    onPointerOver(event: PointerEvent) {
      if (show(event.target)) return;
      // Over the details themselves they stay.
      if ((event.target as Element).closest("[data-details]")) clearTimeout(closing.current);
    },
    onPointerOut() {
      clearTimeout(closing.current);
      const keeps = wrap.current?.contains(document.activeElement);
      if (!keeps) closing.current = setTimeout(hide, CLOSE_MS);
    },
    onFocus(event: FocusEvent) {
      if (show(event.target)) setTabStop(Number((event.target as HTMLElement).dataset.index));
    },
    onBlur(event: FocusEvent) {
      if (!wrap.current?.contains(event.relatedTarget)) hide();
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape") {
        if (shown !== null) focusAt(shown.index);
        hide();
        return;
      }
      if (!(event.target as HTMLElement).dataset.index) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        show(event.target);
        return;
      }
      const to = targetOf(event.key, tabStop, count);
      if (to === null) return;
      event.preventDefault();
      focusAt(to);
    },
  };
  return { wrap, shown, tabStop: Math.min(tabStop, count - 1), listeners };
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return Math.min(at + 1, count - 1);
    case "ArrowLeft":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
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
