import { Download, FolderOpen, Pencil, Share2, Trash2, Undo2 } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { CheckpointFacts } from "../../formats/checkpoint";
import { formatBytes, formatCount } from "../../lib/format";
import { formatAgo, formatMoment } from "../../lib/time";
import { checkpointTitle, openStored, storedDownload } from "../../store/library";
import { modelTitle } from "../../store/plan";
import { useStudio } from "../../store/studio";
import type { StoredCheckpoint } from "../../worker/api";
import { Button } from "../kit/button";
import { download } from "../kit/download";
import styles from "./library-row.module.css";
import { RenameForm } from "./rename-form";

export function SavedCheckpoint({
  checkpoint,
  now,
  onDelete,
}: {
  checkpoint: StoredCheckpoint;
  now: number;
  onDelete: () => void;
}) {
  const [renaming, setRenaming] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const title = checkpointTitle(checkpoint);
  const { content } = checkpoint;
  const endRenaming = () => {
    setRenaming(false);
    // The button is back after this render.
    requestAnimationFrame(() => renameButton.current?.focus());
  };
  return (
    <article className={styles.row} aria-label={title}>
      {renaming ? (
        <RenameForm id={checkpoint.id} title={title} onEnd={endRenaming} />
      ) : (
        <div className={styles.head}>
          <h4 className={styles.title}>{title}</h4>
          {"facts" in content && <Contents facts={content.facts} />}
        </div>
      )}
      {"facts" in content ? (
        <Numbers checkpoint={checkpoint} facts={content.facts} />
      ) : (
        <p className={styles.unreadable}>
          Cannot be read. {content.problem.what} ({formatBytes(checkpoint.bytes)})
        </p>
      )}
      <div className={styles.foot}>
        <time className={styles.time} dateTime={new Date(checkpoint.savedAt).toISOString()}>
          {formatMoment(checkpoint.savedAt)}, {formatAgo(checkpoint.savedAt, now)}
        </time>
        <div className={styles.actions}>
          {"facts" in content && (
            <FileActions checkpoint={checkpoint} facts={content.facts} title={title} />
          )}
          <Button
            ref={renameButton}
            className={styles.action}
            icon={Pencil}
            aria-label={`Rename ${title}`}
            title="Rename"
            disabled={renaming}
            onClick={() => setRenaming(true)}
          />
          <Button
            className={styles.action}
            icon={Trash2}
            aria-label={`Delete ${title}`}
            title="Delete"
            data-toggle
            onClick={onDelete}
          />
        </div>
      </div>
    </article>
  );
}

function FileActions({
  checkpoint,
  facts,
  title,
}: {
  checkpoint: StoredCheckpoint;
  facts: CheckpointFacts;
  title: string;
}) {
  const busy = useStudio((state) => state.task !== null);
  const noGpu = useStudio((state) => state.adapter === null);
  const downloadIt = (contents: "all" | "model") => async () => {
    const file = await storedDownload(checkpoint, contents);
    if (file !== null) download(file);
  };
  return (
    <>
      <Button
        className={styles.action}
        icon={FolderOpen}
        aria-label={`Open ${title}`}
        disabled={busy || noGpu}
        onClick={() => openStored(checkpoint)}
      >
        Open
      </Button>
      <Button
        className={styles.action}
        icon={Download}
        aria-label={`Download ${title}`}
        title="Download"
        onClick={downloadIt("all")}
      />
      {facts.contents === "run" && (
        <Button
          className={styles.action}
          icon={Share2}
          aria-label={`Download ${title}, model only`}
          title="Download the model only, for sharing"
          disabled={busy}
          onClick={downloadIt("model")}
        />
      )}
    </>
  );
}

function Contents({ facts }: { facts: CheckpointFacts }) {
  return (
    <span className={styles.badge}>
      {facts.contents === "run" ? "with optimizer state" : "model only"}
    </span>
  );
}

function Numbers({ checkpoint, facts }: { checkpoint: StoredCheckpoint; facts: CheckpointFacts }) {
  const { training, validation } = facts.losses;
  const entries: [label: string, value: string][] = [
    ["Model", modelTitle(facts.config)],
    ["Step", `${formatCount(facts.progress.step)} of ${formatCount(facts.training.max_steps)}`],
    ["Training loss", training === null ? "–" : training.toFixed(3)],
    ["Validation loss", validation === null ? "–" : validation.loss.toFixed(3)],
    ["Size", formatBytes(checkpoint.bytes)],
  ];
  return (
    <dl className={styles.numbers}>
      {entries.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** In the place of a checkpoint that can still be brought back. */
export function DeletedCheckpoint({
  checkpoint,
  onUndo,
}: {
  checkpoint: StoredCheckpoint;
  onUndo: () => void;
}) {
  const title = checkpointTitle(checkpoint);
  const text = useId();
  return (
    <div className={styles.deleted}>
      <p id={text} className={styles.deletedText}>
        <strong>{title}</strong> was deleted.
      </p>
      <Button icon={Undo2} data-toggle aria-describedby={text} onClick={onUndo}>
        Undo
      </Button>
    </div>
  );
}
