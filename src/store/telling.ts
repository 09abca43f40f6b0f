import type { TellingPart } from "./studio";

/** Adds a piece to what was told: to the last part, or as a new part where the context was shifted. */
export function withPiece(parts: TellingPart[], piece: TellingPart): TellingPart[] {
  const last = parts.at(-1);
  if (last === undefined || piece.shifted) return [...parts, piece];
  return [...parts.slice(0, -1), { ...last, text: last.text + piece.text }];
}
