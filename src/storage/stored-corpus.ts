import { problem } from "../lib/errors";
import type { EncodedCorpus } from "../text/encode-corpus";
import { allTokens, TokenArray, TokenFile, type TokenSource } from "../text/token-store";
import type { StoredCorpus, StoredTokens } from "./stored-tokens";
import { openTokenFolder, type TokenFolder } from "./token-folder";

/** Closes a corpus that was just written, so that another thread can open it. */
export function sendable(
  corpus: EncodedCorpus,
  place: { folder: TokenFolder; train: string; heldOut: string } | null,
): StoredCorpus {
  const leave = (source: TokenSource, file: string | undefined): StoredTokens => {
    const { length } = source;
    const stored =
      place && file !== undefined
        ? { folder: place.folder.name, file, length }
        : { ids: allTokens(source), length };
    source.close();
    return stored;
  };
  return {
    ...corpus,
    train: leave(corpus.train, place?.train),
    heldOut: leave(corpus.heldOut, place?.heldOut),
  };
}

async function openTokens(stored: StoredTokens): Promise<TokenSource> {
  if ("ids" in stored) return new TokenArray(stored.ids);
  const { folder, file, length } = stored;
  const { store } = await openTokenFolder(folder);
  return new TokenFile(await store.open(file), length);
}

/** Opens what another thread left; `close` its streams in the end. @throws `storage-failed` */
export async function openStored(stored: StoredCorpus): Promise<EncodedCorpus> {
  let train: TokenSource | null = null;
  try {
    train = await openTokens(stored.train);
    return { ...stored, train, heldOut: await openTokens(stored.heldOut) };
  } catch (thrown) {
    train?.close();
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw problem("storage-failed", { what: "the text as tokens", reason });
  }
}
