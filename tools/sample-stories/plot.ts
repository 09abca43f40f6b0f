/**
 * A plot as data. Templates: `[a|b]` is one of several, `{name}` a fact of this story (capitalized when
 * the name is), `{#list}` a word of that list which this story has not used yet.
 */
export interface Plot {
  /** The grown-up lives in the same house. */
  family?: true;
  /** Facts that belong together; one set is chosen for a story. */
  sets?: readonly Record<string, string>[];
  /** Paragraphs after the opening, each in several versions. */
  parts: readonly (readonly string[])[];
  /** What the story teaches. */
  morals: readonly string[];
}
