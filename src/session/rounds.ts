import type { Run } from "./run";
import { type NextToken, Story } from "./story";
import { STORY_SLICE } from "./teller";
import type { RoundProgress, SamplingSettings, SessionEvent, StoryRound, ToldStory } from "./types";

export interface RoundRequest {
  kind: StoryRound["kind"];
  prompts: readonly string[];
  sampling: SamplingSettings;
}

/** A round that is being told, or waits for the one before it. */
interface OpenRound extends RoundRequest {
  told: ToldStory[];
  story: { story: Story; text: string } | null;
}

/**
 * Rounds of stories: the samples that a run tells by itself, and the sheets that the user asks for.
 * While there is one, nobody may train, so that all its stories are told with the weights of one step.
 */
export class Rounds {
  private readonly open: OpenRound[] = [];

  constructor(private readonly emit: (event: SessionEvent) => void) {}

  get busy(): boolean {
    return this.open.length > 0;
  }

  /** Whether a round of this kind is being told or waits. */
  has(kind: StoryRound["kind"]): boolean {
    return this.open.some((round) => round.kind === kind);
  }

  add(request: RoundRequest, step: number): void {
    const round: OpenRound = { ...request, told: [], story: null };
    this.open.push(round);
    this.emit({ type: "round-progress", progress: progressOf(round, step) });
  }

  /** Tells a slice of the round: one token while `isRushed`, as more is then for others to tell. */
  async tell(run: Run, isRushed: () => boolean): Promise<void> {
    const until = performance.now() + STORY_SLICE;
    do {
      const round = this.open[0];
      if (round === undefined) return;
      round.story ??= { story: newStory(run, round), text: "" };
      const { story } = round.story;
      const token = await story.next(run.step);
      // Cancelled while the GPU was at it.
      if (this.open[0] === round) this.take(round, token, run);
    } while (!isRushed() && performance.now() < until);
  }

  /** Ends the round that is being told; its stories that are complete are kept. */
  cancel(run: Run): void {
    if (this.open[0] !== undefined) this.close(this.open[0], run);
  }

  /** Forgets all rounds. */
  drop(): void {
    for (const _ of this.open.splice(0)) this.emit({ type: "round-ended", round: null });
  }

  private take(round: OpenRound, { text, end }: NextToken, run: Run): void {
    const current = round.story!;
    current.text += text;
    if (end === null) return;
    const prompt = round.prompts[round.told.length]!;
    round.told.push({ prompt, text: current.text, end, tokens: current.story.tokens });
    round.story = null;
    this.emit({ type: "round-progress", progress: progressOf(round, run.step) });
    if (round.told.length === round.prompts.length) this.close(round, run);
  }

  private close(round: OpenRound, run: Run): void {
    this.open.splice(this.open.indexOf(round), 1);
    const { kind, sampling, told: stories } = round;
    const ended: StoryRound = { step: run.step, kind, sampling, stories };
    if (stories.length > 0) run.options.history.rounds.push(ended);
    this.emit({ type: "round-ended", round: stories.length > 0 ? ended : null });
  }
}

function newStory({ decoder, tokenizer }: Run, { prompts, told, sampling }: OpenRound): Story {
  return new Story(decoder, tokenizer, { ...sampling, prompt: prompts[told.length]! });
}

function progressOf({ kind, told, prompts }: OpenRound, step: number): RoundProgress {
  return { kind, step, told: told.length, of: prompts.length };
}
