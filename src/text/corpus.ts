import { problem } from "../lib/errors";
import { Pace, type WorkOptions } from "../lib/pace";
import { HeldOutChooser, storyHash } from "./held-out";
import { preview, type Separator, SeparatorDetector, StorySplitter } from "./story-splitter";
import { countCodePoints, Utf8Checker } from "./utf8";

/** How far a piece of text work is; bytes of the file, or merges. */
export interface TextProgress {
  phase: "reading" | "counting" | "merging" | "encoding";
  done: number;
  total: number;
}
export type TextWork = WorkOptions<TextProgress>;

export interface CorpusSummary {
  name: string;
  bytes: number;
  separator: Separator;
  stories: number;
  /** Unicode code points of all stories. */
  characters: number;
  /** At most 2,000 characters of it. */
  firstStory: string;
  trainStories: number;
  heldOutStories: number;
  /** Stories that were longer than `maxStoryBytes` and became several (`stories` counts the parts). */
  cutStories: number;
}

export interface Story {
  /** UTF-8 without white space around it, lines ended by LF. Valid until the next batch is asked for. */
  bytes: Uint8Array;
  heldOut: boolean;
}

/** A longer story becomes several: this bounds the memory that one story can take. */
export const maxStoryBytes = 2 ** 20;
const chunkBytes = 2 ** 20;
const previewLength = 2_000;

/** The chunks of a file after its byte order mark, each with its offset in the file. */
async function* chunks(file: Blob): AsyncGenerator<{ offset: number; bytes: Uint8Array }> {
  let offset = 0;
  while (offset < file.size) {
    const buffer = await file.slice(offset, offset + chunkBytes).arrayBuffer();
    let bytes = new Uint8Array(buffer);
    const start = offset;
    offset += bytes.length;
    const marked = start === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    if (marked) bytes = bytes.subarray(3);
    yield { offset: marked ? 3 : start, bytes };
  }
}

/** Throws when a file is not text. NUL bytes anywhere near decide that it is binary. */
class TextCheck {
  private readonly name: string;
  private readonly utf8 = new Utf8Checker();
  private start = -1;

  constructor(name: string) {
    this.name = name;
  }

  push(offset: number, bytes: Uint8Array): void {
    if (this.start < 0) {
      this.start = offset;
      // UTF-16 is full of NUL bytes, but "not UTF-8" is what helps its owner.
      const mark = (bytes[0]! << 8) | bytes[1]!;
      if (mark === 0xfffe || mark === 0xfeff) {
        throw problem("file-not-utf8", { name: this.name, offset: 0 });
      }
    }
    const zero = bytes.indexOf(0);
    if (zero >= 0) throw problem("file-binary", { name: this.name, offset: offset + zero });
    this.report(this.utf8.push(bytes));
  }

  end(): void {
    this.report(this.utf8.end());
  }

  private report(badOffset: number): void {
    if (badOffset < 0) return;
    throw problem("file-not-utf8", { name: this.name, offset: this.start + badOffset });
  }
}

async function detectSeparator(file: Blob, pace: Pace<TextProgress>): Promise<Separator> {
  const detector = new SeparatorDetector();
  for await (const { offset, bytes } of chunks(file)) {
    if (detector.push(bytes)) break;
    if (pace.due) await pace.breathe({ phase: "reading", done: offset, total: 2 * file.size });
  }
  return detector.end();
}

/** A text file cut into stories, some of them held out. It is read as a stream, each time anew. */
export class Corpus {
  readonly summary: CorpusSummary;
  private readonly file: Blob;
  private readonly threshold: number;

  private constructor(file: Blob, summary: CorpusSummary, threshold: number) {
    this.file = file;
    this.summary = summary;
    this.threshold = threshold;
  }

  /**
   * Reads a file once or twice: finds its separator, checks that it is UTF-8 text, counts its
   * stories and chooses the held-out ones (see `HeldOutChooser`).
   *
   * @throws `file-empty`, `file-binary`, `file-not-utf8`; `too-few-stories` when there are not two
   * different stories; `cancelled`
   */
  static async open(file: Blob, name: string, options: TextWork = {}): Promise<Corpus> {
    const pace = new Pace("Reading the text", options);
    if (file.size === 0) throw problem("file-empty", { name });
    const separator = await detectSeparator(file, pace);
    const check = new TextCheck(name);
    const splitter = new StorySplitter(separator, maxStoryBytes);
    const chooser = new HeldOutChooser();
    let stories = 0;
    let characters = 0;
    let firstStory = "";
    const take = (story: Uint8Array): void => {
      if (stories === 0) firstStory = preview(story, previewLength);
      stories++;
      characters += countCodePoints(story);
      chooser.add(storyHash(story), story.length);
    };
    for await (const { offset, bytes } of chunks(file)) {
      check.push(offset, bytes);
      splitter.push(bytes).forEach(take);
      const done = file.size + offset;
      if (pace.due) await pace.breathe({ phase: "reading", done, total: 2 * file.size });
    }
    check.end();
    splitter.finish().forEach(take);
    pace.throwIfCancelled();
    if (stories === 0) throw problem("file-empty", { name });
    const chosen = chooser.choose();
    if (chosen === null) throw problem("too-few-stories", { name, stories: 1 });
    const summary = {
      name,
      bytes: file.size,
      separator,
      stories,
      characters,
      firstStory,
      trainStories: stories - chosen.stories,
      heldOutStories: chosen.stories,
      cutStories: splitter.cutStories,
    };
    return new Corpus(file, summary, chosen.threshold);
  }

  /** All stories in the order of the file, in batches of about a megabyte. */
  async *batches(): AsyncGenerator<{ stories: Story[]; bytesRead: number }> {
    const splitter = new StorySplitter(this.summary.separator, maxStoryBytes);
    const story = (bytes: Uint8Array): Story => ({
      bytes,
      heldOut: storyHash(bytes) < this.threshold,
    });
    for await (const { offset, bytes } of chunks(this.file)) {
      yield { stories: splitter.push(bytes).map(story), bytesRead: offset + bytes.length };
    }
    yield { stories: splitter.finish().map(story), bytesRead: this.file.size };
  }
}
