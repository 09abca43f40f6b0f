/**
 * Where token streams lie in the origin private file system: `tokens/<folder>/<file>`, a folder for each
 * tokenizer worker. Every thread that uses a folder holds a shared Web Lock of its name for as long as it
 * lives, so that a folder which nobody holds is a leftover of an earlier session.
 */
import { OpfsStore } from "./opfs-store";

const root = "tokens";
const lockName = (folder: string) => `storyloom ${root} ${folder}`;
const held = new Set<string>();

async function openRoot(): Promise<FileSystemDirectoryHandle> {
  const origin = await navigator.storage.getDirectory();
  return origin.getDirectoryHandle(root, { create: true });
}

/** Resolves when this thread holds the folder's lock; it lets go of it when it ends. */
function hold(folder: string): Promise<void> {
  if (held.has(folder)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const forever = () => {
      held.add(folder);
      resolve();
      return new Promise<never>(() => undefined);
    };
    navigator.locks.request(lockName(folder), { mode: "shared" }, forever).catch(reject);
  });
}

async function removeLeftovers(folders: FileSystemDirectoryHandle): Promise<void> {
  for await (const folder of folders.keys()) {
    await navigator.locks.request(lockName(folder), { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      await folders.removeEntry(folder, { recursive: true }).catch(() => undefined);
    });
  }
}

export interface TokenFolder {
  name: string;
  store: OpfsStore;
}

/**
 * A new folder of this thread's own; leftovers are removed. Null where the browser offers no such
 * storage (private windows of some, plain http, old versions).
 */
export async function createTokenFolder(): Promise<TokenFolder | null> {
  try {
    const folders = await openRoot();
    await removeLeftovers(folders);
    const name = crypto.randomUUID();
    await hold(name);
    const store = new OpfsStore(await folders.getDirectoryHandle(name, { create: true }));
    // Some browsers have the folders, but refuse to open files in this way.
    (await store.create("probe")).close();
    await store.remove("probe");
    return { name, store };
  } catch {
    return null;
  }
}

/** A folder that another thread made. @throws what the browser throws when it is gone */
export async function openTokenFolder(name: string): Promise<TokenFolder> {
  await hold(name);
  const folders = await openRoot();
  return { name, store: new OpfsStore(await folders.getDirectoryHandle(name)) };
}
