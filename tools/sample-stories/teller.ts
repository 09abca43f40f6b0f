import type { Rng } from "../../src/lib/rng";
import * as words from "./words";

const lists: Record<string, readonly string[]> = words;

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Turns the templates of one story into text; see `Plot` for their notation. */
export class Teller {
  private readonly rng: Rng;
  private readonly facts = new Map<string, string>();
  private readonly used = new Set<string>();
  private elderKnown = false;

  constructor(rng: Rng) {
    this.rng = rng;
  }

  /** Remembers a fact under a name; its template is told now, so it stays the same. */
  set(name: string, template: string): void {
    this.facts.set(name, this.tell(template));
  }

  choose<T>(options: readonly T[]): T {
    return options[this.rng.below(options.length)]!;
  }

  /** True in a share of all cases. */
  chance(share: number): boolean {
    return this.rng.next() < share;
  }

  /** A word of a list that this story has not used yet, as long as there is one. */
  pick(name: string): string {
    const list = lists[name];
    if (!list) throw new Error(`there is no list #${name}`);
    const fresh = list.filter((word) => !this.used.has(word));
    const word = this.choose(fresh.length > 0 ? fresh : list);
    this.used.add(word);
    return word;
  }

  /** Tells a paragraph; the grown-up is introduced where the story first names him or her. */
  paragraph(template: string): string {
    const text = template.replace(/\{([Ee])lder(Full)?\}/, (match, letter: string) =>
      this.elderKnown ? match : `{${letter}lderFull}`,
    );
    this.elderKnown ||= text.includes("lderFull}");
    return this.tell(text);
  }

  tell(template: string): string {
    let text = template;
    // Innermost choices first, so that choices may hold choices.
    for (let inner = /\[([^[\]]*)\]/.exec(text); inner; inner = /\[([^[\]]*)\]/.exec(text)) {
      const chosen = this.choose(inner[1]!.split("|"));
      text = text.slice(0, inner.index) + chosen + text.slice(inner.index + inner[0].length);
    }
    return text.replaceAll(/\{(#?)(\w+)\}/g, (_, hash: string, name: string) => {
      const key = name.charAt(0).toLowerCase() + name.slice(1);
      const value = hash ? this.pick(key) : this.facts.get(key);
      if (value === undefined) throw new Error(`there is no fact {${name}} in: ${template}`);
      return key === name ? value : capitalize(value);
    });
  }
}

/** Words that start with a vowel sound but not with a vowel letter, and the other way round. */
const vowelSound = /^(honest|honor|hour|heir)/i;
const consonantSound = /^(one|once|u[bknst]i|use|ukulele|yu|eu)/i;

/** Puts `an` where the next word needs it, and capitals where sentences start. */
export function polish(text: string): string {
  return text
    .replaceAll(/\b([Aa]) (?=([A-Za-z]+))/g, (_, article: string, next: string) => {
      const vowel = vowelSound.test(next) || (/^[aeiou]/i.test(next) && !consonantSound.test(next));
      return `${article}${vowel ? "n" : ""} `;
    })
    .replaceAll(
      /(^|\n|[.!?] )([a-z])/g,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    );
}
