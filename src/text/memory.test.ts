import { expect, test } from "vitest";
import type { ByteStore } from "./byte-store";
import { defaultChoices } from "./choices";
import { Corpus } from "./corpus";
import { encodeCorpus } from "./encode-corpus";
import { trainBpe } from "./tokenizer/bpe-train";

const story = "Once upon a time there was a little fox who lived near the old mill. ".repeat(15);

/** As large as one likes: its bytes are made when they are asked for. Every megabyte has other stories. */
function largeFile(megabytes: number): Blob {
  const size = megabytes * 2 ** 20;
  const part = (from: number, to: number) => {
    const bytes = Buffer.alloc(Math.min(to, size) - from, `${story}\n`);
    bytes.write(`Megabyte ${from}.`);
    return new Uint8Array(bytes);
  };
  const slice = (from: number, to: number) => ({ arrayBuffer: async () => part(from, to).buffer });
  return { size, slice } as unknown as Blob;
}

/** Takes all that is written and keeps none of it. */
function sink(): { store: ByteStore; written: () => number } {
  let bytes = 0;
  const file = {
    append: (part: Uint8Array) => {
      bytes += part.length;
    },
    read: () => 0,
    close: () => undefined,
  };
  const store = { create: async () => file, remove: async () => undefined };
  return { store, written: () => bytes };
}

/** The most megabytes that live at once, on the heap and in buffers, while the work goes on. */
async function peak(work: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    most = Math.max(most, (heapUsed + arrayBuffers) / 2 ** 20);
  };
  const timer = setInterval(look, 5);
  await work();
  clearInterval(timer);
  return most;
}

test("reading and encoding 200 MB takes no more memory than 20 MB, and never the file's size", async () => {
  const open = (megabytes: number) => {
    const files = [{ name: "large.txt", blob: largeFile(megabytes) }];
    return Corpus.openFiles(files, { ...defaultChoices, separator: "line" });
  };
  const { model } = await trainBpe(await open(1), 320);
  const memoryFor = (megabytes: number) =>
    peak(async () => {
      const corpus = await open(megabytes);
      expect(corpus.summary.stories).toBeGreaterThan(900 * megabytes);
      const { store, written } = sink();
      await encodeCorpus(corpus, model, {}, { store, train: "a", heldOut: "b" });
      expect(written()).toBeGreaterThan(megabytes * 2 ** 17);
    });
  const small = await memoryFor(20);
  const large = await memoryFor(200);
  // What the collector has not come to yet varies by tens of megabytes.
  expect(large).toBeLessThan(small + 80);
  expect(large).toBeLessThan(190);
}, 120_000);
