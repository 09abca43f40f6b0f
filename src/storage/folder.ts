/** A flat folder of files, as far as the library of checkpoints needs one. */
export interface Folder {
  /** All complete files by their names; none is read. */
  files(): Promise<Map<string, File>>;
  /** Null when there is none of this name. */
  file(name: string): Promise<File | null>;
  /**
   * A new file: all of it appears under its name at once, or nothing does.
   * @param onWritten called with the bytes written so far
   */
  write(name: string, content: Blob, onWritten?: (bytes: number) => void): Promise<void>;
  /** A small file, written over the one before; a crash meanwhile may leave it damaged. */
  overwrite(name: string, content: string): Promise<void>;
  /** A file that is not there is no error. */
  remove(name: string): Promise<void>;
  /** Bytes that this site uses and may use, as far as the browser tells. */
  space(): Promise<Space | null>;
}

export interface Space {
  used: number;
  quota: number;
}

/** The thrown error's name, such as `QuotaExceededError`. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : "";
}

/** What a file is called until it is complete. */
const PARTIAL = ".partial";
/** After so many milliseconds nobody is at work on a partial file that is not locked: it was left by a crash. */
const ABANDONED_MS = 10 * 60_000;
/** Between two pieces of a file, training goes on. */
const PIECE_BYTES = 4 * 2 ** 20;

/** What every browser with WebGPU has, in workers, and TypeScript's library for pages has not. */
interface WorkerFileHandle extends FileSystemFileHandle {
  move(name: string): Promise<void>;
  createSyncAccessHandle(): Promise<{
    /** @returns bytes written */
    write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
    truncate(size: number): void;
    flush(): void;
    close(): void;
  }>;
}

/**
 * A folder in the origin private file system. Works in workers only: pages have no sync access handles.
 * Its calls reject with what the browser throws.
 */
export function opfsFolder(name: string): Folder {
  const open = async () => {
    if (navigator.storage?.getDirectory === undefined) {
      throw new DOMException("it has no file system of its own for pages", "SecurityError");
    }
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(name, { create: true });
  };
  return {
    async files() {
      const folder = await open();
      const files = new Map<string, File>();
      for await (const handle of folder.values()) {
        if (handle.kind !== "file") continue;
        // Another tab may have deleted it since.
        const file = await unlessMissing(handle.getFile());
        if (file === null) continue;
        if (!handle.name.endsWith(PARTIAL)) files.set(handle.name, file);
        else if (Date.now() - file.lastModified > ABANDONED_MS) {
          // Where it is still being written, it is locked and stays.
          await folder.removeEntry(handle.name).catch(() => undefined);
        }
      }
      return files;
    },

    async file(name) {
      const handle = await unlessMissing((await open()).getFileHandle(name));
      return handle === null ? null : unlessMissing(handle.getFile());
    },

    async write(name, content, onWritten) {
      const folder = await open();
      const partial = name + PARTIAL;
      try {
        const handle = await folder.getFileHandle(partial, { create: true });
        await fill(handle, content, onWritten);
        await (handle as WorkerFileHandle).move(name);
      } catch (thrown) {
        await folder.removeEntry(partial).catch(() => undefined);
        throw thrown;
      }
    },

    async overwrite(name, content) {
      const handle = await (await open()).getFileHandle(name, { create: true });
      await fill(handle, new Blob([content]));
    },

    async remove(name) {
      await unlessMissing((await open()).removeEntry(name));
    },

    async space() {
      const { usage, quota } = await navigator.storage.estimate();
      return usage === undefined || quota === undefined ? null : { used: usage, quota };
    },
  };
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (thrown) {
    if (errorName(thrown) === "NotFoundError") return null;
    throw thrown;
  }
}

async function fill(
  handle: FileSystemFileHandle,
  content: Blob,
  onWritten?: (bytes: number) => void,
): Promise<void> {
  const access = await (handle as WorkerFileHandle).createSyncAccessHandle();
  try {
    access.truncate(0);
    for (let at = 0; at < content.size; at += PIECE_BYTES) {
      const bytes = new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer());
      // Where there is no room left, browsers do not throw as the standard says: Firefox writes less, and
      // Chromium returns its error code, -8, as if it were unsigned (https://crbug.com/541725401).
      if (access.write(bytes, { at }) !== bytes.length) {
        throw new DOMException("not all bytes could be written", "QuotaExceededError");
      }
      onWritten?.(at + bytes.length);
    }
    access.flush();
  } finally {
    access.close();
  }
}
