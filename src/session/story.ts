import type { Decoder } from "../engine/train/decoder";
import { Generation } from "../engine/train/generate";
import { Rng } from "../lib/rng";
import { StreamDecoder } from "../text/tokenizer/decode";
import { BpeEncoder } from "../text/tokenizer/encode";
import { bosId, eosId, type TokenizerModel } from "../text/tokenizer/model";
import type { GenerationEnd, GenerationRequest } from "./types";

/** A prompt being continued, as text. */
export class Story {
  readonly id: number;
  /** Tokens made so far. */
  tokens = 0;
  private readonly generation: Generation;
  private readonly text: StreamDecoder;

  constructor(
    decoder: Decoder,
    tokenizer: TokenizerModel,
    private readonly request: GenerationRequest,
  ) {
    this.id = request.id;
    const prompt = [bosId, ...new BpeEncoder(tokenizer).encodeString(request.prompt)];
    this.generation = new Generation(decoder, prompt, request, new Rng(request.seed));
    this.text = new StreamDecoder(tokenizer, request.prompt !== "");
  }

  /** @param version changes whenever the model's weights do */
  async next(
    version: number,
  ): Promise<{ text: string; shifted: boolean; end: GenerationEnd | null }> {
    const { id, shifted } = await this.generation.next(version);
    this.tokens += 1;
    if (id === eosId) return { text: this.text.end(), shifted, end: "end-of-story" };
    const text = this.text.push(id);
    if (this.tokens < this.request.max_new_tokens) return { text, shifted, end: null };
    return { text: text + this.text.end(), shifted, end: "length" };
  }
}
