import { lastAnswer } from "./last-answer";
import type { StudioState, TextInTokens } from "./studio";

type Known = Pick<StudioState, "measured" | "text" | "tokenizer">;

/** What is known of the open text in tokens; null when it was measured of another text or tokenizer. */
export function textInTokens({ measured, text, tokenizer }: Known): TextInTokens | null {
  if (measured === null || measured.text !== text) return null;
  return measured.model === tokenizer?.model ? measured : null;
}

/** Tokens of the training stories. */
export interface TokenCount {
  tokens: number;
  /** Counted, not reckoned from the held-out stories. */
  exact: boolean;
}

/** How long the training text is; null as long as nothing tells. */
export function trainTokens(state: Known): TokenCount | null {
  const known = textInTokens(state);
  return known && tokenCount(known);
}

const tokenCount = lastAnswer(({ text, heldOut, trainTokens }: TextInTokens): TokenCount | null => {
  if (trainTokens !== null) return { tokens: trainTokens, exact: true };
  if (heldOut === null || heldOut.characters === 0) return null;
  const perCharacter = heldOut.tokens / heldOut.characters;
  const characters = text.characters - heldOut.characters;
  // Each story has a BOS and an EOS.
  const tokens = Math.round(perCharacter * characters) + 2 * text.trainStories;
  return { tokens, exact: false };
});
