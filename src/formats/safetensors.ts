import { problem } from "../lib/errors";

/** The element types whose elements are whole bytes, with their size in bytes. */
const elementBytes = {
  F64: 8,
  I64: 8,
  U64: 8,
  C64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

export type Dtype = keyof typeof elementBytes;

export interface NewTensor {
  name: string;
  dtype: Dtype;
  shape: readonly number[];
  /** Row-major, little-endian; exactly as many as dtype and shape say. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface TensorEntry {
  dtype: Dtype;
  shape: readonly number[];
  /** First byte and the byte after the last, counted from the start of the file. */
  start: number;
  end: number;
}

export interface SafetensorsFile {
  metadata: ReadonlyMap<string, string>;
  tensors: ReadonlyMap<string, TensorEntry>;
  /**
   * The bytes of one tensor, in a buffer of their own. Rejects with `file-malformed` when the file
   * can no longer be read.
   * @param tensor a key of `tensors`
   */
  read(tensor: string): Promise<Uint8Array<ArrayBuffer>>;
}

const METADATA = "__metadata__";
/** Setting this key on a plain object somewhere down the line would change the object itself. */
const POLLUTING = "__proto__";

/**
 * A header of 16 MiB describes 100,000 tensors. The format allows 100 MB, but a length that is
 * really something else must not make us read that much.
 */
const MAX_HEADER_BYTES = 16 * 2 ** 20;

/** Bytes of a tensor; undefined when that is no exact integer. */
function byteLength(dtype: Dtype, shape: readonly number[]): number | undefined {
  let bytes: number = elementBytes[dtype];
  for (const size of shape) {
    bytes *= size;
    if (!Number.isSafeInteger(bytes)) return undefined;
  }
  return bytes;
}

function byNumberThenName(a: [number, string], b: [number, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

/**
 * A safetensors file (https://github.com/huggingface/safetensors#format) as parts to be written one
 * after the other: the header, then the tensors' own bytes, not copied.
 *
 * The order does not depend on the caller's: as in the Python library, large elements first (so that
 * each tensor is aligned), then by name. Metadata is sorted by key.
 *
 * @throws RangeError for names that collide or are reserved, and bytes that do not fit their shape
 */
export function encodeSafetensors(
  tensors: readonly NewTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer>[] {
  const ordered = tensors.toSorted((a, b) =>
    byNumberThenName([-elementBytes[a.dtype], a.name], [-elementBytes[b.dtype], b.name]),
  );
  const names = new Set<string>([METADATA, POLLUTING]);
  let at = 0;
  // Put together as text: an object would move keys that look like numbers to the front.
  const members = ordered.map(({ name, dtype, shape, bytes }) => {
    if (names.has(name)) throw new RangeError(`tensor name ${name} is taken`);
    names.add(name);
    if (byteLength(dtype, shape) !== bytes.length) {
      throw new RangeError(`${name}: ${bytes.length} bytes for ${dtype} [${shape}]`);
    }
    const data_offsets = [at, at + bytes.length];
    at += bytes.length;
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets })}`;
  });
  const notes = Object.entries(metadata).toSorted((a, b) => byNumberThenName([0, a[0]], [0, b[0]]));
  if (notes.length > 0) {
    const pairs = notes.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    members.unshift(`"${METADATA}":{${pairs.join(",")}}`);
  }
  const json = new TextEncoder().encode(`{${members.join(",")}}`);
  const header = new Uint8Array(8 + Math.ceil(json.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(json, 8);
  return [header, ...ordered.map(({ bytes }) => bytes)];
}

/**
 * Reads the header of a safetensors file and believes none of it: everything that later code relies
 * on is checked here, before anything of the claimed sizes is read or allocated.
 *
 * Rejects with `file-cut-short` or `file-malformed`.
 *
 * @param name of the file, for the messages
 */
export async function openSafetensors(file: Blob, name: string): Promise<SafetensorsFile> {
  const cutShort = (expected: number) =>
    problem("file-cut-short", { name, expected, actual: file.size });
  const malformed = (reason: string) => problem("file-malformed", { name, reason });

  async function bytesAt(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return new Uint8Array(await file.slice(start, end).arrayBuffer());
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw malformed(`its bytes from ${start} to ${end} could not be loaded (${why})`);
    }
  }

  if (file.size < 8) throw cutShort(8);
  const lengthBytes = await bytesAt(0, 8);
  const claimed = new DataView(lengthBytes.buffer).getBigUint64(0, true);
  if (claimed > MAX_HEADER_BYTES || claimed < 2) {
    throw malformed(`it starts with a header length of ${claimed}, so it is no safetensors file`);
  }
  const dataStart = 8 + Number(claimed);
  if (file.size < dataStart) throw cutShort(dataStart);

  const header = parseHeader(await bytesAt(8, dataStart), malformed);
  const metadata = readMetadata(header.get(METADATA), malformed);
  header.delete(METADATA);
  const tensors = readEntries(header, dataStart, malformed);
  const dataEnd = [...tensors.values()].at(-1)?.end ?? dataStart;
  if (file.size < dataEnd) throw cutShort(dataEnd);
  if (file.size > dataEnd) throw malformed(`${file.size - dataEnd} bytes follow the last tensor`);

  return {
    metadata,
    tensors,
    read(tensor) {
      const { start, end } = tensors.get(tensor)!;
      return bytesAt(start, end);
    },
  };
}

type Malformed = (reason: string) => Error;

/** The members of the header's JSON object. */
function parseHeader(bytes: Uint8Array, malformed: Malformed): Map<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw malformed("its header is no valid JSON");
  }
  if (!isRecord(header)) throw malformed("its header is no JSON object");
  const suspect = findSuspectKey(text);
  if (suspect) throw malformed(suspect);
  return new Map(Object.entries(header));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What JSON.parse passes over: keys that come twice in one object, and the key `__proto__`. */
function findSuspectKey(validJson: string): string | undefined {
  const open: Set<string>[] = [];
  for (let i = 0; i < validJson.length; i++) {
    const character = validJson[i];
    if (character === "{") open.push(new Set());
    else if (character === "}") open.pop();
    else if (character === '"') {
      const start = i;
      for (i++; validJson[i] !== '"'; i++) if (validJson[i] === "\\") i++;
      const end = i + 1;
      while (/\s/.test(validJson[i + 1] ?? "")) i++;
      if (validJson[i + 1] !== ":") continue;
      const key = JSON.parse(validJson.slice(start, end)) as string;
      if (key === POLLUTING) return `its header has the forbidden name ${POLLUTING}`;
      const keys = open.at(-1)!;
      if (keys.has(key)) return `its header has the name ${quote(key)} twice`;
      keys.add(key);
    }
  }
  return undefined;
}

function readMetadata(value: unknown, malformed: Malformed): Map<string, string> {
  const metadata = new Map<string, string>();
  if (value === undefined) return metadata;
  if (!isRecord(value)) throw malformed(`${METADATA} is no JSON object`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") throw malformed(`${quote(key)} in ${METADATA} is no string`);
    metadata.set(key, text);
  }
  return metadata;
}

/** Names come from the file and may be anything; a message stays readable. */
const quote = (name: string) => `“${name.length > 80 ? `${name.slice(0, 80)}…` : name}”`;

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** The tensors in the order in which they lie in the file, without a gap or an overlap. */
function readEntries(
  header: Map<string, unknown>,
  dataStart: number,
  malformed: Malformed,
): Map<string, TensorEntry> {
  const entries = [...header].map(([name, value]): [string, TensorEntry] => {
    const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
    if (typeof dtype !== "string" || !Object.hasOwn(elementBytes, dtype)) {
      throw malformed(`tensor ${quote(name)} has an unknown element type`);
    }
    if (!Array.isArray(shape) || !shape.every(isCount)) {
      throw malformed(`the shape of tensor ${quote(name)} is no list of sizes`);
    }
    const bytes = byteLength(dtype as Dtype, shape);
    if (bytes === undefined) throw malformed(`tensor ${quote(name)} is larger than any file`);
    if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
      throw malformed(`the offsets of tensor ${quote(name)} are no pair of positions`);
    }
    const [start, end] = offsets.map((offset: number) => dataStart + offset) as [number, number];
    if (end - start !== bytes) {
      throw malformed(
        `tensor ${quote(name)} needs ${bytes} bytes for its shape, but its offsets span ${end - start}`,
      );
    }
    return [name, { dtype: dtype as Dtype, shape, start, end }];
  });
  // By both ends: an empty tensor lies before the one that starts where it does.
  entries.sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let at = dataStart;
  for (const [name, { start, end }] of entries) {
    if (start !== at) {
      throw malformed(
        start < at
          ? `tensor ${quote(name)} overlaps another`
          : `${start - at} bytes before tensor ${quote(name)} belong to none`,
      );
    }
    at = end;
  }
  return new Map(entries);
}
