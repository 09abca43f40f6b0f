import { openAsBlob } from "node:fs";
import { basename } from "node:path";

/** A file as the browser would hand it over: nothing is read yet. */
export async function openFile(path: string): Promise<{ file: Blob; name: string }> {
  const name = basename(path);
  try {
    return { file: await openAsBlob(path), name };
  } catch {
    throw new Error(`“${path}” cannot be opened. Is it there, and is it a file?`);
  }
}
