import Papa from "papaparse";
import { problem } from "../../lib/errors";
import type { StoryCutter } from "../story-splitter";
import { maxRecordBytes, RecordStories } from "./record-stories";

/** What Papa's low-level parser gives; its types leave this open. */
interface ParsedRows {
  data: string[][];
  errors: { code: string; row: number }[];
  /** Where the first row starts that is not finished yet. */
  meta: { cursor: number };
}

const newline = "\n";

/** A row that only an empty line makes. */
const isEmpty = (row: string[]) => row.length === 1 && row[0]!.trim() === "";

/**
 * Rows of CSV (RFC 4180) from text that arrives in chunks: fields may be quoted, and quoted fields go
 * over several lines. Papa parses what there is, and what belongs to an unfinished row waits.
 */
export class CsvRows {
  private readonly name: string;
  private readonly delimiter: string;
  private rest = "";
  /** Rows so far, empty ones and the header included. */
  private count = 0;

  constructor(name: string, delimiter: string) {
    this.name = name;
    this.delimiter = delimiter;
  }

  /** Calls `take` for each row that is complete now. @throws `row-broken` */
  push(text: string, take: (row: string[], number: number) => void): void {
    // A carriage return at the end may belong to a line feed that comes next.
    const all = this.rest + text;
    const held = all.endsWith("\r") ? "\r" : "";
    const input = all.slice(0, all.length - held.length).replaceAll("\r\n", newline);
    this.rest = input.slice(this.parse(input, true, take)) + held;
    if (this.rest.length > maxRecordBytes) {
      const reason = `it is longer than ${maxRecordBytes.toLocaleString("en")} characters; perhaps a quote in it was never closed`;
      throw problem("row-broken", { name: this.name, row: this.count + 1, reason });
    }
  }

  /** @throws `row-broken` */
  end(take: (row: string[], number: number) => void): void {
    if (this.rest !== "") this.parse(this.rest, false, take);
    this.rest = "";
  }

  /** @returns how much of the input is done */
  private parse(
    input: string,
    more: boolean,
    take: (row: string[], number: number) => void,
  ): number {
    const parser = new Papa.Parser({ delimiter: this.delimiter, newline });
    const { data, errors, meta } = parser.parse(input, 0, more) as ParsedRows;
    // What looks wrong in a row that is not finished yet may turn out well.
    const bad = errors.find(({ row }) => row < data.length);
    data.forEach((row, i) => {
      this.count++;
      if (bad?.row === i) {
        const reason =
          bad.code === "MissingQuotes"
            ? "a quote in it is never closed"
            : "a quote in it is followed by more text";
        throw problem("row-broken", { name: this.name, row: this.count, reason });
      }
      if (!isEmpty(row)) take(row, this.count);
    });
    return meta.cursor;
  }
}

/** The stories of one column of a CSV file. */
export class CsvStories extends RecordStories implements StoryCutter {
  private readonly rows: CsvRows;
  private readonly decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  private headerPending: boolean;

  /**
   * @param columns their names
   * @param header whether the first row holds them
   */
  constructor(
    private readonly name: string,
    private readonly form: { delimiter: string; header: boolean; columns: string[] },
    private readonly column: string,
    maxStoryBytes: number,
  ) {
    super(maxStoryBytes);
    this.rows = new CsvRows(name, form.delimiter);
    this.headerPending = form.header;
  }

  /** @throws `row-broken` */
  push(chunk: Uint8Array): Uint8Array[] {
    const stories: Uint8Array[] = [];
    const text = this.decoder.decode(chunk, { stream: true });
    this.rows.push(text, (row, number) => stories.push(...this.storiesOf(row, number)));
    return stories;
  }

  /** @throws `row-broken` */
  finish(): Uint8Array[] {
    const stories: Uint8Array[] = [];
    this.rows.end((row, number) => stories.push(...this.storiesOf(row, number)));
    return stories;
  }

  private storiesOf(row: string[], number: number): Uint8Array[] {
    if (this.headerPending) {
      this.headerPending = false;
      return [];
    }
    const { columns } = this.form;
    // Without quotes, a comma in a text would cut it: better to say so than to train on the half of it.
    if (row.slice(columns.length).some((field) => field.trim() !== "")) {
      const reason = `it has ${row.length} fields, but there are ${columns.length} columns`;
      throw problem("row-broken", { name: this.name, row: number, reason });
    }
    return this.cut(row[columns.indexOf(this.column)]);
  }
}
