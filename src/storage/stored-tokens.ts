import type { EncodedCorpus } from "../text/encode-corpus";

/** A token stream that goes to another thread: the name of its file, or, without storage, the ids. */
export type StoredTokens =
  | { folder: string; file: string; length: number }
  | { ids: Uint16Array<ArrayBuffer>; length: number };

/** An encoded corpus that goes to another thread. */
export interface StoredCorpus extends Omit<EncodedCorpus, "train" | "heldOut"> {
  train: StoredTokens;
  heldOut: StoredTokens;
}

/** What of it moves to the other thread. */
export function movedBuffers({ train, heldOut }: StoredCorpus): ArrayBuffer[] {
  return [train, heldOut].flatMap((stream) => ("ids" in stream ? stream.ids.buffer : []));
}
