import { problem } from "../../lib/errors";
import type { StoryCutter } from "../story-splitter";
import { maxRecordBytes, RecordStories } from "./record-stories";

const newline = 0x0a;
const spaces = /^[ \t\r]*$/;

/** Lines of bytes from chunks. */
class Lines {
  /** Of the line under way; the first is 1. */
  number = 1;
  private carry: Uint8Array = new Uint8Array(0);

  constructor(private readonly name: string) {}

  /** Calls `take` for each line that ends in this chunk, without its line feed. */
  push(chunk: Uint8Array, take: (line: Uint8Array) => void): void {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(newline, from);
      if (end < 0) break;
      take(this.joined(chunk.subarray(from, end)));
      this.carry = new Uint8Array(0);
      this.number++;
      from = end + 1;
    }
    this.carry = this.joined(chunk.slice(from));
    if (this.carry.length > maxRecordBytes) {
      const reason = `it is longer than ${maxRecordBytes.toLocaleString("en")} bytes`;
      throw problem("line-broken", { name: this.name, line: this.number, reason });
    }
  }

  end(take: (line: Uint8Array) => void): void {
    take(this.carry);
  }

  private joined(bytes: Uint8Array): Uint8Array {
    if (this.carry.length === 0) return bytes;
    const joined = new Uint8Array(this.carry.length + bytes.length);
    joined.set(this.carry);
    joined.set(bytes, this.carry.length);
    return joined;
  }
}

/**
 * The value of one line: null when it is blank.
 *
 * @throws `line-broken` when it is neither a JSON object nor a JSON string
 */
export function jsonLine(
  text: string,
  name: string,
  line: number,
): string | Record<string, unknown> | null {
  if (spaces.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's own message quotes the line, which may be long and is the user's text.
    throw problem("line-broken", { name, line, reason: "it is not valid JSON" });
  }
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  const kind = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
  throw problem("line-broken", { name, line, reason: `it is ${kind}, not an object or a string` });
}

/** The text of a line's value: strings stand for themselves, objects for one of their fields. */
export function fieldText(
  value: string | Record<string, unknown>,
  column: string | null,
): string | undefined {
  if (typeof value === "string") return value;
  const field = column === null ? undefined : value[column];
  return typeof field === "string" ? field : undefined;
}

/** The stories of JSON Lines: one JSON value a line, a string or an object with a field. */
export class JsonLinesStories extends RecordStories implements StoryCutter {
  private readonly lines: Lines;
  // A byte order mark within the text is text.
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** @param column the field of objects; null when there are only strings */
  constructor(
    private readonly name: string,
    private readonly column: string | null,
    maxStoryBytes: number,
  ) {
    super(maxStoryBytes);
    this.lines = new Lines(name);
  }

  /** @throws `line-broken` */
  push(chunk: Uint8Array): Uint8Array[] {
    const stories: Uint8Array[] = [];
    this.lines.push(chunk, (line) => stories.push(...this.storiesOf(line)));
    return stories;
  }

  /** @throws `line-broken` */
  finish(): Uint8Array[] {
    const stories: Uint8Array[] = [];
    this.lines.end((line) => stories.push(...this.storiesOf(line)));
    return stories;
  }

  private storiesOf(line: Uint8Array): Uint8Array[] {
    const value = jsonLine(this.decoder.decode(line), this.name, this.lines.number);
    return value === null ? [] : this.cut(fieldText(value, this.column));
  }
}
