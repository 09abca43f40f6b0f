/** What a saved checkpoint may be called. */

const MAX_NAME = 80;

/** Why this is no name, as a sentence; null when it is one. */
export function nameProblem(name: string): string | null {
  const trimmed = name.trim();
  if (trimmed === "") return "A name needs at least one character.";
  if (trimmed.length > MAX_NAME) return `A name has at most ${MAX_NAME} characters.`;
  // Besides control characters, those that turn the direction of the text around them.
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(trimmed))
    return "A name has visible characters only.";
  return null;
}

/** A name that can be given: what is too long or invisible goes. Null when nothing is left. */
export function tidyName(name: string): string | null {
  const visible = name.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "").trim();
  const tidy = visible.slice(0, MAX_NAME).trim();
  return tidy === "" ? null : tidy;
}

/** The name of a downloaded file: what some file system forbids becomes a hyphen. */
export function fileNameOf(name: string): string {
  const allowed = name.replace(/[\\/:*?"<>|]+/g, "-").replace(/^[.\s-]+|[.\s-]+$/g, "");
  return `${allowed || "checkpoint"}.safetensors`;
}
