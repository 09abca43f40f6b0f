import { Pace } from "../lib/pace";
import type { Corpus, TextWork } from "./corpus";
import { BpeEncoder } from "./tokenizer/encode";
import { bosId, eosId, type TokenizerModel } from "./tokenizer/model";
import { countCodePoints } from "./utf8";

/** Encoding a text of this size takes about a second: its training stories are then counted exactly. */
const QUICK_BYTES = 8_000_000;

/** How tightly a tokenizer packs the held-out stories. */
export interface TokenizerMeasure {
  stories: number;
  /** Unicode code points. */
  characters: number;
  /** UTF-8 bytes. */
  bytes: number;
  /** What white space keeps apart. */
  words: number;
  /** Without the BOS and EOS of each story. */
  tokens: number;
  /** Tokens of the training stories, BOS and EOS included; null where the text is too large to count by the way. */
  trainTokens: number | null;
}

/** How often each piece occurs in the training stories. */
export interface PieceCounts {
  /** [vocabulary], by id; each story has a BOS and an EOS. */
  counts: Uint32Array<ArrayBuffer>;
  stories: number;
  /** All of them together: the length of the training text in tokens. */
  tokens: number;
}

/** Encodes the held-out stories of a corpus. @throws `tokenizer-unsupported`, `cancelled` */
export async function measureTokenizer(
  corpus: Corpus,
  tokenizer: TokenizerModel,
  options: TextWork = {},
): Promise<TokenizerMeasure> {
  const encoder = new BpeEncoder(tokenizer);
  const found = { stories: 0, characters: 0, bytes: 0, words: 0, tokens: 0 };
  const countsAll = corpus.summary.bytes <= QUICK_BYTES;
  let trainTokens = 0;
  const pace = new Pace("Measuring the tokenizer", options);
  await eachStory(corpus, pace, (bytes, heldOut) => {
    if (heldOut) {
      found.stories += 1;
      found.characters += countCodePoints(bytes);
      found.bytes += bytes.length;
      found.words += countWords(bytes);
      found.tokens += encoder.encode(bytes).length;
    } else if (countsAll) trainTokens += encoder.encode(bytes).length + 2;
  });
  return { ...found, trainTokens: countsAll ? trainTokens : null };
}

/** Encodes the training stories of a corpus. @throws `tokenizer-unsupported`, `cancelled` */
export async function countPieces(
  corpus: Corpus,
  tokenizer: TokenizerModel,
  options: TextWork = {},
): Promise<PieceCounts> {
  const encoder = new BpeEncoder(tokenizer);
  const counts = new Uint32Array(tokenizer.pieces.length);
  let stories = 0;
  let tokens = 0;
  await eachStory(corpus, new Pace("Counting the pieces", options), (bytes, heldOut) => {
    if (heldOut) return;
    const ids = encoder.encode(bytes);
    for (const id of ids) counts[id]! += 1;
    stories += 1;
    tokens += ids.length + 2;
  });
  counts[bosId]! += stories;
  counts[eosId]! += stories;
  return { counts, stories, tokens };
}

async function eachStory(
  corpus: Corpus,
  pace: Pace<{ phase: "encoding"; done: number; total: number }>,
  take: (bytes: Uint8Array, heldOut: boolean) => void,
): Promise<void> {
  const total = corpus.summary.bytes;
  for await (const { stories, bytesRead } of corpus.batches()) {
    for (const { bytes, heldOut } of stories) {
      take(bytes, heldOut);
      if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
    }
    if (pace.due) await pace.breathe({ phase: "encoding", done: bytesRead, total });
  }
}

/** Runs of bytes between ASCII white space. */
function countWords(text: Uint8Array): number {
  let words = 0;
  let inside = false;
  for (const byte of text) {
    const space = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
    if (!space && !inside) words += 1;
    inside = !space;
  }
  return words;
}
