import type { TextFile } from "../worker/api";
import { openFromDisk } from "./library";
import { openText } from "./text";

/**
 * Whether a file is a safetensors file: by its name, or because it starts like one (the length of a JSON
 * header as a 64-bit integer, then the header's brace), which a text cannot: it has no zero bytes.
 */
export async function looksLikeCheckpoint(file: Blob, name: string): Promise<boolean> {
  if (/\.safetensors$/i.test(name)) return true;
  if (file.size < 10) return false;
  // What cannot be read is no checkpoint; the reader of texts says what is the matter with it.
  const start = await file
    .slice(0, 9)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(9));
  const head = new DataView(start);
  return head.getUint32(4, true) === 0 && head.getUint32(0, true) > 1 && head.getUint8(8) === 0x7b;
}

/** Opens what was dropped or chosen: one checkpoint, a text in one file or several, or both. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  let checkpoint: File | null = null;
  const texts: TextFile[] = [];
  for (const file of files) {
    if (await looksLikeCheckpoint(file, file.name)) checkpoint ??= file;
    else texts.push({ name: file.name, blob: file });
  }
  if (checkpoint !== null) await openFromDisk(checkpoint);
  if (texts.length > 0) await openText(texts);
}
