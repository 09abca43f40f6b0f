import { characterBytes } from "../utf8";
import type { TokenizerModel } from "./model";

/** A stretch of text with the tokens that make it: one token, or the byte tokens of one character. */
export interface TokenPart {
  /** With plain spaces; of byte tokens, the character that they spell. */
  text: string;
  /** `piece` is as the vocabulary has it: `▁the`, `<0x0A>`. */
  tokens: { id: number; piece: string }[];
}

/** Cuts the ids of a text so that each part can be shown: no character is torn apart. */
export function tokenParts(model: TokenizerModel, ids: ArrayLike<number>): TokenPart[] {
  const parts: TokenPart[] = [];
  for (let at = 0; at < ids.length; ) {
    const first = byteOf(model, ids[at]!);
    let length = 1;
    if (first !== null) {
      const whole = characterBytes(first);
      while (
        length < whole &&
        at + length < ids.length &&
        byteOf(model, ids[at + length]!) !== null
      )
        length += 1;
    }
    const tokens = Array.from({ length }, (_, i) => {
      const id = ids[at + i]!;
      return { id, piece: model.pieces[id]!.piece };
    });
    const text =
      first === null
        ? tokens[0]!.piece.replaceAll("▁", " ")
        : new TextDecoder("utf-8", { ignoreBOM: true }).decode(
            Uint8Array.from(tokens, ({ id }) => byteOf(model, id)!),
          );
    parts.push({ text, tokens });
    at += length;
  }
  return parts;
}

function byteOf(model: TokenizerModel, id: number): number | null {
  const { type, piece } = model.pieces[id]!;
  return type === "byte" ? Number.parseInt(piece.slice(3, 5), 16) : null;
}
