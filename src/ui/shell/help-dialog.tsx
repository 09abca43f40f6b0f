import { Dialog } from "@base-ui/react/dialog";
import { CircleQuestionMark, X } from "lucide-react";
import { browsersWithWebGpu } from "../../lib/browsers";
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
        Training needs WebGPU: {browsersWithWebGpu}. The page must come over https or from
        localhost.
      </p>
      <h3>What to expect</h3>
      <p>
        These are small models. They learn words, grammar and the manner of simple stories; they
        know no facts and follow no instructions. On a software adapter everything is right, but
        about a thousand times slower: stay with Nano there.
      </p>
      <h3>Charts</h3>
      <p>
        Loss is how surprised the model is by each next piece, in nats; perplexity is e to the loss,
        and bits per byte compares models whose tokenizers differ. The faint line is each step, the
        strong one a running mean without the bias of its beginning (β, as in TensorBoard). Of many
        steps the lowest and the highest of each stretch are drawn, so no spike is lost. GFLOP/s
        counts the additions and multiplications of forward and backward that the kernels do for
        each token, in billions a second.
      </p>
      <h3>Keep what you trained</h3>
      <p>
        A run lives in this tab: what it learned since you last saved it is lost when the tab is
        closed. <em>Save now</em> keeps a checkpoint in this browser, also while it trains;{" "}
        <em>Download checkpoint</em> gives you the same as a <code>.safetensors</code> file. Open
        either later, with the same text, and training goes on from the same step. The browser may
        clear what it keeps when the disk runs full; a download is yours.
      </p>
      <p>
        To share a model, choose <em>Model only</em>: it can tell stories, but not train on. Of your
        text it holds the tokenizer's pieces, words and parts of words, and nothing else.
      </p>
      <h3>Keys</h3>
      <p>
        <kbd>Ctrl</kbd> + <kbd>Enter</kbd> in the prompt box tells, and <kbd>Ctrl</kbd> +{" "}
        <kbd>V</kbd> outside of a field takes text from the clipboard. In a story, <kbd>←</kbd> and{" "}
        <kbd>→</kbd> go from token to token, <kbd>Tab</kbd> to what else might have come there.
      </p>
      <p>
        On a chart: <kbd>←</kbd> <kbd>→</kbd> move the crosshair, with <kbd>Shift</kbd> the part
        that is shown; <kbd>+</kbd> <kbd>−</kbd> zoom, <kbd>0</kbd> shows the whole run. Drag to
        zoom, drag with <kbd>Shift</kbd> to pan, turn the wheel with <kbd>Ctrl</kbd> or{" "}
        <kbd>Shift</kbd>, or pinch.
      </p>
    </div>
  );
}
