import type { Rng } from "../../lib/rng";
import type { Decoder } from "./decoder";
import { type SampleSettings, sampleToken } from "./sample";

export interface GeneratedToken {
  id: number;
  /** The context was full: its older half was dropped before this token. */
  shifted: boolean;
  /** What the token was drawn from, [vocab]. */
  logits: Float32Array;
}

/**
 * One story, token by token. When the context is full, the last half is kept and read again from
 * position 0. When the weights have changed since the last token, the cache is made again, so that
 * every token comes from one set of weights.
 */
export class Generation {
  private readonly window: number[];
  /** Of the weights that the cache was made with; NaN equals none. */
  private version = Number.NaN;

  /** @param prompt at least one token (BOS) */
  constructor(
    private readonly decoder: Decoder,
    prompt: readonly number[],
    private readonly settings: SampleSettings,
    private readonly rng: Rng,
  ) {
    this.window = [...prompt];
  }

  /** @param version changes whenever the weights do */
  async next(version: number): Promise<GeneratedToken> {
    const { decoder, window } = this;
    const shifted = window.length > decoder.context;
    if (shifted) window.splice(0, window.length - Math.ceil(decoder.context / 2));
    const cached = !shifted && version === this.version;
    const logits = cached ? await decoder.next(window.at(-1)!) : await decoder.prefill(window);
    this.version = version;
    const id = sampleToken(logits, this.settings, this.rng);
    window.push(id);
    return { id, shifted, logits };
  }
}
