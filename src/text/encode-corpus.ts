import { crc32, crc32Joined } from "../lib/crc32";
import { Pace } from "../lib/pace";
import { type ByteFile, type ByteStore, memoryStore } from "./byte-store";
import type { Corpus, TextWork } from "./corpus";
import { type TokenSource, TokenWriter } from "./token-store";
import { BpeEncoder } from "./tokenizer/encode";
import { bosId, eosId, type TokenizerModel } from "./tokenizer/model";

export interface EncodedCorpus {
  /** Token stream: each story is BOS + ids + EOS. */
  train: TokenSource;
  heldOut: TokenSource;
  /** UTF-8 bytes of the held-out stories: the denominator of bits per byte. */
  heldOutBytes: number;
  /** Name of the text, and a checksum of both token streams: tells whether a run resumes on the same text. */
  name: string;
  fingerprint: string;
}

/** Where the token streams go: two files of a store. */
export interface TokenPlace {
  store: ByteStore;
  train: string;
  heldOut: string;
}

const inMemory: TokenPlace = { store: memoryStore, train: "train", heldOut: "held-out" };

/**
 * Encodes the stories of a corpus, each alone, into two files of token ids: memory does not grow with
 * the text, unless the files are in memory. Nothing is left of them when it fails.
 *
 * @throws `tokenizer-unsupported`, `cancelled`, `storage-full`, `storage-failed`
 */
export async function encodeCorpus(
  corpus: Corpus,
  tokenizer: TokenizerModel,
  options: TextWork = {},
  place = inMemory,
): Promise<EncodedCorpus> {
  const pace = new Pace("Encoding the text", options);
  const encoder = new BpeEncoder(tokenizer);
  const files: ByteFile[] = [];
  const write = async (name: string) => {
    const file = await place.store.create(name);
    files.push(file);
    return new TokenWriter(file);
  };
  try {
    const train = await write(place.train);
    const heldOut = await write(place.heldOut);
    let heldOutBytes = 0;
    const total = corpus.summary.bytes;
    for await (const { stories, bytesRead } of corpus.batches()) {
      for (const story of stories) {
        const writer = story.heldOut ? heldOut : train;
        if (story.heldOut) heldOutBytes += story.bytes.length;
        writer.append([bosId]);
        writer.append(encoder.encode(story.bytes));
        writer.append([eosId]);
        if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
      }
      if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
    }
    const streams = { train: train.finish(), heldOut: heldOut.finish() };
    const { name } = corpus.summary;
    return { ...streams, heldOutBytes, name, fingerprint: fingerprint(train, heldOut) };
  } catch (thrown) {
    for (const file of files) file.close();
    for (const name of [place.train, place.heldOut]) await place.store.remove(name);
    throw thrown;
  }
}

/** What is known of a stream when it is written. */
interface Written {
  length: number;
  /** CRC-32 of its bytes. */
  crc: number;
}

/** CRC-32, in hex, of both lengths (32 bits each) and both streams, all little-endian. */
export function fingerprint(train: Written, heldOut: Written): string {
  const lengths = new Uint32Array([train.length, heldOut.length]);
  let crc = crc32(new Uint8Array(lengths.buffer));
  for (const { crc: next, length } of [train, heldOut]) crc = crc32Joined(crc, next, 2 * length);
  return crc.toString(16).padStart(8, "0");
}
