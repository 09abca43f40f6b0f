/** Checks UTF-8 (RFC 3629: no overlong forms, no surrogates) that arrives in chunks. */
export class Utf8Checker {
  /** Bytes of earlier chunks. */
  private consumed = 0;
  /** Continuation bytes that the character under way still needs. */
  private missing = 0;
  /** Where the character under way starts, in bytes from the start of the text. */
  private characterStart = 0;
  /** What its next byte may be. */
  private low = 0x80;
  private high = 0xbf;

  /** @returns the offset in the whole text of the first bytes that are no character, or -1 */
  push(bytes: Uint8Array): number {
    const { length } = bytes;
    let i = 0;
    while (i < length) {
      const byte = bytes[i]!;
      if (this.missing > 0) {
        if (byte < this.low || byte > this.high) return this.characterStart;
        this.low = 0x80;
        this.high = 0xbf;
        this.missing--;
      } else if (byte >= 0x80) {
        this.characterStart = this.consumed + i;
        if (!this.lead(byte)) return this.characterStart;
      }
      i++;
    }
    this.consumed += length;
    return -1;
  }

  /** @returns as `push`; a character may not be cut off by the end */
  end(): number {
    return this.missing > 0 ? this.characterStart : -1;
  }

  /** Table 3-7 of the Unicode standard. */
  private lead(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte === 0xe0) this.low = 0xa0;
    else if (byte === 0xed) this.high = 0x9f;
    else if (byte === 0xf0) this.low = 0x90;
    else if (byte === 0xf4) this.high = 0x8f;
    return true;
  }
}

/** Code points of valid UTF-8. */
export function countCodePoints(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if ((bytes[i]! & 0xc0) !== 0x80) count++;
  return count;
}

/** Bytes of the character that a lead byte of valid UTF-8 starts. */
export function characterBytes(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The code point at an offset of valid UTF-8. */
export function codePointAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return lead;
  const second = bytes[at + 1]! & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
  const third = bytes[at + 2]! & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 0x3f);
}
