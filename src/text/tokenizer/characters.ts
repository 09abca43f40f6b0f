/** `▁`, which stands for a space. */
export const wordStart = 0x2581;
/** `▅`: SentencePiece marks characters outside the vocabulary with it, and drops lines that hold it. */
export const reserved = 0x2585;
/**
 * U+001F is never part of a piece. SentencePiece also puts it where a line spells out a meta piece.
 * (It was the tab up to SentencePiece 0.2.1.)
 */
export const boundary = 0x1f;

/** What `split_digits` keeps apart: ASCII and full-width digits. */
export function isDigit(codePoint: number): boolean {
  return (codePoint >= 0x30 && codePoint <= 0x39) || (codePoint >= 0xff10 && codePoint <= 0xff19);
}

/** Scripts of Unicode that have characters of their own, the most frequent first. */
const scriptNames =
  "Latin Han Cyrillic Arabic Greek Hangul Devanagari Hebrew Thai Bengali Tamil Telugu Kannada " +
  "Malayalam Gujarati Gurmukhi Oriya Sinhala Lao Khmer Myanmar Tibetan Georgian Armenian Ethiopic " +
  "Mongolian Bopomofo Yi Syriac Thaana Nko Cherokee Canadian_Aboriginal Ogham Runic Braille Adlam " +
  "Ahom Anatolian_Hieroglyphs Avestan Balinese Bamum Bassa_Vah Batak Bhaiksuki Brahmi Buginese Buhid " +
  "Carian Caucasian_Albanian Chakma Cham Coptic Cuneiform Cypriot Deseret Duployan " +
  "Egyptian_Hieroglyphs Elbasan Glagolitic Gothic Grantha Hanunoo Hatran Imperial_Aramaic " +
  "Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kayah_Li Kharoshthi Khojki Khudawadi " +
  "Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Mandaic Manichaean Marchen Masaram_Gondi " +
  "Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mro Multani Nabataean " +
  "New_Tai_Lue Newa Nushu Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian " +
  "Old_South_Arabian Old_Turkic Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician " +
  "Psalter_Pahlavi Rejang Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sora_Sompeng " +
  "Soyombo Sundanese Syloti_Nagri Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tangut Tifinagh " +
  "Tirhuta Ugaritic Vai Warang_Citi Zanabazar_Square";
const scripts = scriptNames.split(" ").map((name) => new RegExp(`^\\p{Script=${name}}$`, "u"));
const inheritedScript = /^\p{Script=Inherited}$/u;
/** SentencePiece counts them as Han; U+30FC is the long vowel sign. */
const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]$/u;
const han = 1;
const common = scripts.length;

const known = new Map<number, number>();

/** `scriptOf` for characters that go with any script: `▁` and combining marks. */
export const anyScript = -1;

/** A number for the Unicode script of a character, as `split_by_unicode_script` groups them. */
export function scriptOf(codePoint: number): number {
  const cached = known.get(codePoint);
  if (cached !== undefined) return cached;
  const script = findScript(codePoint);
  known.set(codePoint, script);
  return script;
}

function findScript(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (codePoint === wordStart || inheritedScript.test(character)) return anyScript;
  if (kana.test(character)) return han;
  const index = scripts.findIndex((pattern) => pattern.test(character));
  return index < 0 ? common : index;
}
