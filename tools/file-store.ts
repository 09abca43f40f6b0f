import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ByteFile, ByteStore } from "../src/text/byte-store";

class DiskFile implements ByteFile {
  private size = 0;

  constructor(private readonly descriptor: number) {}

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.descriptor, bytes, at, bytes.length - at, this.size + at);
    }
    this.size += bytes.length;
  }

  read(at: number, into: Uint8Array): number {
    return readSync(this.descriptor, into, 0, into.length, at);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Keeps files in a folder of this machine. */
export class FileStore implements ByteStore {
  constructor(private readonly folder: string) {}

  async create(name: string): Promise<ByteFile> {
    mkdirSync(this.folder, { recursive: true });
    return new DiskFile(openSync(join(this.folder, name), "w+"));
  }

  async remove(name: string): Promise<void> {
    rmSync(join(this.folder, name), { force: true });
  }
}
