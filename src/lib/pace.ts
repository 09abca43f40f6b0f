import { problem } from "./errors";

/** How the caller follows and stops a long piece of work. */
export interface WorkOptions<P> {
  signal?: AbortSignal;
  /** Called at most ten times a second. */
  onProgress?: (progress: P) => void;
}

/** Long enough to cost nothing, short enough that a cancel feels immediate. */
const yieldEvery = 50;
/** Milliseconds: ten reports a second. */
const reportEvery = 100;

/** Resolves in a new task, so that messages from other threads are handled first. */
export function nextTask(): Promise<void> {
  // setTimeout would do, but browsers stretch nested timers to 4 ms.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * Keeps a long loop polite: ask `due` often, and when it is true await `breathe`, which lets other
 * tasks run, reports progress and stops when the caller has cancelled.
 */
export class Pace<P> {
  private readonly what: string;
  private readonly options: WorkOptions<P>;
  private lastYield = performance.now();
  private lastReport = Number.NEGATIVE_INFINITY;

  /** @param what the work, as the start of the sentence “… was cancelled.” */
  constructor(what: string, options: WorkOptions<P>) {
    this.what = what;
    this.options = options;
    this.throwIfCancelled();
  }

  get due(): boolean {
    return performance.now() - this.lastYield >= yieldEvery;
  }

  /** @throws the problem `cancelled` */
  async breathe(progress: P): Promise<void> {
    if (performance.now() - this.lastReport >= reportEvery) {
      this.options.onProgress?.(progress);
      this.lastReport = performance.now();
    }
    await nextTask();
    this.lastYield = performance.now();
    this.throwIfCancelled();
  }

  /** @throws the problem `cancelled` */
  throwIfCancelled(): void {
    if (this.options.signal?.aborted) throw problem("cancelled", { what: this.what });
  }
}
