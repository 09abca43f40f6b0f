import type { LikelyToken, ToldToken } from "../worker/api";
import type { Telling } from "./studio";

/** The end of a story among the pieces of a tokenizer. */
const END = "</s>";

/** Whether nothing can follow the token. */
export function isEnd({ piece }: Pick<LikelyToken, "piece">): boolean {
  return piece === END;
}

/** Takes tokens that have come. */
export function withTokens(
  telling: Telling,
  { tokens, step, pace }: Pick<Telling, "tokens"> & { step: number; pace: Telling["pace"] },
): Telling {
  const first = telling.tokens.length === 0 ? step : telling.steps.first;
  return {
    ...telling,
    tokens: [...telling.tokens, ...tokens],
    steps: { first, last: step },
    pace,
  };
}

/** Takes up a telling that has ended, to be gone on with: an end of the story is taken back. */
export function reopened(telling: Telling): Telling {
  const last = telling.tokens.at(-1);
  const tokens = last && isEnd(last) ? telling.tokens.slice(0, -1) : telling.tokens;
  return { ...telling, tokens, pace: null, end: null };
}

/** The tokens up to one of them, and another in its place. */
export function insteadOf(tokens: ToldToken[], at: number, choice: LikelyToken): ToldToken[] {
  const replaced = tokens[at]!;
  return [...tokens.slice(0, at), { ...replaced, ...choice, text: pieceText(choice.piece) }];
}

/** The text of a piece; none for a control piece or a byte that is only a part of a character. */
export function pieceText(piece: string): string {
  const byte = /^<0x([0-7][0-9A-F])>$/.exec(piece);
  if (byte) return String.fromCharCode(Number.parseInt(byte[1]!, 16));
  if (/^<(s|\/s|unk|0x[0-9A-F]{2})>$/.test(piece)) return "";
  return piece.replaceAll("▁", " ");
}

/** A piece with its spaces made visible, or said in words. */
export function pieceLabel(piece: string): string {
  if (piece === END) return "end of the story";
  const byte = /^<0x([0-9A-F]{2})>$/.exec(piece);
  if (byte === null) return piece.replaceAll("▁", "␣");
  if (byte[1] === "0A") return "new line";
  const character = pieceText(piece);
  return /[!-~]/.test(character) ? character : `byte ${byte[1]}`;
}

/** What is shown as one: a token, or those that make one character together. */
export interface ShownPiece {
  text: string;
  /** Place of the first of its tokens. */
  at: number;
  tokens: ToldToken[];
  shifted: boolean;
  /** Of all its tokens together. */
  probability: number;
}

/**
 * The pieces of a telling. Bytes wait for the one that completes their character; where the telling
 * has ended before, U+FFFD stands for them.
 */
export function shownPieces(tokens: readonly ToldToken[], ended: boolean): ShownPiece[] {
  const pieces: ShownPiece[] = [];
  let open: ToldToken[] = [];
  tokens.forEach((token, at) => {
    open.push(token);
    const incomplete = token.text === "" && !isEnd(token);
    if (incomplete && !(ended && at === tokens.length - 1)) return;
    pieces.push({
      text: incomplete ? "\ufffd" : token.text,
      at: at - open.length + 1,
      tokens: open,
      shifted: open.some(({ shifted }) => shifted),
      probability: open.reduce((product, { probability }) => product * probability, 1),
    });
    open = [];
  });
  return pieces;
}

/** Where a piece stands between surprising and expected: 0 to 4. */
export function likelihoodLevel(probability: number): 0 | 1 | 2 | 3 | 4 {
  if (probability < 0.02) return 0;
  if (probability < 0.1) return 1;
  if (probability < 0.3) return 2;
  return probability < 0.7 ? 3 : 4;
}
