import { defaultHeldOutShare } from "./held-out";
import type { Separator } from "./story-splitter";

/** How a text is to be read: what its owner may change. */
export interface TextChoices {
  /** Of plain text. */
  separator: Separator | "auto";
  /** Which column of CSV and JSON Lines holds the stories; null takes the likely one of each file. */
  column: string | null;
  /** The share of the stories that is held out; 2 MB of them at most. */
  heldOutShare: number;
}

export const defaultChoices: TextChoices = {
  separator: "auto",
  column: null,
  heldOutShare: defaultHeldOutShare,
};

const separatorNames: Record<Separator, string> = {
  endoftext: "split by <|endoftext|>",
  "blank-line": "split by blank lines",
  line: "split by lines",
};

/**
 * A name for a text: its files and, where they differ from the usual, the choices. So the name that a
 * checkpoint keeps says all that is needed to read the same text again.
 */
export function textName(files: { name: string }[], choices: TextChoices): string {
  const [first] = files;
  const more = files.length - 1;
  const name = more > 0 ? `${first!.name} and ${more} more` : first!.name;
  const { separator, column, heldOutShare } = choices;
  const unusual = [
    separator !== "auto" && separatorNames[separator],
    column !== null && `column ${column}`,
    heldOutShare !== defaultHeldOutShare && `${Number((100 * heldOutShare).toFixed(2))}% held out`,
  ].filter(Boolean);
  return unusual.length > 0 ? `${name} (${unusual.join(", ")})` : name;
}
