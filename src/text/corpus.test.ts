import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StoryloomError } from "../lib/errors";
import { Corpus, maxStoryBytes } from "./corpus";

const file = (...parts: (string | Uint8Array<ArrayBuffer>)[]): Blob => new Blob(parts);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function read(corpus: Corpus): Promise<{ text: string; heldOut: boolean }[]> {
  const stories = [];
  for await (const batch of corpus.batches()) {
    for (const { bytes, heldOut } of batch.stories) stories.push({ text: decode(bytes), heldOut });
  }
  return stories;
}

async function texts(...parts: string[]): Promise<string[]> {
  return (await read(await Corpus.open(file(...parts), "a.txt"))).map((story) => story.text);
}

async function failure(blob: Blob, options = {}): Promise<string> {
  const thrown = await Corpus.open(blob, "a.txt", options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(StoryloomError);
  return (thrown as StoryloomError).message;
}

describe("separators", () => {
  it("takes lines <|endoftext|> first, and keeps blank lines in the stories", async () => {
    const text = "One.\n\nStill one.\n<|endoftext|>\n\nTwo.\n <|endoftext|> \nThree.";
    expect(await texts(text)).toEqual(["One.\n\nStill one.", "Two.", "Three."]);
    expect((await Corpus.open(file(text), "a")).summary.separator).toBe("endoftext");
  });

  it("takes blank lines next, also when they hold spaces", async () => {
    const text = "\n\nOne.\nStill one.\n \t\n\nTwo.\n\n";
    expect(await texts(text)).toEqual(["One.\nStill one.", "Two."]);
    expect((await Corpus.open(file(text), "a")).summary.separator).toBe("blank-line");
  });

  it("takes each line as a story when there is nothing else; blank lines at the ends do not count", async () => {
    const text = "\nOne.\nTwo.\nThree with a <|endoftext|> inside.\n\n\n";
    expect(await texts(text)).toEqual(["One.", "Two.", "Three with a <|endoftext|> inside."]);
    expect((await Corpus.open(file(text), "a")).summary.separator).toBe("line");
  });

  it("reads CRLF like LF and drops a byte order mark", async () => {
    const bom = "\ufeff";
    expect(await texts(`${bom}One.\r\nMore.\r\n<|endoftext|>\r\nTwo.\r\n`)).toEqual([
      "One.\nMore.",
      "Two.",
    ]);
    expect(await texts("One.\r\n\r\nTwo.")).toEqual(["One.", "Two."]);
  });
});

describe("streaming", () => {
  /** The obvious way, on one string. */
  function wholeString(text: string): string[] {
    const lines = text.replaceAll("\r\n", "\n").split("\n");
    const stories: string[][] = [[]];
    for (const line of lines) {
      if (line.trim() === "<|endoftext|>") stories.push([]);
      else stories.at(-1)!.push(line);
    }
    return stories.map((story) => story.join("\n").trim()).filter((story) => story !== "");
  }

  it("gives the same stories as one string split at once, whatever lies on a chunk border", async () => {
    const piece = fc.constantFrom(
      "a",
      "日本",
      "🦊 ",
      "\n",
      "\r\n",
      "\n<|endoftext|>\n",
      " ",
      "<|endoftext|>",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.nat(40), async (pieces, before) => {
        // The interesting part lies around the end of the first chunk of 1 MiB.
        const filler = `${"x".repeat(1000)}\n<|endoftext|>\n`.repeat(1030);
        const start = `${filler}${"y".repeat(maxStoryBytes - filler.length - before)}\n`;
        const text = `${start}${pieces.join("")}\n<|endoftext|>\nend`;
        expect(await texts(text)).toEqual(wholeString(text));
      }),
      { numRuns: 40 },
    );
  });

  it("cuts one 50 MB line into stories of bounded length and loses nothing", async () => {
    const words = Array.from({ length: 200_000 }, (_, i) => `word${i}`).join(" ");
    const line = Array.from({ length: 22 }, () => words).join(" ");
    const corpus = await Corpus.open(file(line), "long.txt");
    expect(corpus.summary).toMatchObject({ separator: "line", cutStories: 1 });
    expect(corpus.summary.stories).toBeGreaterThan(40);
    const stories = (await read(corpus)).map((story) => story.text);
    expect(Math.max(...stories.map((story) => story.length))).toBeLessThanOrEqual(maxStoryBytes);
    expect(stories.join(" ") === line).toBe(true);
  }, 30_000);

  it("cuts between characters when there is no space", async () => {
    const foxes = `a${"🦊".repeat(600_000)}`;
    const stories = await texts(foxes);
    expect(stories.length).toBeGreaterThan(1);
    expect(stories.join("") === foxes).toBe(true);
  });

  it("does not take the rest of a line that was cut for a separator", async () => {
    const stories = await texts(
      `${"x".repeat(maxStoryBytes)}<|endoftext|>\nmore\n<|endoftext|>\nb`,
    );
    expect(stories.slice(1)).toEqual(["<|endoftext|>\nmore", "b"]);
  });

  it("counts what it read", async () => {
    const { summary } = await Corpus.open(file("Zoë saw a 🦊.\n\n", `${"long ".repeat(500)}`), "b");
    expect(summary).toMatchObject({ name: "b", stories: 2, characters: 12 + 2499, cutStories: 0 });
    expect(summary.firstStory).toBe("Zoë saw a 🦊.");
    expect(summary.bytes).toBe(2518);
    const long = await Corpus.open(file("🦊".repeat(3000), "\nx"), "c");
    expect(long.summary.firstStory).toBe("🦊".repeat(1000));
  });
});

describe("bad files", () => {
  it("are refused with what is wrong and where", async () => {
    const text = "a".repeat(3 * 2 ** 20);
    expect(await failure(file(""))).toContain("is empty");
    expect(await failure(file(" \n\r\n"))).toContain("is empty");
    expect(await failure(file(text, "\0"))).toContain("zero byte at position 3145728");
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);
    expect(await failure(file(png))).toContain("not a text file");
    expect(await failure(file(text, "é", Uint8Array.of(0xe9), text))).toContain(
      "UTF-8: the bytes at position 3145730",
    );
    expect(await failure(file("\ufeffab", Uint8Array.of(0xff)))).toContain("position 5");
    expect(await failure(file("cut ", Uint8Array.of(0xf0, 0x9f)))).toContain("position 4");
    expect(await failure(file(Uint8Array.of(0xff, 0xfe, 0x61, 0)))).toContain("not valid UTF-8");
  });

  it("need two different stories", async () => {
    expect(await failure(file("Only one."))).toContain("holds 1 story;");
    expect(await failure(file("Same.\nSame.\nSame."))).toContain("The 3 stories of");
  });
});

describe("held-out stories", () => {
  const story = (i: number, length: number): string => `${i} `.padEnd(length, "once upon a time ");
  const lines = (count: number, length: number): string[] =>
    Array.from({ length: count }, (_, i) => `${story(i, length)}.\n`);

  it("are about 5%, the same whatever the order, and as many as the summary says", async () => {
    const some = lines(10_000, 50);
    const held = async (parts: string[]): Promise<Set<string>> => {
      const corpus = await Corpus.open(file(...parts), "a");
      const out = (await read(corpus)).filter((s) => s.heldOut).map((s) => s.text);
      expect(corpus.summary.heldOutStories).toBe(out.length);
      expect(corpus.summary.trainStories).toBe(parts.length - out.length);
      return new Set(out);
    };
    const forward = await held(some);
    // Standard deviation of a 5% draw of 10,000: 22.
    expect(Math.abs(forward.size - 500)).toBeLessThan(88);
    expect(await held([...some].reverse())).toEqual(forward);
  });

  it("put duplicates on one side", async () => {
    const some = lines(2_000, 40);
    const sides = new Map<string, boolean>();
    for (const { text, heldOut } of await read(await Corpus.open(file(...some, ...some), "a"))) {
      expect(sides.get(text) ?? heldOut).toBe(heldOut);
      sides.set(text, heldOut);
    }
    expect([...sides.values()].filter(Boolean).length).toBeGreaterThan(50);
  });

  it("take at most 2 MB, and nearly that when there is enough", async () => {
    const corpus = await Corpus.open(file(...lines(60_000, 1_000)), "a");
    let bytes = 0;
    for await (const batch of corpus.batches()) {
      for (const s of batch.stories) if (s.heldOut) bytes += s.bytes.length;
    }
    expect(bytes).toBeLessThanOrEqual(2_000_000);
    expect(bytes).toBeGreaterThan(1_990_000);
  });

  it("leave something on both sides of the smallest corpora", async () => {
    const all = lines(1_000, 30);
    for (let count = 2; count < 40; count++) {
      const some = all.slice(23 * count, 24 * count);
      const corpus = await Corpus.open(file(...some), "a");
      expect(corpus.summary.heldOutStories).toBeGreaterThan(0);
      expect(corpus.summary.trainStories).toBeGreaterThan(0);
      const held = (await read(corpus)).filter((s) => s.heldOut);
      expect(held.length).toBe(corpus.summary.heldOutStories);
    }
  });
});

describe("long work", () => {
  it("stops when it is cancelled from another task", async () => {
    const controller = new AbortController();
    const big = file(
      ..."x"
        .repeat(64)
        .split("")
        .map((c) => `${c.repeat(2 ** 20 - 1)}\n`),
    );
    setTimeout(() => controller.abort(), 20);
    expect(await failure(big, { signal: controller.signal })).toContain("was cancelled");
  });

  it("reports how far it is, never backwards", async () => {
    const big = file(
      ..."x"
        .repeat(200)
        .split("")
        .map((c) => `${c.repeat(2 ** 20 - 1)}\n`),
      "end",
    );
    const done: number[] = [];
    await Corpus.open(big, "a", {
      onProgress: (progress) => {
        expect(progress).toMatchObject({ phase: "reading", total: 2 * big.size });
        done.push(progress.done);
      },
    });
    expect(done.length).toBeGreaterThan(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  }, 20_000);
});
