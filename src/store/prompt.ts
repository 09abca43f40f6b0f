import type { GenerationEnd, SamplingSettings } from "../worker/api";
import { trainerWorker } from "../worker/client";
import { currentStep } from "./step";
import { dismissProblem, showProblem, studio, type Telling, type TellingPart } from "./studio";
import { withPiece } from "./telling";

/** A GPU tells some hundred tokens a second; a page need not render that often. */
const SHOW_MS = 50;
/** Tellings kept on the page. */
const KEPT = 8;

let lastId = 0;
let waiting: { id: number; piece: TellingPart }[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

export function setSampling(change: Partial<SamplingSettings>): void {
  studio.set(({ sampling }) => ({ sampling: { ...sampling, ...change } }));
}

/** Lets the model go on from a prompt. A telling that is under way is stopped by the worker. */
export function tell(prompt: string): void {
  const { run, freshSeed } = studio.get();
  if (run === null) return;
  if (freshSeed) setSampling({ seed: Math.floor(Math.random() * 1_000_000) });
  const { sampling } = studio.get();
  lastId += 1;
  const id = lastId;
  const telling: Telling = {
    id,
    prompt,
    step: currentStep(),
    seed: sampling.seed,
    parts: [],
    end: null,
  };
  studio.set(({ tellings }) => ({ tellings: [telling, ...tellings].slice(0, KEPT) }));
  dismissProblem("prompt");
  trainerWorker.generate({ ...sampling, id, prompt }).catch((thrown: unknown) => {
    showProblem("prompt", thrown);
    endTelling(id, "failed", 0);
  });
}

export function stopTelling(): void {
  trainerWorker.stopGeneration().catch((thrown: unknown) => showProblem("prompt", thrown));
}

/** A piece of text has come. */
export function takeText(id: number, text: string, shifted: boolean): void {
  waiting.push({ id, piece: { text, shifted } });
  timer ??= setTimeout(showWaiting, SHOW_MS);
}

/** A telling has ended; only the first end counts. */
export function endTelling(id: number, reason: GenerationEnd, tokens: number): void {
  showWaiting();
  change(id, (telling) => ({ ...telling, end: telling.end ?? { reason, tokens } }));
}

function showWaiting(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const pieces = waiting;
  waiting = [];
  for (const { id, piece } of pieces) {
    change(id, (telling) => ({ ...telling, parts: withPiece(telling.parts, piece) }));
  }
}

function change(id: number, how: (telling: Telling) => Telling): void {
  studio.set(({ tellings }) => ({
    tellings: tellings.map((telling) => (telling.id === id ? how(telling) : telling)),
  }));
}
