import { ArrowDown, ArrowUp, Hash } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { formatCount } from "../../lib/format";
import { useStudio } from "../../store/studio";
import { countPieces, countsFor, listPieces, useVocabulary } from "../../store/vocabulary";
import { neverUsed, type VocabularyOrder, vocabularyRows } from "../../store/vocabulary-rows";
import type { PieceCounts, PieceType, Vocabulary } from "../../worker/api";
import { Button } from "../kit/button";
import { Actions, Hint } from "../kit/panel";
import { useWindow } from "../kit/use-window";
import styles from "./vocabulary-table.module.css";

/** As in the style sheet. */
const ROW_HEIGHT = 32;

const typeNames: Record<PieceType, string> = {
  normal: "learned",
  unknown: "unknown",
  control: "control",
  "user-defined": "given",
  unused: "unused",
  byte: "byte",
};

/** All pieces of the tokenizer, to search and to sort, with their counts in the text once asked for. */
export default function VocabularyTable() {
  const model = useStudio((state) => state.tokenizer?.model);
  const listed = useVocabulary((state) => state.listed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tokenizer has other pieces
  useEffect(() => void listPieces(), [model]);
  if (listed === null || listed.model !== model) return <Hint>Listing the pieces …</Hint>;
  return <Pieces vocabulary={listed} />;
}

function Pieces({ vocabulary }: { vocabulary: Vocabulary }) {
  const text = useStudio((state) => state.text);
  const tokenizer = useStudio((state) => state.tokenizer);
  const counts = useVocabulary((state) => countsFor(state, { text, tokenizer }));
  const [search, setSearch] = useState("");
  const [order, setOrder] = useState<VocabularyOrder>("id");
  const wanted = useDeferredValue(search);
  const rows = useMemo(
    () => vocabularyRows(vocabulary.pieces, wanted, order, counts?.counts ?? null),
    [vocabulary, wanted, order, counts],
  );
  return (
    <>
      <label className={styles.search}>
        Search pieces
        <input
          type="search"
          value={search}
          placeholder="part of a piece, or an id"
          onChange={({ target }) => setSearch(target.value)}
        />
      </label>
      <CountLine counts={counts} types={vocabulary.types} />
      <p className={styles.found} role="status">
        {wanted === ""
          ? `${formatCount(rows.length)} pieces`
          : `${formatCount(rows.length)} of ${formatCount(vocabulary.pieces.length)} pieces`}
      </p>
      <Rows rows={rows} vocabulary={vocabulary} counts={counts} order={order} onOrder={setOrder} />
    </>
  );
}

/** What was counted where, or the button to count. */
function CountLine({ counts, types }: { counts: PieceCounts | null; types: PieceType[] }) {
  const hasText = useStudio((state) => state.text !== null);
  const busy = useStudio((state) => state.task !== null);
  const unused = useMemo(() => counts && neverUsed(counts.counts, types), [counts, types]);
  if (counts !== null && unused !== null) {
    return (
      <Hint>
        Counted in the {formatCount(counts.stories)} training stories: {formatCount(counts.tokens)}{" "}
        tokens, each story's beginning and end included. {formatCount(unused.all)}{" "}
        {unused.all === 1 ? "piece is" : "pieces are"} never used, {formatCount(unused.bytes)} of
        them single bytes, kept so that any text can be spelled.
      </Hint>
    );
  }
  if (!hasText) return <Hint>No counts: there is no text open to count the pieces in.</Hint>;
  return (
    <Actions>
      <Button icon={Hash} disabled={busy} onClick={countPieces}>
        Count pieces in the text
      </Button>
      <Hint>In the training stories.</Hint>
    </Actions>
  );
}

/** A table of which only the rows in sight exist. */
function Rows({
  rows,
  vocabulary,
  counts,
  order,
  onOrder,
}: {
  rows: number[];
  vocabulary: Vocabulary;
  counts: PieceCounts | null;
  order: VocabularyOrder;
  onOrder: (order: VocabularyOrder) => void;
}) {
  const box = useRef<HTMLElement>(null);
  const { first, end } = useWindow(box, rows.length, ROW_HEIGHT);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at the top
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [rows]);
  const sort = { order, onOrder };
  const spacer = (height: number) =>
    height > 0 && (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
      <tr aria-hidden="true">
        <td colSpan={4} className={styles.spacer} style={{ height }} />
      </tr>
    );
  return (
    <section
      ref={box}
      className={styles.box}
      aria-label="Vocabulary"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <SortHeader label="Id" by="id" {...sort} />
            <th scope="col">Piece</th>
            <th scope="col">Type</th>
            {counts ? (
              <SortHeader label="Count" by="count" {...sort} />
            ) : (
              <th scope="col">Count</th>
            )}
          </tr>
        </thead>
        <tbody>
          {spacer(first * ROW_HEIGHT)}
          {rows.slice(first, end).map((id, i) => (
            <tr key={id} aria-rowindex={first + i + 2}>
              <td>{id}</td>
              <td className={styles.piece}>{vocabulary.pieces[id]}</td>
              <td className={styles.type}>{typeNames[vocabulary.types[id]!]}</td>
              <td>{counts && (counts.counts[id] ? formatCount(counts.counts[id]) : "never")}</td>
            </tr>
          ))}
          {spacer((rows.length - end) * ROW_HEIGHT)}
        </tbody>
      </table>
    </section>
  );
}

function SortHeader({
  label,
  by,
  order,
  onOrder,
}: {
  label: string;
  by: "id" | "count";
  order: VocabularyOrder;
  onOrder: (order: VocabularyOrder) => void;
}) {
  const up = order === by;
  const down = order === `${by}-down`;
  // Counts are looked at from the largest first.
  const [once, twice] = by === "id" ? ["id", "id-down"] : ["count-down", "count"];
  const next = order === once ? twice : once;
  return (
    <th scope="col" aria-sort={up ? "ascending" : down ? "descending" : "none"}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onOrder(next as VocabularyOrder)}
      >
        {label}
        {up && <ArrowUp size={14} aria-hidden="true" />}
        {down && <ArrowDown size={14} aria-hidden="true" />}
      </button>
    </th>
  );
}
