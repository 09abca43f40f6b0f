/**
 * A file of bytes in some storage: it grows at its end while it is written, and is read anywhere later.
 * Synchronous, so that a training step never waits for its next window.
 */
export interface ByteFile {
  /** @throws `storage-full`, `storage-failed` */
  append(bytes: Uint8Array): void;
  /** Fills `into` with the bytes from `at` on, as far as there are any. @returns how many */
  read(at: number, into: Uint8Array): number;
  /** Nothing more is read or written after that. */
  close(): void;
}

/** Where the caller keeps files; `storage` and `tools` have one each. */
export interface ByteStore {
  /** A new, empty file. */
  create(name: string): Promise<ByteFile>;
  /** Nothing happens where there is no such file. */
  remove(name: string): Promise<void>;
}

const chunkBytes = 2 ** 20;

/** A file in memory, where there is no storage. */
export class MemoryFile implements ByteFile {
  private size = 0;
  private readonly chunks: Uint8Array[] = [];

  append(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const used = this.size % chunkBytes;
      if (used === 0) this.chunks.push(new Uint8Array(chunkBytes));
      const part = bytes.subarray(from, from + chunkBytes - used);
      this.chunks.at(-1)!.set(part, used);
      this.size += part.length;
      from += part.length;
    }
  }

  read(at: number, into: Uint8Array): number {
    const end = Math.min(this.size, at + into.length);
    for (let from = at; from < end; ) {
      const used = from % chunkBytes;
      const part = this.chunks[Math.floor(from / chunkBytes)]!.subarray(used, used + end - from);
      into.set(part, from - at);
      from += part.length;
    }
    return Math.max(0, end - at);
  }

  /** Its memory ends with what holds it. */
  close(): void {}
}

/** Keeps files in memory. */
export const memoryStore: ByteStore = {
  create: async () => new MemoryFile(),
  remove: async () => undefined,
};
