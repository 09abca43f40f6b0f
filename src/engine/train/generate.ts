import type { Rng } from "../../lib/rng";
import type { Decoder } from "./decoder";
import { type SampleSettings, sampleToken } from "./sample";

export interface GeneratedToken {
  id: number;
  /** The context was full: its older half was dropped before this token. */
  shifted: boolean;
  /** What the model gave, [vocab]. */
  logits: Float32Array;
}

/**
 * One story, token by token. When the context is full, the last half is kept and read again from
 * position 0. When the weights have changed since the last token, or another story used the decoder,
 * the cache is made again, so that every token comes from one set of weights.
 */
export class Generation {
  private readonly window: number[] = [];
  /** All ids of the story, the prompt's included. */
  private readonly seen = new Set<number>();
  /** Of the weights that the cache was made with; NaN equals none. */
  private version = Number.NaN;

  /**
   * @param prompt at least one token (BOS)
   * @param told what was generated already with these settings and the random numbers from the
   * beginning of `rng`: it goes on as if it had never ended
   */
  constructor(
    private readonly decoder: Decoder,
    prompt: readonly number[],
    private readonly settings: SampleSettings,
    private readonly rng: Rng,
    told: readonly number[] = [],
  ) {
    for (const id of prompt) this.push(id);
    for (const id of told) {
      this.makeRoom();
      this.push(id);
      rng.next();
    }
  }

  /**
   * @param version changes whenever the weights do
   * @param barred an id that must not come now
   */
  async next(version: number, barred?: number): Promise<GeneratedToken> {
    const { decoder, window } = this;
    const shifted = this.makeRoom();
    const cached = !shifted && version === this.version && decoder.holder === this;
    const logits = cached ? await decoder.next(window.at(-1)!) : await decoder.prefill(window);
    decoder.holder = this;
    this.version = version;
    const allowed = barred === undefined ? logits : logits.slice();
    if (barred !== undefined) allowed[barred] = Number.NEGATIVE_INFINITY;
    const id = sampleToken(allowed, this.settings, this.seen, this.rng);
    this.push(id);
    return { id, shifted, logits };
  }

  private push(id: number): void {
    this.window.push(id);
    this.seen.add(id);
  }

  /** @returns whether the older half had to go */
  private makeRoom(): boolean {
    const { window, decoder } = this;
    const full = window.length > decoder.context;
    if (full) window.splice(0, window.length - Math.ceil(decoder.context / 2));
    return full;
  }
}
