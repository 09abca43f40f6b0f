import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StoryloomError } from "../lib/errors";
import { defaultChoices, type TextChoices } from "./choices";
import { Corpus } from "./corpus";
import { CsvRows, CsvStories } from "./records/csv";
import { JsonLinesStories } from "./records/json-lines";
import { maxRecordBytes } from "./records/record-stories";
import type { StoryCutter } from "./story-splitter";

type Content = string | Uint8Array;
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const gzip = (content: Content) => new Uint8Array(gzipSync(content));

function openAll(files: Record<string, Content>, choices: Partial<TextChoices> = {}) {
  const list = Object.entries(files).map(([name, content]) => ({
    name,
    blob: new Blob([content as BlobPart]),
  }));
  return Corpus.openFiles(list, { ...defaultChoices, ...choices });
}

async function texts(corpus: Corpus): Promise<string[]> {
  const all: string[] = [];
  for await (const { stories } of corpus.batches()) {
    for (const { bytes } of stories) all.push(decode(bytes));
  }
  return all;
}

async function failure(work: Promise<unknown>): Promise<[code: string, what: string]> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(StoryloomError);
  const { code, what } = (thrown as StoryloomError).problem;
  return [code, what];
}

/** Pushes a text in pieces that end anywhere, within characters too. */
function cutInPieces(cutter: StoryCutter, text: string, sizes: number[]): string[] {
  const bytes = encode(text);
  const stories: string[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    stories.push(...cutter.push(bytes.subarray(at, at + size)).map(decode));
    at += size;
  }
  return [...stories, ...cutter.finish().map(decode)];
}

const trimmed = (text: string) =>
  text.replaceAll("\r\n", "\n").replace(/^[\t-\r ]+|[\t-\r ]+$/g, "");
const piece = fc.constantFrom(
  "a",
  " ",
  "日本",
  "🦊",
  '"',
  '""',
  ",",
  "\n",
  "\r\n",
  "x\ty",
  "\\",
  "é",
);
const story = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const expected = (stories: string[]) => stories.map(trimmed).filter((text) => text !== "");

describe("JSON Lines", () => {
  it("give every record's text, wherever the chunks end", () => {
    fc.assert(
      fc.property(
        fc.array(story, { maxLength: 8 }),
        sizes,
        fc.boolean(),
        (stories, sizes, plain) => {
          const lines = stories.map((text) => JSON.stringify(plain ? text : { n: 1, text, o: {} }));
          const cutter = new JsonLinesStories("a", plain ? null : "text", 1000);
          expect(cutInPieces(cutter, lines.join("\n\n"), sizes)).toEqual(expected(stories));
          expect(cutter.emptyRecords).toBe(stories.length - expected(stories).length);
        },
      ),
    );
  });

  it("name the line that is no record", async () => {
    const of = (line: string) => failure(openAll({ "a.jsonl": `"one"\n\n${line}\n` }));
    expect(await of("{oh")).toEqual([
      "line-broken",
      expect.stringContaining("Line 3 of “a.jsonl”"),
    ]);
    expect((await of("[1]"))[1]).toContain("it is an array");
    expect((await of("7"))[1]).toContain("it is a number");
    expect((await failure(openAll({ "a.json": '[\n"one"\n]' })))[0]).toBe("line-broken");
  });

  it("are known by their content under any name, and cut what is too long", async () => {
    const long = "word ".repeat(300_000).trim();
    const lines = [long, "two", "three"].map((body, id) => JSON.stringify({ id: `${id}`, body }));
    const corpus = await openAll({ "data.txt": lines.join("\n") });
    expect(corpus.report.files[0]).toMatchObject({ kind: "jsonl", column: "body" });
    expect(corpus.summary.cutStories).toBe(1);
    expect((await texts(corpus)).join(" ")).toBe(`${long} two three`);
  });
});

describe("CSV", () => {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it("gives the rows that were written, wherever the chunks end", () => {
    const delimiter = fc.constantFrom(",", "\t", ";");
    const eol = fc.constantFrom("\n", "\r\n");
    const rows = fc.array(fc.tuple(story, story), { maxLength: 6 });
    fc.assert(
      fc.property(
        rows,
        sizes,
        delimiter,
        eol,
        fc.boolean(),
        (rows, sizes, delimiter, eol, last) => {
          const lines = rows.map((row) => row.map(quote).join(delimiter));
          const text = `id${delimiter}text${eol}${lines.join(eol)}${last ? eol : ""}`;
          const form = { delimiter, header: true, columns: ["id", "text"] };
          const cutter = new CsvStories("a", form, "text", 1000);
          expect(cutInPieces(cutter, text, sizes)).toEqual(expected(rows.map(([, text]) => text)));
        },
      ),
    );
  });

  it("names the row that would lose text", async () => {
    const of = (row: string) => failure(openAll({ "a.csv": `id,text\n1,one\n${row}\n4,four\n` }));
    expect(await of("2,two, and more")).toEqual([
      "row-broken",
      expect.stringContaining("Row 3 of “a.csv” cannot be used: it has 3 fields"),
    ]);
    expect((await of('2,"two'))[1]).toContain("never closed");
    expect((await of('2,"two" x'))[1]).toContain("followed by more text");
  });

  it("does not wait for ever for a quote to be closed", () => {
    const rows = new CsvRows("a.csv", ",");
    rows.push('1,"', () => undefined);
    const push = () => rows.push("x".repeat(maxRecordBytes), () => undefined);
    expect(push).toThrow("perhaps a quote in it was never closed");
  });

  it("guesses the column and takes the one that is asked for, or says which there are", async () => {
    const file = { "a.csv": "title,Story,note\nA,Once upon,x\nB,One day,\n" };
    const corpus = await openAll(file);
    expect(corpus.report.columns).toEqual([
      { name: "title", example: "A" },
      { name: "Story", example: "Once upon" },
      { name: "note", example: "x" },
    ]);
    expect(await texts(corpus)).toEqual(["Once upon", "One day"]);
    expect(await texts(await openAll(file, { column: "title" }))).toEqual(["A", "B"]);
    const thrown = await openAll(file, { column: "body" }).catch((error: unknown) => error);
    expect((thrown as StoryloomError).problem).toMatchObject({
      code: "column-missing",
      wayOut: "Choose another column; it has “title”, “Story”, “note”.",
    });
  });

  it("has no header where the first row is too long for one", async () => {
    const corpus = await openAll({ "a.csv": `1,${"long ".repeat(40)}\n2,short\n` });
    expect(corpus.report.columns.map(({ name }) => name)).toEqual(["column 1", "column 2"]);
    expect(corpus.summary.stories).toBe(2);
  });
});

describe("gzip", () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `Story ${i} of the 🦊.`).join("\n");

  it("gives what was packed, by its content and not by its name", async () => {
    for (const name of ["a.txt.gz", "a.txt", "a"]) {
      const corpus = await openAll({ [name]: gzip(`\ufeff${lines}`) });
      expect((await texts(corpus)).join("\n") === lines).toBe(true);
      expect(corpus.report.files[0]!.gzipped).toBe(true);
    }
    // Some browsers unpack a download and leave its name.
    expect((await openAll({ "a.txt.gz": lines })).summary.stories).toBe(30_000);
  });

  it("says where the unpacked text is no text, and that a file is damaged", async () => {
    const bad = new Uint8Array([...encode("ab\ncd"), 0xff]);
    expect(await failure(openAll({ "a.gz": gzip(bad) }))).toEqual([
      "file-not-utf8",
      expect.stringContaining("position 5"),
    ]);
    const packed = gzip(lines);
    expect((await failure(openAll({ "a.gz": packed.slice(0, -9) })))[0]).toBe("gzip-damaged");
    const flipped = packed.slice();
    flipped[packed.length - 6]! ^= 1;
    expect((await failure(openAll({ "a.gz": flipped })))[0]).toBe("gzip-damaged");
  });

  it("is read to its end when nobody reads it to the end", async () => {
    const corpus = await openAll({ "a.gz": gzip(lines) });
    for await (const _ of corpus.batches()) break;
    expect((await texts(corpus)).length).toBe(30_000);
  });
});

describe("several files", () => {
  it("are one text in the order of their names, each read in its own way", async () => {
    const files = {
      "c.jsonl": '{"text": "five"}\n{"text": "six"}\n{"text": " "}\n',
      "a.txt": "one\n\ntwo\nmore",
      "b.csv.gz": gzip("text\nthree\nfour\n"),
    };
    const corpus = await openAll(files);
    expect(await texts(corpus)).toEqual(["one", "two\nmore", "three", "four", "five", "six"]);
    expect(corpus.summary).toMatchObject({ name: "a.txt and 2 more", separator: null });
    expect(corpus.report.files.map(({ emptyRecords }) => emptyRecords)).toEqual([0, 0, 1]);
    const other = await openAll(Object.fromEntries(Object.entries(files).reverse()));
    expect(await texts(other)).toEqual(await texts(corpus));
  });

  it("are refused with the name of the one that cannot be read", async () => {
    expect(await failure(openAll({ "a.txt": "x\ny", "b.txt": "" }))).toEqual([
      "file-empty",
      "“b.txt” is empty.",
    ]);
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`${i}`, "x"]));
    expect((await failure(openAll(many)))[0]).toBe("too-many-files");
    expect(await failure(openAll({ "a.zip": "PK\x03\x04…" }))).toEqual([
      "file-packed",
      "“a.zip” is a ZIP file, which is not read here.",
    ]);
    const gone = {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }),
      size: 9,
    };
    const files = [{ name: "a.txt", blob: gone as unknown as Blob }];
    expect((await failure(Corpus.openFiles(files, defaultChoices)))[0]).toBe("file-unreadable");
  });
});

describe("choices", () => {
  it("overrule what would be found, and the name says so", async () => {
    const file = { "a.txt": "One.\nTwo.\n\nThree." };
    expect(await texts(await openAll(file))).toEqual(["One.\nTwo.", "Three."]);
    const lines = await openAll(file, { separator: "line", heldOutShare: 0.255 });
    expect(await texts(lines)).toEqual(["One.", "Two.", "Three."]);
    expect(lines.summary.name).toBe("a.txt (split by lines, 25.5% held out)");
    expect((await failure(openAll(file, { separator: "endoftext" })))[0]).toBe("too-few-stories");
  });

  it("hold out the share that is asked for, 2 MB at most, the smaller share within the larger", async () => {
    const file = { "a.txt": Array.from({ length: 8_000 }, (_, i) => `Story ${i}.`).join("\n") };
    const held = async (heldOutShare: number) => {
      const corpus = await openAll(file, { heldOutShare });
      const out = new Set<string>();
      for await (const { stories } of corpus.batches()) {
        for (const { bytes, heldOut } of stories) if (heldOut) out.add(decode(bytes));
      }
      expect(corpus.report.heldOutCapped).toBe(false);
      return out;
    };
    const [few, half] = [await held(0.005), await held(0.5)];
    expect(Math.abs(few.size - 40)).toBeLessThan(26);
    expect(Math.abs(half.size - 4_000)).toBeLessThan(180);
    expect([...few].every((text) => half.has(text))).toBe(true);
    const long = Array.from({ length: 60 }, (_, i) => `${i} `.repeat(50_000)).join("\n");
    const capped = await openAll({ "b.txt": long }, { heldOutShare: 0.5 });
    expect(capped.report.heldOutCapped).toBe(true);
  });
});
