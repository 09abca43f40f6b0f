import { StorySplitter } from "../story-splitter";

/** A line of JSON Lines or a row of CSV may take so many bytes: this bounds what waits for its end. */
export const maxRecordBytes = 2 ** 24;

/** Makes stories of records as a `StorySplitter` makes them of a text: trimmed, LF, none too long. */
export class RecordStories {
  /** Records without text in the column: left out. */
  emptyRecords = 0;
  private readonly splitter: StorySplitter;
  private readonly encoder = new TextEncoder();

  constructor(maxStoryBytes: number) {
    this.splitter = new StorySplitter("none", maxStoryBytes);
  }

  get cutStories(): number {
    return this.splitter.cutStories;
  }

  /** @returns the record's text as one story, or as several when it is too long */
  cut(text: string | undefined): Uint8Array[] {
    const parts: Uint8Array[] = [];
    if (text !== undefined) {
      // The views are good until the next call only.
      const take = (views: Uint8Array[]) => parts.push(...views.map((view) => view.slice()));
      take(this.splitter.push(this.encoder.encode(text)));
      take(this.splitter.finish());
    }
    if (parts.length === 0) this.emptyRecords++;
    return parts;
  }
}
