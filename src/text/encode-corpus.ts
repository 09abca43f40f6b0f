import { crc32 } from "../lib/crc32";
import { Pace } from "../lib/pace";
import type { Corpus, TextWork } from "./corpus";
import { TokenStore } from "./token-store";
import { BpeEncoder } from "./tokenizer/encode";
import { bosId, eosId, type TokenizerModel } from "./tokenizer/model";

export interface EncodedCorpus {
  /** Token stream: each story is BOS + ids + EOS. */
  train: Uint16Array<ArrayBuffer>;
  heldOut: Uint16Array<ArrayBuffer>;
  /** UTF-8 bytes of the held-out stories: the denominator of bits per byte. */
  heldOutBytes: number;
  /** Name of the file, and a checksum of both token streams: tells whether a run resumes on the same text. */
  name: string;
  fingerprint: string;
}

/**
 * Encodes the stories of a corpus, each alone.
 *
 * @throws `tokenizer-unsupported`, `cancelled`
 */
export async function encodeCorpus(
  corpus: Corpus,
  tokenizer: TokenizerModel,
  options: TextWork = {},
): Promise<EncodedCorpus> {
  const pace = new Pace("Encoding the text", options);
  const encoder = new BpeEncoder(tokenizer);
  const stores = { train: new TokenStore(), heldOut: new TokenStore() };
  let heldOutBytes = 0;
  const total = corpus.summary.bytes;
  for await (const { stories, bytesRead } of corpus.batches()) {
    for (const { bytes, heldOut } of stories) {
      const store = heldOut ? stores.heldOut : stores.train;
      if (heldOut) heldOutBytes += bytes.length;
      store.append([bosId]);
      store.append(encoder.encode(bytes));
      store.append([eosId]);
      if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
    }
    if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
  }
  const train = stores.train.finish();
  const heldOut = stores.heldOut.finish();
  const { name } = corpus.summary;
  return { train, heldOut, heldOutBytes, name, fingerprint: fingerprint(train, heldOut) };
}

/** CRC-32, in hex, of both lengths (32 bits each) and both streams, all little-endian. */
export function fingerprint(train: Uint16Array, heldOut: Uint16Array): string {
  const lengths = new Uint32Array([train.length, heldOut.length]);
  let crc = 0;
  for (const array of [lengths, train, heldOut]) {
    crc = crc32(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), crc);
  }
  return crc.toString(16).padStart(8, "0");
}
