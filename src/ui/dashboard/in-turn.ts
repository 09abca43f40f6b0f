import { flushSync } from "react-dom";

const waiting = new Set<() => void>();
let scheduled = false;

/**
 * Draws one chart a task, so that a task is no longer than one chart takes, however many there are, and
 * the browser can answer the user between two of them. Asked for again before its turn, a chart is
 * drawn once.
 * @param draw sets React state, which is rendered before it returns
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
