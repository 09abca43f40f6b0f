import type { Run } from "./run";
import { type NextToken, Story } from "./story";
import type {
  GenerationEnd,
  GenerationRequest,
  SessionEvent,
  TellingPace,
  ToldToken,
} from "./types";

/** Milliseconds that telling may take before others have their turn. */
export const STORY_SLICE = 100;
/** Milliseconds between two events: smooth to read, and few enough. */
const SEND_INTERVAL = 50;

/** A story that the user asked for. */
interface Asked {
  id: number;
  story: Story;
  /** Milliseconds. */
  askedAt: number;
  firstAt: number;
  lastAt: number;
  /** What no event has told yet. */
  unsent: { text: string; tokens: ToldToken[] };
  sentAt: number;
  /** Of the run, at the newest token. */
  step: number;
}

/** Tells the user's story in slices; one at a time, the newest that was asked for. */
export class Teller {
  private asked: Asked | null = null;

  constructor(private readonly emit: (event: SessionEvent) => void) {}

  /** Whether a story is under way. */
  get busy(): boolean {
    return this.asked !== null;
  }

  /** Begins a story; one under way is stopped. */
  ask(run: Run, request: GenerationRequest): void {
    this.end("stopped");
    const now = performance.now();
    const story = new Story(run.decoder, run.tokenizer, request);
    this.asked = {
      id: request.id,
      story,
      askedAt: now,
      firstAt: now,
      lastAt: now,
      unsent: { text: "", tokens: [] },
      sentAt: now,
      step: run.step,
    };
  }

  end(reason: GenerationEnd): void {
    const { asked } = this;
    if (asked === null) return;
    this.asked = null;
    this.send(asked);
    const { id, story } = asked;
    this.emit({ type: "generation-ended", id, reason, tokens: story.tokens });
  }

  /** Tells a slice of the story, where there is one: at least the first token of one that is new. */
  async tell(run: Run): Promise<void> {
    const until = performance.now() + STORY_SLICE;
    for (;;) {
      const { asked } = this;
      if (asked === null || (asked.story.tokens > 0 && performance.now() >= until)) return;
      asked.step = run.step;
      const token = await asked.story.next(run.step);
      // Otherwise it was stopped, or another one asked for, while the GPU was at it.
      if (this.asked === asked) this.take(asked, token);
    }
  }

  private take(asked: Asked, token: NextToken): void {
    const { story, unsent } = asked;
    asked.lastAt = performance.now();
    if (story.tokens === 1) asked.firstAt = asked.lastAt;
    unsent.text += token.text;
    unsent.tokens.push(token.describe());
    if (token.end !== null) this.end(token.end);
    else if (story.tokens === 1 || asked.lastAt - asked.sentAt >= SEND_INTERVAL) this.send(asked);
  }

  private send(asked: Asked): void {
    const { id, story, unsent, step } = asked;
    if (unsent.tokens.length === 0) return;
    asked.unsent = { text: "", tokens: [] };
    asked.sentAt = asked.lastAt;
    this.emit({ type: "text", id, ...unsent, step, pace: paceOf(story.tokens, asked) });
  }
}

function paceOf(
  tokens: number,
  { askedAt, firstAt, lastAt }: Pick<Asked, "askedAt" | "firstAt" | "lastAt">,
): TellingPace {
  return {
    secondsToFirst: (firstAt - askedAt) / 1000,
    tokensPerSecond: lastAt > firstAt ? ((tokens - 1) * 1000) / (lastAt - firstAt) : 0,
  };
}
