/** Why a character is worth a look. */
export type Oddity =
  /** Was put there where bytes were no character: something is lost. */
  | "replacement"
  | "control"
  /** Zero-width, soft hyphen, direction marks, a byte order mark inside the text. */
  | "invisible"
  | "private-use"
  | "unassigned"
  /** Spaces other than the plain one. */
  | "space"
  /** So rare that it gets no piece of its own and is spelled in bytes. */
  | "rare";

export interface OddCharacter {
  codePoint: number;
  count: number;
  oddity: Oddity;
}

/** A sequence of characters that was one character before a wrong conversion. */
export interface Mojibake {
  sequence: string;
  meant: string;
  count: number;
}

export interface OddCharacters {
  /** The most telling first; at most `mostShown`. */
  characters: OddCharacter[];
  /** How many different ones there are in all. */
  different: number;
  /** The most frequent first; at most `mostShown`. */
  mojibake: Mojibake[];
  /** Of all kinds, how often they occur in all. */
  mojibakeCount: number;
}

export const mostShown = 60;

const byCategory: [Oddity, RegExp][] = [
  ["control", /\p{Cc}/u],
  ["invisible", /[\p{Cf}\u{115f}\u{1160}\u{3164}\u{2800}]/u],
  ["private-use", /\p{Co}/u],
  ["unassigned", /[\p{Cn}\p{Cs}]/u],
  ["space", /[\p{Zs}\p{Zl}\p{Zp}]/u],
];
const order: Oddity[] = [
  "replacement",
  "control",
  "invisible",
  "private-use",
  "unassigned",
  "rare",
  "space",
];

/** What is odd about a character whatever its count; null for letters, digits, punctuation and the like. */
function oddityOf(codePoint: number): Oddity | null {
  if (codePoint === 0x20 || codePoint === 0x09 || codePoint === 0x0a) return null;
  if (codePoint === 0xfffd) return "replacement";
  const character = String.fromCodePoint(codePoint);
  return byCategory.find(([, pattern]) => pattern.test(character))?.[0] ?? null;
}

/**
 * The odd among the characters of a text.
 *
 * @param counts by code point
 * @param coverage what the tokenizer's alphabet covers; what lies beyond is rare
 */
export function oddCharacters(
  counts: Map<number, number>,
  coverage: number,
): Pick<OddCharacters, "characters" | "different"> {
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const total = byCount.reduce((sum, [, count]) => sum + count, 0);
  const found: OddCharacter[] = [];
  let covered = 0;
  for (const [codePoint, count] of byCount) {
    const rare = covered / total >= coverage;
    covered += count;
    const oddity = oddityOf(codePoint) ?? (rare ? "rare" : null);
    if (oddity !== null) found.push({ codePoint, count, oddity });
  }
  found.sort((a, b) => order.indexOf(a.oddity) - order.indexOf(b.oddity) || b.count - a.count);
  return { characters: found.slice(0, mostShown), different: found.length };
}
