import type { GenerationEnd, LikelyToken, SamplingSettings, TrainerEvent } from "../worker/api";
import { trainerWorker } from "../worker/client";
import { currentStep } from "./step";
import { dismissProblem, showProblem, studio, type Telling } from "./studio";
import { insteadOf, reopened, withTokens } from "./telling";

/** A GPU tells some hundred tokens a second; a page need not render that often. */
const SHOW_MS = 50;
/** Tellings kept on the page. */
const KEPT = 50;

type TextEvent = Extract<TrainerEvent, { type: "text" }>;

let lastId = 0;
let waiting: TextEvent[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

export function setSampling(change: Partial<SamplingSettings>): void {
  studio.set(({ sampling }) => ({ sampling: { ...sampling, ...change } }));
}

/** Lets the model go on from a prompt. A telling that is under way is stopped by the worker. */
export function tell(prompt: string): void {
  const { freshSeed } = studio.get();
  if (freshSeed) setSampling({ seed: Math.floor(Math.random() * 1_000_000) });
  const { sampling } = studio.get();
  request({ ...newTelling(), prompt, sampling });
}

/** Goes on after the end of a telling, for as many tokens as the length says now. */
export function goOn(telling: Telling): void {
  const { max_new_tokens } = studio.get().sampling;
  const told = telling.tokens.map(({ id }) => id);
  const sampling = { ...telling.sampling, max_new_tokens };
  request({ ...reopened(telling), sampling }, told);
}

/** Tells anew from a place in a telling, with another token there. The telling itself stays as it is. */
export function goOnWith(telling: Telling, at: number, choice: LikelyToken): void {
  const { max_new_tokens } = studio.get().sampling;
  const { prompt, sampling, steps } = telling;
  const tokens = insteadOf(telling.tokens, at, choice);
  request(
    { ...newTelling(), prompt, sampling: { ...sampling, max_new_tokens }, tokens, steps },
    tokens.map(({ id }) => id),
  );
}

function newTelling(): Omit<Telling, "prompt" | "sampling"> {
  lastId += 1;
  const step = currentStep();
  return { id: lastId, tokens: [], steps: { first: step, last: step }, pace: null, end: null };
}

/** Puts the telling on top of the page, and asks the worker for it. */
function request(telling: Telling, told: number[] = []): void {
  const { id, prompt, sampling } = telling;
  if (studio.get().run === null) return;
  showWaiting();
  studio.set(({ tellings }) => {
    const others = tellings.filter((other) => other.id !== id);
    return { tellings: [telling, ...others].slice(0, KEPT) };
  });
  dismissProblem("prompt");
  trainerWorker.generate({ ...sampling, id, prompt, told }).catch((thrown: unknown) => {
    showProblem("prompt", thrown);
    endTelling(id, "failed");
  });
}

export function stopTelling(): void {
  trainerWorker.stopGeneration().catch((thrown: unknown) => showProblem("prompt", thrown));
}

/** Tokens have come. */
export function takeText(event: TextEvent): void {
  waiting.push(event);
  timer ??= setTimeout(showWaiting, SHOW_MS);
}

/** A telling has ended; only the first end counts. */
export function endTelling(id: number, reason: GenerationEnd): void {
  showWaiting();
  change(id, (telling) => ({ ...telling, end: telling.end ?? reason }));
}

function showWaiting(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const events = waiting;
  waiting = [];
  for (const event of events) change(event.id, (telling) => withTokens(telling, event));
}

function change(id: number, how: (telling: Telling) => Telling): void {
  studio.set(({ tellings }) => ({
    tellings: tellings.map((telling) => (telling.id === id ? how(telling) : telling)),
  }));
}
