import { characterBytes, codePointAt } from "./utf8";

/** What closes a story: a line `<|endoftext|>`, blank lines, or the end of each line. */
export type Separator = "endoftext" | "blank-line" | "line";

/** What gives the stories of a text that arrives in chunks. */
export interface StoryCutter {
  /** @returns the stories that end in this chunk: views that are valid until the next call */
  push(chunk: Uint8Array): Uint8Array[];
  /** @returns what is left, when the text has ended */
  finish(): Uint8Array[];
  /** Stories so far that were too long and became several. */
  readonly cutStories: number;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const endOfText = new TextEncoder().encode("<|endoftext|>");

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
function isBlank(byte: number): boolean {
  return byte === space || (byte >= 0x09 && byte <= 0x0d);
}

type LineKind = "separator" | "blank" | "text";

/** Looks at bytes [from, to); white space around the separator does not count. */
function lineKind(bytes: Uint8Array, from: number, to: number): LineKind {
  let start = from;
  let end = to;
  while (start < end && isBlank(bytes[start]!)) start++;
  if (start === end) return "blank";
  if (bytes[start] !== endOfText[0]) return "text";
  while (isBlank(bytes[end - 1]!)) end--;
  if (end - start !== endOfText.length) return "text";
  return endOfText.every((byte, i) => bytes[start + i] === byte) ? "separator" : "text";
}

/** Finds out what separates the stories of a text that arrives in chunks. */
export class SeparatorDetector {
  /** The line under way, when a chunk ended in it; no more of it than can matter. */
  private carry = new Uint8Array(0);
  private textSeen = false;
  private blankAfterText = false;
  private found: Separator = "line";

  /** @returns true when the rest of the text cannot change the answer */
  push(chunk: Uint8Array): boolean {
    let from = 0;
    while (this.found !== "endoftext") {
      const end = chunk.indexOf(newline, from);
      if (end < 0) break;
      if (this.carry.length > 0) {
        this.extendCarry(chunk.subarray(from, end));
        this.line(this.carry, 0, this.carry.length);
        this.carry = new Uint8Array(0);
      } else this.line(chunk, from, end);
      from = end + 1;
    }
    this.extendCarry(chunk.subarray(from));
    return this.found === "endoftext";
  }

  end(): Separator {
    this.line(this.carry, 0, this.carry.length);
    return this.found;
  }

  private extendCarry(bytes: Uint8Array): void {
    // 256 bytes tell what a line is, unless more white space than that surrounds the separator.
    const more = bytes.subarray(0, Math.max(0, 256 - this.carry.length));
    const joined = new Uint8Array(this.carry.length + more.length);
    joined.set(this.carry);
    joined.set(more, this.carry.length);
    this.carry = joined;
  }

  private line(bytes: Uint8Array, from: number, to: number): void {
    const kind = lineKind(bytes, from, to);
    if (kind === "separator") this.found = "endoftext";
    else if (kind === "blank") this.blankAfterText = this.textSeen;
    else {
      if (this.blankAfterText && this.found === "line") this.found = "blank-line";
      this.textSeen = true;
      this.blankAfterText = false;
    }
  }
}

/**
 * Cuts a text that arrives in chunks into stories, in memory bounded by the longest story allowed.
 * White space around a story is dropped and CRLF becomes LF. A story longer than `maxStoryBytes`
 * becomes several, cut at its last line end or space within the limit, or else between characters.
 */
export class StorySplitter implements StoryCutter {
  private readonly separator: Separator | "none";
  private readonly maxStoryBytes: number;
  private buffer: Uint8Array;
  /** The story under way is buffer[storyStart, end), its line under way starts at lineStart. */
  private storyStart = 0;
  private lineStart = 0;
  private end = 0;
  /** The start of this line went into an earlier part of a story that was too long. */
  private lineWasCut = false;
  private storyWasCut = false;
  private finished: Uint8Array[] = [];
  cutStories = 0;

  /** @param separator `none`: all up to `finish` is one story */
  constructor(separator: Separator | "none", maxStoryBytes: number) {
    this.separator = separator;
    this.maxStoryBytes = maxStoryBytes;
    this.buffer = new Uint8Array(2 * maxStoryBytes);
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.makeRoom(chunk.length);
    this.finished = [];
    let from = 0;
    for (;;) {
      const lineEnd = chunk.indexOf(newline, from);
      this.append(chunk.subarray(from, lineEnd < 0 ? chunk.length : lineEnd));
      if (lineEnd < 0) return this.finished;
      this.endLine();
      from = lineEnd + 1;
    }
  }

  finish(): Uint8Array[] {
    this.finished = [];
    this.makeRoom(1);
    this.endLine();
    this.endStory();
    return this.finished;
  }

  private makeRoom(bytes: number): void {
    this.buffer.copyWithin(0, this.storyStart, this.end);
    this.lineStart -= this.storyStart;
    this.end -= this.storyStart;
    this.storyStart = 0;
    // A line feed more than the chunk: the text may end without one.
    const needed = this.end + bytes + 1;
    if (needed > this.buffer.length) {
      const larger = new Uint8Array(needed);
      larger.set(this.buffer.subarray(0, this.end));
      this.buffer = larger;
    }
  }

  private append(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.end);
    this.end += bytes.length;
    while (this.end - this.storyStart > this.maxStoryBytes) this.cut();
  }

  private endLine(): void {
    if (this.end > this.lineStart && this.buffer[this.end - 1] === carriageReturn) this.end--;
    const kind = this.lineWasCut ? "text" : lineKind(this.buffer, this.lineStart, this.end);
    this.lineWasCut = false;
    const closes =
      this.separator === "endoftext"
        ? kind === "separator"
        : this.separator === "blank-line"
          ? kind === "blank"
          : this.separator === "line";
    if (closes) {
      if (this.separator !== "line") this.end = this.lineStart;
      this.endStory();
    } else {
      this.buffer[this.end++] = newline;
      this.lineStart = this.end;
    }
  }

  private endStory(): void {
    this.take(this.end);
    this.storyStart = this.end;
    this.lineStart = this.end;
    this.storyWasCut = false;
  }

  /** Closes the first part of a story that is too long. */
  private cut(): void {
    if (!this.storyWasCut) this.cutStories++;
    this.storyWasCut = true;
    const limit = this.storyStart + this.maxStoryBytes;
    const at = this.cutPlace(limit);
    this.take(at);
    this.storyStart = at;
    if (this.lineStart < at) {
      this.lineStart = at;
      this.lineWasCut = true;
    }
  }

  private cutPlace(limit: number): number {
    // Only the second half is searched, so that parts do not get tiny.
    const middle = limit - (this.maxStoryBytes >> 1);
    for (const byte of [newline, space]) {
      const at = this.buffer.lastIndexOf(byte, limit - 1);
      if (at >= middle) return at + 1;
    }
    let at = limit;
    while ((this.buffer[at]! & 0xc0) === 0x80) at--;
    return at;
  }

  private take(to: number): void {
    let start = this.storyStart;
    let end = to;
    while (start < end && isBlank(this.buffer[start]!)) start++;
    while (start < end && isBlank(this.buffer[end - 1]!)) end--;
    if (start < end) this.finished.push(this.buffer.subarray(start, end));
  }
}

/** The start of a story as text: at most `limit` UTF-16 units, no character cut in two. */
export function preview(story: Uint8Array, limit: number): string {
  let text = "";
  for (let at = 0; at < story.length; ) {
    const character = String.fromCodePoint(codePointAt(story, at));
    if (text.length + character.length > limit) break;
    text += character;
    at += characterBytes(story[at]!);
  }
  return text;
}
