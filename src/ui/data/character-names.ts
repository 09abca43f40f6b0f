/** Unicode's names of the characters that texts are troubled by; there is no API for names. */
const names: Record<number, string> = {
  0: "null",
  7: "bell",
  8: "backspace",
  11: "line tabulation",
  12: "form feed",
  13: "carriage return",
  26: "substitute",
  27: "escape",
  127: "delete",
  133: "next line",
  160: "no-break space",
  173: "soft hyphen",
  8194: "en space",
  8195: "em space",
  8201: "thin space",
  8202: "hair space",
  8203: "zero width space",
  8204: "zero width non-joiner",
  8205: "zero width joiner",
  8206: "left-to-right mark",
  8207: "right-to-left mark",
  8232: "line separator",
  8233: "paragraph separator",
  8234: "left-to-right embedding",
  8236: "pop directional formatting",
  8239: "narrow no-break space",
  8288: "word joiner",
  10240: "braille pattern blank",
  12288: "ideographic space",
  12644: "Hangul filler",
  65279: "zero width no-break space (byte order mark)",
  65533: "replacement character",
};

const kinds: [RegExp, string][] = [
  [/\p{Extended_Pictographic}/u, "picture"],
  [/\p{Script=Latin}/u, "Latin letter"],
  [/\p{Script=Greek}/u, "Greek letter"],
  [/\p{Script=Cyrillic}/u, "Cyrillic letter"],
  [/\p{Script=Han}/u, "Chinese character"],
  [/\p{L}/u, "letter"],
  [/\p{M}/u, "combining mark"],
  [/\p{N}/u, "number"],
  [/\p{Sc}/u, "currency sign"],
  [/\p{S}/u, "symbol"],
  [/\p{P}/u, "punctuation"],
  [/\p{Z}/u, "space"],
  [/\p{Cc}/u, "control character"],
  [/\p{Co}/u, "private use"],
];

/** `U+200B zero width space`, or what kind of character it is where it has no name here. */
export function characterName(codePoint: number): string {
  const code = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  const character = String.fromCodePoint(codePoint);
  const name = names[codePoint] ?? kinds.find(([pattern]) => pattern.test(character))?.[1];
  return name === undefined ? code : `${code} ${name}`;
}
