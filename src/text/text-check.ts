import { problem } from "../lib/errors";
import { Utf8Checker } from "./utf8";

/** Throws when a file is not text. NUL bytes anywhere near decide that it is binary. */
export class TextCheck {
  private readonly name: string;
  private readonly utf8 = new Utf8Checker();
  private start = -1;

  constructor(name: string) {
    this.name = name;
  }

  /** @throws `file-binary`, `file-not-utf8`, with the position in the (unpacked) text */
  push(offset: number, bytes: Uint8Array): void {
    if (this.start < 0) {
      this.start = offset;
      // UTF-16 is full of NUL bytes, but "not UTF-8" is what helps its owner.
      const mark = (bytes[0]! << 8) | bytes[1]!;
      if (mark === 0xfffe || mark === 0xfeff) {
        throw problem("file-not-utf8", { name: this.name, offset: 0 });
      }
    }
    const zero = bytes.indexOf(0);
    if (zero >= 0) throw problem("file-binary", { name: this.name, offset: offset + zero });
    this.report(this.utf8.push(bytes));
  }

  /** @throws `file-not-utf8` */
  end(): void {
    this.report(this.utf8.end());
  }

  private report(badOffset: number): void {
    if (badOffset < 0) return;
    throw problem("file-not-utf8", { name: this.name, offset: this.start + badOffset });
  }
}
