import type { Decoder } from "../engine/train/decoder";
import { Generation } from "../engine/train/generate";
import { likelihood } from "../engine/train/likelihood";
import { Rng } from "../lib/rng";
import { StreamDecoder } from "../text/tokenizer/decode";
import { BpeEncoder } from "../text/tokenizer/encode";
import { bosId, eosId, type TokenizerModel } from "../text/tokenizer/model";
import type { GenerationEnd, SamplingSettings, ToldToken } from "./types";

/** So many of the likeliest tokens are told with each. */
const LIKELIEST = 8;

export interface StoryRequest extends SamplingSettings {
  prompt: string;
  told?: readonly number[];
}

export interface NextToken {
  id: number;
  /** Text that is complete with it; when the story ends, also what an unfinished character leaves. */
  text: string;
  shifted: boolean;
  end: GenerationEnd | null;
  /** What else the page wants to know of it; costs a look at all logits. */
  describe: () => ToldToken;
}

/** A prompt being continued, as text. */
export class Story {
  /** Tokens made so far, without those that were told before. */
  tokens = 0;
  private readonly generation: Generation;
  private readonly text: StreamDecoder;
  /** Where a story had ended, something else than its end must come. */
  private readonly reopened: boolean;

  constructor(
    decoder: Decoder,
    private readonly tokenizer: TokenizerModel,
    private readonly request: StoryRequest,
  ) {
    const { told = [] } = request;
    this.reopened = told.at(-1) === eosId;
    const before = this.reopened ? told.slice(0, -1) : told;
    const prompt = [bosId, ...new BpeEncoder(tokenizer).encodeString(request.prompt)];
    this.generation = new Generation(decoder, prompt, request, new Rng(request.seed), before);
    this.text = new StreamDecoder(tokenizer, request.prompt !== "");
    for (const id of before) this.text.push(id);
  }

  /** @param version changes whenever the model's weights do */
  async next(version: number): Promise<NextToken> {
    const barred = this.reopened && this.tokens === 0 ? eosId : undefined;
    const { id, shifted, logits } = await this.generation.next(version, barred);
    this.tokens += 1;
    const text = id === eosId ? "" : this.text.push(id);
    const end = this.endWith(id);
    return {
      id,
      text: end === null ? text : text + this.text.end(),
      shifted,
      end,
      describe: () => {
        const { probability, likeliest } = likelihood(logits, id, LIKELIEST);
        const named = (id: number) => this.tokenizer.pieces[id]!.piece;
        return {
          id,
          piece: named(id),
          text,
          shifted,
          probability,
          likeliest: likeliest.map((choice) => ({ ...choice, piece: named(choice.id) })),
        };
      },
    };
  }

  private endWith(id: number): GenerationEnd | null {
    if (id === eosId) return "end-of-story";
    return this.tokens >= this.request.max_new_tokens ? "length" : null;
  }
}
