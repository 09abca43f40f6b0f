import { flushSync } from "react-dom";

const waiting = new Set<() => void>();
let scheduled = false;

/**
 * Does one thing a task, so that a task is no longer than one chart takes, however many there are, and
 * the browser can answer the user between two of them. What is asked for again before its turn is done
 * once.
 * @param draw may set React state, which is rendered in its task
 */
export function drawInTurn(draw: () => void): void {
  waiting.add(draw);
  schedule();
}

/** For a chart that leaves the page. */
export function drawNoMore(draw: () => void): void {
  waiting.delete(draw);
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    const [draw] = waiting;
    if (draw === undefined) return;
    waiting.delete(draw);
    flushSync(draw);
    schedule();
  });
}
