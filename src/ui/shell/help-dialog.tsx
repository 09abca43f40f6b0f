import { Dialog } from "@base-ui/react/dialog";
import { CircleQuestionMark, X } from "lucide-react";
import styles from "./dialog.module.css";
import header from "./header.module.css";

export function HelpDialog() {
  return (
    <Dialog.Root>
      <Dialog.Trigger className={header.iconButton} aria-label="Help" title="Help">
        <CircleQuestionMark size={20} aria-hidden="true" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup}>
          <Dialog.Title className={styles.title}>What Storyloom does</Dialog.Title>
          <Dialog.Close className={styles.close} aria-label="Close help">
            <X size={20} aria-hidden="true" />
          </Dialog.Close>
          <Help />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Help() {
  return (
    <div className={styles.prose}>
      <p>
        It learns to write like the text you give it. First it trains a tokenizer, which cuts text
        into pieces; then a LLaMA-style model learns, on your GPU, to guess the next piece. While it
        learns you can ask it for stories and hear them get better.
      </p>
      <h3>Your text stays here</h3>
      <p>
        Everything runs in this tab. The page is allowed to talk only to the place it was loaded
        from, and your browser enforces that.
      </p>
      <h3>Text that works</h3>
      <p>
        UTF-8, in one file or several, packed as <code>.gz</code> or not. In plain text, stories are
        told apart by a line <code>&lt;|endoftext|&gt;</code>, else by blank lines, else each line
        is a story; in <code>.jsonl</code> and <code>.csv</code> each record is one, and you choose
        the column. One megabyte is enough to see it learn; more is better. About 5% of the stories
        are held out to measure what was learned, not memorised.
      </p>
      <h3>Browsers</h3>
      <p>
        Training needs WebGPU: Chrome or Edge 113 or newer, Safari 26 or newer, Firefox 141 or
        newer; on Linux best Chrome. The page must come over https or from localhost.
      </p>
      <h3>What to expect</h3>
      <p>
        These are small models. They learn words, grammar and the manner of simple stories; they
        know no facts and follow no instructions. On a software adapter everything is right, but
        about a thousand times slower: stay with Nano there.
      </p>
      <h3>Keep what you trained</h3>
      <p>
        A run lives in this tab until you download its checkpoint, a <code>.safetensors</code> file
        with model, optimizer and tokenizer. Drop it here later, with the same text, and training
        goes on from the same step.
      </p>
      <h3>Keys</h3>
      <p>
        <kbd>Ctrl</kbd> + <kbd>Enter</kbd> in the prompt box tells. <kbd>Ctrl</kbd> + <kbd>V</kbd>{" "}
        anywhere else takes text from the clipboard.
      </p>
    </div>
  );
}
