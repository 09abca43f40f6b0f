import { characterBytes, codePointAt } from "../utf8";

/** What windows-1252 has for the bytes 0x80 to 0x9F; five of them are C1 controls, as in Latin-1. */
const windows1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const byteOf = new Map(
  [...windows1252].map((character, i) => [character.codePointAt(0)!, 0x80 + i]),
);

/** The byte that was taken for this character, or -1. */
function windowsByte(codePoint: number): number {
  if (codePoint >= 0x80 && codePoint <= 0xff) return codePoint;
  return byteOf.get(codePoint) ?? -1;
}

/**
 * Characters that are the bytes of one UTF-8 character, each taken for a character of windows-1252 or
 * Latin-1: `Ã©` for `é`, `â€œ` for `“`.
 *
 * @param text valid UTF-8
 * @param at where a character starts
 * @returns what it was before, and the bytes that it takes now; null where there is no such thing
 */
export function mojibakeAt(text: Uint8Array, at: number): { meant: string; bytes: number } | null {
  const lead = windowsByte(codePointAt(text, at));
  if (lead < 0xc2 || lead > 0xf4) return null;
  const length = characterBytes(lead);
  const original = new Uint8Array(length);
  let end = at;
  for (let i = 0; i < length; i++) {
    if (end >= text.length) return null;
    const byte = windowsByte(codePointAt(text, end));
    if (i > 0 && (byte < 0x80 || byte > 0xbf)) return null;
    original[i] = byte;
    end += characterBytes(text[end]!);
  }
  try {
    const meant = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(original);
    return { meant, bytes: end - at };
  } catch {
    return null;
  }
}
