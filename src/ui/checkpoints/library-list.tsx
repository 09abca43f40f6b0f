import { useLayoutEffect, useRef, useState } from "react";
import { formatBytes } from "../../lib/format";
import {
  deleteCheckpoint,
  type LibraryRow,
  libraryRows,
  undoDelete,
  useLibrary,
} from "../../store/library";
import { Hint } from "../kit/panel";
import { ProblemText } from "../kit/problem-notice";
import styles from "./library-list.module.css";
import { DeletedCheckpoint, SavedCheckpoint } from "./library-row";
import { useNow } from "./use-now";

const HEADING = "saved-checkpoints";

/** The checkpoints that this browser keeps. */
export function LibraryList() {
  const list = useLibrary((state) => state.list);
  const deleted = useLibrary((state) => state.deleted);
  const problem = useLibrary((state) => state.problem);
  const now = useNow();
  const rows = libraryRows({ list, deleted });
  return (
    <div className={styles.library}>
      <h3 id={HEADING} className={styles.heading} tabIndex={-1}>
        Saved in this browser
      </h3>
      {problem && <ProblemText problem={problem} />}
      {list !== null && rows.length === 0 && <Hint>Nothing is saved yet.</Hint>}
      {rows.length > 0 && (
        <ul className={styles.list} aria-labelledby={HEADING}>
          {rows.map((row) => (
            <Item key={row.checkpoint.id} row={row} now={now} />
          ))}
        </ul>
      )}
      <SpaceLine />
    </div>
  );
}

/** One place in the list. The focus stays in it when Delete becomes Undo, and the other way round. */
function Item({ row: { checkpoint, deleted }, now }: { row: LibraryRow; now: number }) {
  const place = useRef<HTMLLIElement>(null);
  const [toggled, setToggled] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button to focus changes with `deleted`
  useLayoutEffect(() => {
    if (toggled) place.current?.querySelector<HTMLElement>("[data-toggle]")?.focus();
  }, [deleted, toggled]);
  useLayoutEffect(() => {
    const item = place.current;
    return () => {
      // When it goes for good, the focus does not fall back to the top of the page.
      if (item?.contains(document.activeElement)) document.getElementById(HEADING)?.focus();
    };
  }, []);
  const toggle = (action: () => Promise<void>) => () => {
    setToggled(true);
    void action();
  };
  return (
    <li ref={place} className={styles.item}>
      {deleted ? (
        <DeletedCheckpoint
          checkpoint={checkpoint}
          onUndo={toggle(() => undoDelete(checkpoint.id))}
        />
      ) : (
        <SavedCheckpoint
          checkpoint={checkpoint}
          now={now}
          onDelete={toggle(() => deleteCheckpoint(checkpoint))}
        />
      )}
    </li>
  );
}

/** How much room the list takes, and what the browser may do with it. */
function SpaceLine() {
  const list = useLibrary((state) => state.list);
  if (list === null) return null;
  const { checkpoints, space } = list;
  const bytes = checkpoints.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
  return (
    <Hint>
      {checkpoints.length > 0 &&
        `${checkpoints.length} ${checkpoints.length === 1 ? "checkpoint" : "checkpoints"}, ${formatBytes(bytes)}. `}
      {space &&
        `This page uses ${formatBytes(space.used)} of the ${formatBytes(space.quota)} that the browser offers it. `}
      The browser may clear saved checkpoints when the disk runs full, and does when you clear this
      site's data: download what you want to be sure of.
    </Hint>
  );
}
