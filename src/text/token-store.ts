import { crc32 } from "../lib/crc32";
import type { ByteFile } from "./byte-store";

/** A stream of token ids that is read piece by piece. */
export interface TokenSource {
  readonly length: number;
  /** Fills `into` with the ids from `start` on, as far as there are any. @returns how many */
  read(start: number, into: Uint16Array): number;
  /** Lets go of what holds it. */
  close(): void;
}

/** Ids that lie in memory anyway. */
export class TokenArray implements TokenSource {
  readonly length: number;

  constructor(readonly ids: Uint16Array<ArrayBuffer>) {
    this.length = ids.length;
  }

  read(start: number, into: Uint16Array): number {
    const part = this.ids.subarray(start, start + into.length);
    into.set(part);
    return part.length;
  }

  close(): void {}
}

/** Ids in a file, 16 bits each, little-endian as all that WebGPU runs on. */
export class TokenFile implements TokenSource {
  constructor(
    private readonly file: ByteFile,
    readonly length: number,
  ) {}

  read(start: number, into: Uint16Array): number {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    return Math.floor(this.file.read(2 * start, bytes) / 2);
  }

  close(): void {
    this.file.close();
  }
}

/** All ids of a stream. */
export function allTokens(source: TokenSource): Uint16Array<ArrayBuffer> {
  const ids = new Uint16Array(source.length);
  source.read(0, ids);
  return ids;
}

const bufferLength = 2 ** 18;

/** Appends token ids to a file, half a megabyte at a time. */
export class TokenWriter {
  length = 0;
  /** CRC-32 of the bytes that are in the file. */
  crc = 0;
  private readonly buffer = new Uint16Array(bufferLength);
  private used = 0;

  constructor(private readonly file: ByteFile) {}

  append(ids: ArrayLike<number>): void {
    for (let i = 0; i < ids.length; i++) {
      if (this.used === bufferLength) this.flush();
      this.buffer[this.used++] = ids[i]!;
    }
    this.length += ids.length;
  }

  /** Writes what is left. @returns the stream, to be read */
  finish(): TokenFile {
    this.flush();
    return new TokenFile(this.file, this.length);
  }

  private flush(): void {
    const bytes = new Uint8Array(this.buffer.buffer, 0, 2 * this.used);
    this.file.append(bytes);
    this.crc = crc32(bytes, this.crc);
    this.used = 0;
  }
}
