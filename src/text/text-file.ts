import { problem } from "../lib/errors";

/** A file as it was dropped, pasted or fetched. It is never read as a whole. */
export interface TextFile {
  name: string;
  blob: Blob;
}

/** A part of a file's text. */
export interface Chunk {
  bytes: Uint8Array;
  /** Where it starts in the text: after unpacking, the byte order mark counted. */
  offset: number;
  /** Bytes of the file itself that were read for it. */
  bytesRead: number;
}

const chunkBytes = 2 ** 20;
/**
 * What is handed to the unpacker at once. It may become a thousand times as much, all of which waits
 * in its queue.
 */
const packedBytes = 2 ** 16;
const unpackedBytes = 2 ** 18;

/** @throws `file-unreadable` */
async function readBytes(file: TextFile, from: number, to: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.blob.slice(from, to).arrayBuffer());
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.name : String(thrown);
    throw problem("file-unreadable", { name: file.name, reason });
  }
}

/** What a file is by its first bytes, where it is a packed or binary format that people do drop. */
const packedKinds: [kind: string, start: number[]][] = [
  ["ZIP", [0x50, 0x4b, 0x03, 0x04]],
  ["Parquet", [0x50, 0x41, 0x52, 0x31]],
  ["Zstandard", [0x28, 0xb5, 0x2f, 0xfd]],
  ["XZ", [0xfd, 0x37, 0x7a, 0x58]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf]],
  ["PDF", [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

const startsWith = (bytes: Uint8Array, start: number[]) => start.every((b, i) => bytes[i] === b);

/** @throws `file-packed` for archives and the like, `file-unreadable` */
export async function isGzip(file: TextFile): Promise<boolean> {
  const head = await readBytes(file, 0, 10);
  const packed = packedKinds.find(([, start]) => startsWith(head, start));
  // “BZh” may begin a text; in bzip2 a digit and the digits of pi follow.
  if (packed && (packed[0] !== "bzip2" || startsWith(head.subarray(4), [0x31, 0x41, 0x59]))) {
    throw problem("file-packed", { name: file.name, kind: packed[0] });
  }
  return startsWith(head, [0x1f, 0x8b]);
}

/**
 * The text of a file in chunks, without its byte order mark; gzip is unpacked on the way.
 *
 * @throws `file-packed`, `file-unreadable`, `gzip-damaged`
 */
export async function* readChunks(file: TextFile): AsyncGenerator<Chunk> {
  const parts = (await isGzip(file)) ? unpackedParts(file) : plainParts(file);
  let offset = 0;
  for await (const { bytes, bytesRead } of parts) {
    const marked = offset === 0 && startsWith(bytes, [0xef, 0xbb, 0xbf]);
    const text = marked ? bytes.subarray(3) : bytes;
    yield { bytes: text, offset: marked ? 3 : offset, bytesRead };
    offset += bytes.length;
  }
}

type Part = Pick<Chunk, "bytes" | "bytesRead">;

async function* plainParts(file: TextFile): AsyncGenerator<Part> {
  for (let at = 0; at < file.blob.size; ) {
    const bytes = await readBytes(file, at, at + chunkBytes);
    at += bytes.length;
    yield { bytes, bytesRead: at };
  }
}

async function* unpackedParts(file: TextFile): AsyncGenerator<Part> {
  const unpacker = new DecompressionStream("gzip");
  const reader = unpacker.readable.getReader();
  const writer = unpacker.writable.getWriter();
  let bytesRead = 0;
  let unreadable: unknown = null;
  const feed = async () => {
    for (let at = 0; at < file.blob.size; ) {
      const bytes = await readBytes(file, at, at + chunkBytes).catch((thrown: unknown) => {
        unreadable = thrown;
        throw thrown;
      });
      at += bytes.length;
      for (let from = 0; from < bytes.length; from += packedBytes) {
        const part = bytes.slice(from, from + packedBytes);
        await writer.write(part);
        bytesRead += part.length;
      }
    }
    await writer.close();
  };
  // Where writing fails, reading fails too, and that is reported.
  const feeding = feed().catch((thrown: unknown) => writer.abort(thrown).catch(() => undefined));
  // What it gives comes in small pieces of any size.
  let block = new Uint8Array(unpackedBytes);
  let used = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      for (let from = 0; from < value.length; ) {
        const piece = value.subarray(from, from + block.length - used);
        block.set(piece, used);
        used += piece.length;
        from += piece.length;
        if (used < block.length) continue;
        yield { bytes: block, bytesRead };
        block = new Uint8Array(unpackedBytes);
        used = 0;
      }
    }
  } catch (thrown) {
    if (unreadable !== null) throw unreadable;
    const reason = thrown instanceof Error && thrown.message ? thrown.message : "it is damaged";
    throw problem("gzip-damaged", { name: file.name, reason: reason.replace(/\.$/, "") });
  } finally {
    // Also when the caller stops early.
    await reader.cancel().catch(() => undefined);
    await feeding;
  }
  if (used > 0) yield { bytes: block.subarray(0, used), bytesRead };
}
