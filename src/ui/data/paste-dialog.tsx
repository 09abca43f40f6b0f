import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useEffect, useId } from "react";
import { openFiles } from "../../store/files";
import { intake, useIntake } from "../../store/intake";
import { showProblem, useStudio } from "../../store/studio";
import { openPasted } from "../../store/text";
import { Button } from "../kit/button";
import { Hint } from "../kit/panel";
import dialog from "../shell/dialog.module.css";
import styles from "./paste-dialog.module.css";

/** Text from the clipboard: looked at first, so that a slip of the keys replaces nothing. */
export function PasteDialog() {
  usePasteAnywhere();
  const id = useId();
  const open = useIntake((state) => state.pasteOpen);
  const pasted = useIntake((state) => state.pasted);
  const hasText = useStudio((state) => state.text !== null);
  const busy = useStudio((state) => state.task !== null);
  return (
    <Dialog.Root open={open} onOpenChange={(pasteOpen) => intake.set({ pasteOpen })}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.popup}>
          <Dialog.Title className={dialog.title}>Paste text</Dialog.Title>
          <Dialog.Close className={dialog.close} aria-label="Close without using the text">
            <X size={20} aria-hidden="true" />
          </Dialog.Close>
          <label htmlFor={id} className={styles.label}>
            Stories, with a line <code>&lt;|endoftext|&gt;</code> or a blank line between them
          </label>
          <textarea
            id={id}
            className={styles.text}
            value={pasted}
            spellCheck={false}
            onChange={({ target }) => intake.set({ pasted: target.value })}
          />
          {hasText && <Hint>It takes the place of the text that is open now.</Hint>}
          <div className={dialog.actions}>
            <Dialog.Close render={<Button />}>Cancel</Dialog.Close>
            <Button disabled={busy || pasted.trim() === ""} onClick={openPasted}>
              Use this text
            </Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Ctrl+V on the page, outside of anything that takes text itself. */
function usePasteAnywhere(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const taken =
        target instanceof Element &&
        target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null;
      if (taken || clipboardData === null) return;
      if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
      const files = [...clipboardData.files];
      const pasted = clipboardData.getData("text/plain");
      if (files.length > 0) {
        openFiles(files).catch((thrown: unknown) => showProblem("text", thrown));
      } else if (pasted.trim() !== "") intake.set({ pasteOpen: true, pasted });
      else return;
      event.preventDefault();
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, []);
}
