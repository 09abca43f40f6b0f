import Papa from "papaparse";
import { StoryloomError } from "../lib/errors";
import { fieldText, jsonLine } from "./records/json-lines";
import { maxRecordBytes } from "./records/record-stories";
import { TextCheck } from "./text-check";
import { isGzip, readChunks, type TextFile } from "./text-file";

/** A column of a CSV file, or a field of the objects in JSON Lines. */
export interface Column {
  name: string;
  /** The start of the first text in it. */
  example: string;
}

/** How the stories lie in a file. */
export type FileForm =
  | { kind: "text"; gzipped: boolean }
  /** Without columns, each line is a string. */
  | { kind: "jsonl"; gzipped: boolean; columns: Column[]; guess: string | null }
  | {
      kind: "csv";
      gzipped: boolean;
      delimiter: string;
      /** The first row holds the columns' names. */
      header: boolean;
      columns: Column[];
      guess: string;
    };

/** Enough records to see what they are like; more when the first one is longer. */
const headBytes = 2 ** 18;
const sampleRecords = 200;
const exampleLength = 160;
/** A longer first cell is no column's name. */
const maxNameLength = 64;
const likelyColumns = ["text", "story", "content"];
const tableEnding = /\.(csv|tsv)$/i;
const jsonEnding = /\.(jsonl|ndjson|json)$/i;

/**
 * Finds out how the stories lie in a file: by its name, unless its content is clearly something else.
 *
 * @throws what `readChunks` and `TextCheck` do; `line-broken` for JSON Lines that begin with none
 */
export async function inspectFile(file: TextFile): Promise<FileForm> {
  const gzipped = await isGzip(file);
  const { text, complete } = await readHead(file);
  const name = file.name.replace(/\.gz$/i, "");
  const lines = text.split("\n");
  // The last one may go on.
  if (!complete) lines.pop();
  if (lines.some((line) => line.trim() === "<|endoftext|>")) return { kind: "text", gzipped };
  if (jsonEnding.test(name) || beginsWithObjects(lines)) {
    return { kind: "jsonl", gzipped, ...jsonColumns(lines, file.name) };
  }
  if (tableEnding.test(name) && text.trim() !== "") {
    return { kind: "csv", gzipped, ...csvColumns(text, complete, /\.tsv$/i.test(name)) };
  }
  return { kind: "text", gzipped };
}

/** The start of a file as text, with a whole line in it where there is one. */
async function readHead(file: TextFile): Promise<{ text: string; complete: boolean }> {
  const check = new TextCheck(file.name);
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of readChunks(file)) {
    check.push(chunk.offset, chunk.bytes);
    text += decoder.decode(chunk.bytes, { stream: true });
    bytes += chunk.bytes.length;
    if (bytes > maxRecordBytes || (bytes >= headBytes && text.includes("\n"))) {
      return { text, complete: false };
    }
  }
  return { text: text + decoder.decode(), complete: true };
}

/** Whether the first two lines (or the only one) are JSON objects, which no story looks like. */
function beginsWithObjects(lines: string[]): boolean {
  const first = lines.filter((line) => line.trim() !== "").slice(0, 2);
  return first.length > 0 && first.every(isObject);
}

function isObject(line: string): boolean {
  if (!line.trimStart().startsWith("{")) return false;
  try {
    return typeof jsonLine(line, "", 1) === "object";
  } catch (thrown) {
    if (thrown instanceof StoryloomError) return false;
    throw thrown;
  }
}

function jsonColumns(lines: string[], name: string): { columns: Column[]; guess: string | null } {
  const texts = new Map<string, string[]>();
  lines.slice(0, sampleRecords).forEach((line, i) => {
    const value = jsonLine(line, name, i + 1);
    if (value === null || typeof value === "string") return;
    for (const column of Object.keys(value)) {
      const text = fieldText(value, column);
      if (text !== undefined) texts.set(column, [...(texts.get(column) ?? []), text]);
    }
  });
  const columns = [...texts].map(([column, all]) => columnOf(column, all));
  return { columns, guess: guessColumn(texts) };
}

function csvColumns(text: string, complete: boolean, tabs: boolean) {
  const { data, meta } = Papa.parse<string[]>(text.replaceAll("\r\n", "\n"), {
    delimiter: tabs ? "\t" : "",
    newline: "\n",
    preview: sampleRecords,
    skipEmptyLines: true,
  });
  // The end of the sample may cut a row.
  const whole = complete || data.length === sampleRecords || data.length < 2;
  const rows = whole ? data : data.slice(0, -1);
  const first = rows[0] ?? [];
  const names = first.map((name) => name.trim());
  const header =
    names.every((name) => name !== "" && name.length <= maxNameLength && !name.includes("\n")) &&
    new Set(names).size === names.length;
  const columnNames = header ? names : names.map((_, i) => `column ${i + 1}`);
  const texts = new Map<string, string[]>();
  columnNames.forEach((column, i) => {
    texts.set(
      column,
      rows.slice(header ? 1 : 0).flatMap((row) => row[i] ?? []),
    );
  });
  const columns = [...texts].map(([column, all]) => columnOf(column, all));
  const guess = guessColumn(texts) ?? columnNames[0]!;
  return { delimiter: meta.delimiter, header, columns, guess };
}

function columnOf(name: string, texts: string[]): Column {
  const first = texts.find((text) => text.trim() !== "")?.trim() ?? "";
  const short = [...first.slice(0, 2 * exampleLength)].slice(0, exampleLength).join("");
  return { name, example: short.length < first.length ? `${short} …` : short };
}

/** A column with a telling name, else the one with the longest texts. */
function guessColumn(texts: Map<string, string[]>): string | null {
  const names = [...texts.keys()];
  for (const likely of likelyColumns) {
    const found = names.find((name) => name.toLowerCase() === likely);
    if (found !== undefined) return found;
  }
  const length = (name: string) => texts.get(name)!.reduce((sum, text) => sum + text.length, 0);
  return names.sort((a, b) => length(b) - length(a))[0] ?? null;
}
