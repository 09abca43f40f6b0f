import { problem } from "../lib/errors";
import type { ByteFile, ByteStore } from "../text/byte-store";

/** TypeScript has this in its library for workers only, which cannot be mixed with the one for pages. */
interface SyncAccessHandle {
  read(into: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
interface SyncFileHandle extends FileSystemFileHandle {
  /** Only in workers. Browsers without `mode` open it for writing, for one user at a time. */
  createSyncAccessHandle(options?: { mode: "read-only" | "readwrite" }): Promise<SyncAccessHandle>;
}

const what = "the text as tokens";

/** A file in the origin private file system, open in this thread. */
class OpfsFile implements ByteFile {
  private size = 0;

  constructor(
    private readonly access: SyncAccessHandle,
    /** Bytes that all files of the page may take. */
    private readonly quota: number,
  ) {}

  append(bytes: Uint8Array): void {
    let written = 0;
    try {
      written = this.access.write(bytes, { at: this.size });
    } catch (thrown) {
      const name = thrown instanceof DOMException ? thrown.name : "";
      if (name !== "QuotaExceededError") throw failed(thrown);
    }
    // Where there is no room, some browsers throw, and others say that they wrote something else.
    if (written !== bytes.length) {
      throw problem("storage-full", { what, written: this.size, quota: this.quota });
    }
    this.size += written;
  }

  read(at: number, into: Uint8Array): number {
    return this.access.read(into, { at });
  }

  close(): void {
    // A handle that is open no more takes both calls without a word.
    try {
      this.access.flush();
    } catch {
      // It was opened to read only, or closed before.
    }
    this.access.close();
  }
}

function failed(thrown: unknown) {
  const reason = thrown instanceof Error ? thrown.name : String(thrown);
  return problem("storage-failed", { what, reason });
}

/** Files in one folder of the origin private file system. For workers only. */
export class OpfsStore implements ByteStore {
  constructor(private readonly folder: FileSystemDirectoryHandle) {}

  /** @throws `storage-failed` */
  async create(name: string): Promise<ByteFile> {
    return this.access(name, true);
  }

  /** Opens a file that was written before. @throws `storage-failed` */
  async open(name: string): Promise<ByteFile> {
    return this.access(name, false);
  }

  /** A file that is open anywhere stays. */
  async remove(name: string): Promise<void> {
    await this.folder.removeEntry(name).catch(() => undefined);
  }

  /** Removes what nobody has open. */
  async sweep(): Promise<void> {
    for await (const name of this.folder.keys()) await this.remove(name);
  }

  private async access(name: string, create: boolean): Promise<ByteFile> {
    try {
      const handle = (await this.folder.getFileHandle(name, { create })) as SyncFileHandle;
      const mode = create ? "readwrite" : "read-only";
      const { quota = 0 } = await navigator.storage.estimate();
      return new OpfsFile(await handle.createSyncAccessHandle({ mode }), quota);
    } catch (thrown) {
      throw failed(thrown);
    }
  }
}
