import { FileText } from "lucide-react";
import { useEffect, useState } from "react";
import { openFiles } from "../../store/files";
import { showProblem } from "../../store/studio";
import styles from "./drop-target.module.css";

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** The whole page takes dropped files; while one is dragged over it, it says so. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Without this the browser would open the file in place of the page.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      openFiles(files).catch((thrown: unknown) => showProblem("page", thrown));
    };
    const listeners = { dragenter: drag, dragover: drag, dragleave: leave, drop } as const;
    for (const [type, listener] of Object.entries(listeners)) {
      window.addEventListener(type as "drop", listener);
    }
    return () => {
      for (const [type, listener] of Object.entries(listeners)) {
        window.removeEventListener(type as "drop", listener);
      }
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.overlay} aria-hidden="true">
      <p className={styles.sign}>
        <FileText size={28} />
        Drop texts or a checkpoint
      </p>
    </div>
  );
}
