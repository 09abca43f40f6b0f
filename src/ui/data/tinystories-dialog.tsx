import { Dialog } from "@base-ui/react/dialog";
import { BookDown, X } from "lucide-react";
import { Button } from "../kit/button";
import { classes } from "../kit/classes";
import dialog from "../shell/dialog.module.css";
import styles from "./tinystories-dialog.module.css";

const address = "https://huggingface.co/datasets/roneneldan/TinyStories";

const files: [name: string, size: string, purpose: string][] = [
  [
    "TinyStories-valid.txt",
    "19.4 MB",
    "Try things out: enough for Nano and Small, read in a moment.",
  ],
  [
    "TinyStories-train.txt",
    "1.92 GB",
    "The whole collection, some two million stories: for long runs with Seed and 15M.",
  ],
];

/** Where the data set is that models of this size are best known for. The page fetches nothing. */
export function TinyStoriesDialog() {
  return (
    <Dialog.Root>
      <Dialog.Trigger render={<Button quiet icon={BookDown} />}>Get TinyStories</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog.backdrop} />
        <Dialog.Popup className={dialog.popup}>
          <Dialog.Title className={dialog.title}>Get TinyStories</Dialog.Title>
          <Dialog.Close className={dialog.close} aria-label="Close">
            <X size={20} aria-hidden="true" />
          </Dialog.Close>
          <div className={classes(dialog.prose, styles.prose)}>
            <p>
              TinyStories (Ronen Eldan and Yuanzhi Li, 2023) is a collection of short stories in the
              words of a small child. Models as small as the ones here learn to write fluently from
              it. It lies on Hugging Face, under the licence CDLA-Sharing-1.0:
            </p>
            <p>
              <a href={address} target="_blank" rel="noreferrer">
                huggingface.co/datasets/roneneldan/TinyStories
              </a>{" "}
              (opens in a new tab; choose “Files and versions”)
            </p>
            <h3>Which file to take</h3>
            <ul className={styles.files}>
              {files.map(([name, size, purpose]) => (
                <li key={name}>
                  <code>{name}</code> <strong>{size}</strong>
                  <p>{purpose}</p>
                </li>
              ))}
            </ul>
            <p>
              The files named <code>TinyStoriesV2-GPT4-…</code> hold only stories by GPT-4 and work
              as well. Take the <code>.txt</code> files; <code>.parquet</code> and{" "}
              <code>.tar.gz</code> are not read here.
            </p>
            <h3>Then drop it here</h3>
            <p>
              This page itself fetches nothing from elsewhere, and your browser enforces that: you
              download the file, and drop it anywhere on the page. It is read in pieces and never
              kept in memory as a whole.
            </p>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
