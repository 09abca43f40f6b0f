import { openFromDisk } from "./library";
import { openText } from "./text";

/**
 * Whether a file is a safetensors file: by its name, or because it starts like one (the length of a JSON
 * header as a 64-bit integer, then the header's brace), which a text cannot: it has no zero bytes.
 */
export async function looksLikeCheckpoint(file: Blob, name: string): Promise<boolean> {
  if (/\.safetensors$/i.test(name)) return true;
  if (file.size < 10) return false;
  const head = new DataView(await file.slice(0, 9).arrayBuffer());
  return head.getUint32(4, true) === 0 && head.getUint32(0, true) > 1 && head.getUint8(8) === 0x7b;
}

/** Opens what was dropped or chosen: one checkpoint, one text, or one of each. */
export async function openFiles(files: Iterable<File>): Promise<void> {
  let checkpoint: File | null = null;
  let text: File | null = null;
  for (const file of files) {
    if (await looksLikeCheckpoint(file, file.name)) checkpoint ??= file;
    else text ??= file;
  }
  if (checkpoint !== null) await openFromDisk(checkpoint);
  if (text !== null) await openText(text, text.name);
}
