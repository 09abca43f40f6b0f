import { Rng } from "../../lib/rng";
import { preview } from "../story-splitter";
import { llamaTrainer } from "../tokenizer/model";
import { characterBytes, codePointAt } from "../utf8";
import { LengthCounter, type StoryLengths } from "./lengths";
import { mojibakeAt } from "./mojibake";
import { type Mojibake, mostShown, type OddCharacters, oddCharacters } from "./odd-characters";
import { StorySet } from "./story-set";

/** A story to look at. */
export interface SampleStory {
  /** Its place in the text, from 1. */
  number: number;
  /** At most 2,000 characters of it. */
  text: string;
}

/** What a text is like. */
export interface TextReport {
  /** Runs of what is no white space. */
  words: number;
  lengths: StoryLengths;
  odd: OddCharacters;
  /** Stories that are equal to an earlier one … */
  duplicates: number;
  /** … among the first so many: all, unless the text has millions. */
  comparedStories: number;
  /** The first story, then some from all over the text. */
  samples: SampleStory[];
}

const sampleCount = 10;
const previewLength = 2_000;
/** Different wrong sequences that are counted apart; a text in a wrong encoding has thousands. */
const mostSequences = 2_000;
const firstBeyondAscii = 0x80;
const fnvPrime = 0x0100_0193;
const fnvBasis = 0x811c_9dc5;

/** Looks at every story once, in bounded memory. */
export class TextReporter {
  /** Code points of all stories. */
  characters = 0;
  private words = 0;
  private stories = 0;
  private duplicates = 0;
  private mojibakeCount = 0;
  /** By code point. */
  private readonly counts = new Float64Array(0x11_0000);
  private readonly mojibake = new Map<string, Mojibake>();
  private readonly lengths: LengthCounter;
  private readonly set = new StorySet();
  private readonly samples: SampleStory[] = [];
  private readonly rng = new Rng(1);

  constructor(maxStoryBytes: number) {
    this.lengths = new LengthCounter(maxStoryBytes);
  }

  /**
   * @param story valid UTF-8
   * @param hash 32 bits of it, independent of FNV-1a
   */
  add(story: Uint8Array, hash: number): void {
    const { counts } = this;
    let characters = 0;
    let words = 0;
    let inWord = false;
    let fnv = fnvBasis;
    for (let i = 0; i < story.length; i++) {
      const byte = story[i]!;
      fnv = Math.imul(fnv ^ byte, fnvPrime);
      if (byte < firstBeyondAscii) {
        counts[byte]!++;
        characters++;
        const inside = byte > 0x20;
        if (inside && !inWord) words++;
        inWord = inside;
      } else if ((byte & 0xc0) !== 0x80) {
        characters++;
        if (!inWord) words++;
        inWord = true;
        this.countBeyond(story, i);
      }
    }
    this.stories++;
    this.characters += characters;
    this.words += words;
    this.lengths.add(characters);
    if (this.set.add(hash, fnv >>> 0)) this.duplicates++;
    this.sample(story);
  }

  finish(): TextReport {
    const counts = new Map<number, number>();
    this.counts.forEach((count, codePoint) => {
      if (count > 0) counts.set(codePoint, count);
    });
    const { words, duplicates, mojibakeCount } = this;
    const mojibake = [...this.mojibake.values()].sort((a, b) => b.count - a.count);
    return {
      words,
      lengths: this.lengths.finish(),
      odd: {
        ...oddCharacters(counts, llamaTrainer.character_coverage),
        mojibake: mojibake.slice(0, mostShown),
        mojibakeCount,
      },
      duplicates,
      comparedStories: this.set.compared,
      samples: this.samples.sort((a, b) => a.number - b.number),
    };
  }

  private countBeyond(story: Uint8Array, at: number): void {
    const codePoint = codePointAt(story, at);
    this.counts[codePoint]!++;
    // Only these can begin a sequence: â, Ã, ð and the like.
    if (codePoint < 0xc2 || codePoint > 0xf4) return;
    const wrong = mojibakeAt(story, at);
    if (wrong === null) return;
    this.mojibakeCount++;
    let sequence = "";
    for (let i = at; i < at + wrong.bytes; i += characterBytes(story[i]!)) {
      sequence += String.fromCodePoint(codePointAt(story, i));
    }
    const known = this.mojibake.get(sequence);
    if (known) known.count++;
    else if (this.mojibake.size < mostSequences) {
      this.mojibake.set(sequence, { sequence, meant: wrong.meant, count: 1 });
    }
  }

  /** Keeps the first story, and of the others each with the same probability (reservoir sampling). */
  private sample(story: Uint8Array): void {
    const number = this.stories;
    let place = this.samples.length;
    if (place >= sampleCount) {
      place = 1 + this.rng.below(number - 1);
      if (place >= sampleCount) return;
    }
    this.samples[place] = { number, text: preview(story, previewLength) };
  }
}
