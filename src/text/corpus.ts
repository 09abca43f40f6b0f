import { problem } from "../lib/errors";
import { Pace, type WorkOptions } from "../lib/pace";
import { defaultChoices, type TextChoices, textName } from "./choices";
import { type Column, type FileForm, inspectFile } from "./file-form";
import { HeldOutChooser, storyHash } from "./held-out";
import { CsvStories } from "./records/csv";
import { JsonLinesStories } from "./records/json-lines";
import { RecordStories } from "./records/record-stories";
import { TextReporter, type TextReport as WholeReport } from "./report/text-report";
import {
  type Separator,
  SeparatorDetector,
  type StoryCutter,
  StorySplitter,
} from "./story-splitter";
import { TextCheck } from "./text-check";
import { readChunks, type TextFile } from "./text-file";

/** How far a piece of text work is; bytes of the files, or merges. */
export interface TextProgress {
  phase: "reading" | "counting" | "merging" | "encoding";
  done: number;
  total: number;
}
export type TextWork = WorkOptions<TextProgress>;

export interface CorpusSummary {
  /** Of the files, with the choices that are not the usual ones (see `textName`). */
  name: string;
  /** Of the files as they are, packed or not. */
  bytes: number;
  /** What separates the stories of plain text; null where they are records, or where files differ. */
  separator: Separator | null;
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

/** How one file was read. */
export interface FileReport {
  name: string;
  bytes: number;
  kind: FileForm["kind"];
  gzipped: boolean;
  /** Of plain text. */
  separator: Separator | null;
  /** Of CSV and JSON Lines; null where each line is a string. */
  column: string | null;
  stories: number;
  /** Records without text. */
  emptyRecords: number;
}

/** What the text is like, besides its summary. */
export interface TextReport extends WholeReport {
  files: FileReport[];
  choices: TextChoices;
  /** What the stories could be taken from, of all files. */
  columns: Column[];
  /** 2 MB were less than the share that was asked for. */
  heldOutCapped: boolean;
}

export interface Story {
  /** UTF-8 without white space around it, lines ended by LF. Valid until the next batch is asked for. */
  bytes: Uint8Array;
  heldOut: boolean;
}

/** A longer story becomes several: this bounds the memory that one story can take. */
export const maxStoryBytes = 2 ** 20;
/** More would make choosing and showing them slow, and is most likely a mistake. */
const mostFiles = 500;

/** A file and how its stories are taken from it. */
interface Source {
  file: TextFile;
  form: FileForm;
  separator: Separator | null;
  column: string | null;
}

function cutterOf({ file, form, separator, column }: Source): StoryCutter {
  if (form.kind === "jsonl") return new JsonLinesStories(file.name, column, maxStoryBytes);
  if (form.kind === "csv") {
    const columns = form.columns.map(({ name }) => name);
    return new CsvStories(file.name, { ...form, columns }, column!, maxStoryBytes);
  }
  return new StorySplitter(separator!, maxStoryBytes);
}

/** @throws `column-missing` */
function columnOf(file: TextFile, form: FileForm, wanted: string | null): string | null {
  if (form.kind === "text") return null;
  // Lines that are strings have no columns to choose from.
  if (wanted === null || form.columns.length === 0) return form.guess;
  if (form.columns.some(({ name }) => name === wanted)) return wanted;
  const columns = form.columns.map(({ name }) => name);
  throw problem("column-missing", { name: file.name, column: wanted, columns });
}

/** Counts the bytes of files that passes over them have read. */
class Reading {
  done = 0;
  constructor(
    private readonly pace: Pace<TextProgress>,
    public total: number,
  ) {}

  /** @param bytes of the file under way, besides those that are done */
  async breathe(bytes: number): Promise<void> {
    if (!this.pace.due) return;
    await this.pace.breathe({ phase: "reading", done: this.done + bytes, total: this.total });
  }
}

/** Finds what separates the stories of a file, in a pass that ends as soon as that is clear. */
async function detectSeparator(file: TextFile, reading: Reading): Promise<Separator> {
  const detector = new SeparatorDetector();
  let read = 0;
  for await (const { bytes, bytesRead } of readChunks(file)) {
    if (detector.push(bytes)) break;
    read = bytesRead;
    await reading.breathe(bytesRead);
  }
  reading.done += read;
  reading.total -= file.blob.size - read;
  return detector.end();
}

/** Text files cut into stories, some of them held out. They are read as streams, each time anew. */
export class Corpus {
  readonly summary: CorpusSummary;
  readonly report: TextReport;
  private readonly sources: Source[];
  private readonly threshold: number;

  private constructor(
    sources: Source[],
    summary: CorpusSummary,
    report: TextReport,
    threshold: number,
  ) {
    this.sources = sources;
    this.summary = summary;
    this.report = report;
    this.threshold = threshold;
  }

  /** Opens one file; see `openFiles`. */
  static open(file: Blob, name: string, options: TextWork = {}): Promise<Corpus> {
    return Corpus.openFiles([{ name, blob: file }], defaultChoices, options);
  }

  /**
   * Reads files once or twice: finds how their stories lie in them, checks that they are UTF-8 text,
   * counts the stories, describes them, and chooses the held-out ones (see `HeldOutChooser`).
   *
   * @throws `too-many-files`; `file-empty`, `file-binary`, `file-not-utf8` and all that `readChunks`
   * throws; `line-broken`, `row-broken`, `column-missing`; `too-few-stories` when there are not two
   * different stories; `cancelled`
   */
  static async openFiles(
    files: TextFile[],
    choices: TextChoices,
    options: TextWork = {},
  ): Promise<Corpus> {
    const pace = new Pace("Reading the text", options);
    if (files.length > mostFiles) {
      throw problem("too-many-files", { files: files.length, most: mostFiles });
    }
    // Browsers give them in any order, and the same text has to be the same again.
    const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const sources = await findSources(sorted, choices, pace);
    const { separator } = choices;
    const detected = (source: Source) => separator === "auto" && source.form.kind === "text";
    const bytesOf = (some: Source[]) => some.reduce((sum, { file }) => sum + file.blob.size, 0);
    const reading = new Reading(pace, bytesOf(sources) + bytesOf(sources.filter(detected)));
    for (const source of sources.filter(detected)) {
      source.separator = await detectSeparator(source.file, reading);
    }
    const reporter = new TextReporter(maxStoryBytes);
    const chooser = new HeldOutChooser(choices.heldOutShare);
    const reports: FileReport[] = [];
    let stories = 0;
    let cutStories = 0;
    for (const source of sources) {
      const { file, form, column } = source;
      const check = new TextCheck(file.name);
      const cutter = cutterOf(source);
      const before = stories;
      const take = (story: Uint8Array): void => {
        stories++;
        const hash = storyHash(story);
        reporter.add(story, hash);
        chooser.add(hash, story.length);
      };
      for await (const { offset, bytes, bytesRead } of readChunks(file)) {
        check.push(offset, bytes);
        cutter.push(bytes).forEach(take);
        await reading.breathe(bytesRead);
      }
      check.end();
      cutter.finish().forEach(take);
      reading.done += file.blob.size;
      cutStories += cutter.cutStories;
      const emptyRecords = cutter instanceof RecordStories ? cutter.emptyRecords : 0;
      if (stories === before && emptyRecords > 0) {
        const columns = form.kind === "text" ? [] : form.columns.map(({ name }) => name);
        throw problem("column-missing", {
          name: file.name,
          column: column ?? "its lines",
          columns,
        });
      }
      if (stories === before) throw problem("file-empty", { name: file.name });
      reports.push({
        name: file.name,
        bytes: file.blob.size,
        kind: form.kind,
        gzipped: form.gzipped,
        separator: source.separator,
        column,
        stories: stories - before,
        emptyRecords,
      });
    }
    pace.throwIfCancelled();
    const name = textName(sorted, choices);
    const chosen = chooser.choose();
    if (chosen === null) throw problem("too-few-stories", { name, stories });
    const report: TextReport = {
      ...reporter.finish(),
      files: reports,
      choices,
      columns: columnsOf(sources),
      heldOutCapped: chosen.capped,
    };
    const summary: CorpusSummary = {
      name,
      bytes: bytesOf(sources),
      separator: commonSeparator(sources),
      stories,
      characters: reporter.characters,
      firstStory: report.samples[0]!.text,
      trainStories: stories - chosen.stories,
      heldOutStories: chosen.stories,
      cutStories,
    };
    return new Corpus(sources, summary, report, chosen.threshold);
  }

  /** All stories, file by file and in their order there, in batches of about a megabyte. */
  async *batches(): AsyncGenerator<{ stories: Story[]; bytesRead: number }> {
    const story = (bytes: Uint8Array): Story => ({
      bytes,
      heldOut: storyHash(bytes) < this.threshold,
    });
    let before = 0;
    for (const source of this.sources) {
      const cutter = cutterOf(source);
      for await (const { bytes, bytesRead } of readChunks(source.file)) {
        yield { stories: cutter.push(bytes).map(story), bytesRead: before + bytesRead };
      }
      before += source.file.blob.size;
      yield { stories: cutter.finish().map(story), bytesRead: before };
    }
  }
}

/** Looks at the beginning of each file. */
async function findSources(
  files: TextFile[],
  choices: TextChoices,
  pace: Pace<TextProgress>,
): Promise<Source[]> {
  const sources: Source[] = [];
  for (const file of files) {
    if (file.blob.size === 0) throw problem("file-empty", { name: file.name });
    const form = await inspectFile(file);
    const separator =
      form.kind === "text" && choices.separator !== "auto" ? choices.separator : null;
    sources.push({ file, form, separator, column: columnOf(file, form, choices.column) });
    if (pace.due) await pace.breathe({ phase: "reading", done: 0, total: 0 });
  }
  return sources;
}

/** The columns of all files, each once. */
function columnsOf(sources: Source[]): Column[] {
  const columns = new Map<string, Column>();
  for (const { form } of sources) {
    if (form.kind === "text") continue;
    for (const column of form.columns) {
      if (!columns.has(column.name)) columns.set(column.name, column);
    }
  }
  return [...columns.values()];
}

function commonSeparator(sources: Source[]): Separator | null {
  const [first, ...rest] = sources;
  return rest.every(({ separator }) => separator === first!.separator) ? first!.separator : null;
}
