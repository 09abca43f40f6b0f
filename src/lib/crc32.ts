/**
 * Eight tables for the reflected polynomial 0xEDB88320: `tables[k*256 + b]` is the CRC of byte b
 * followed by k zero bytes, so eight bytes are folded at once (Kounavis and Berry, 2008).
 */
const tables = /* @__PURE__ */ makeTables();

function makeTables(): Uint32Array {
  const result = new Uint32Array(8 * 256);
  for (let b = 0; b < 256; b++) {
    let crc = b;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
    result[b] = crc;
  }
  for (let i = 256; i < result.length; i++) {
    const shorter = result[i - 256]!;
    result[i] = (shorter >>> 8) ^ result[shorter & 0xff]!;
  }
  return result;
}

/**
 * CRC-32 as zip, gzip and PNG use it.
 *
 * @param previous the result for the bytes before these: `crc32(b, crc32(a))` is the CRC of a, then b
 * @returns an unsigned 32-bit integer
 */
export function crc32(bytes: Uint8Array, previous = 0): number {
  const t = tables;
  let crc = ~previous;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    const low =
      crc ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
    crc =
      t[1792 + (low & 0xff)]! ^
      t[1536 + ((low >>> 8) & 0xff)]! ^
      t[1280 + ((low >>> 16) & 0xff)]! ^
      t[1024 + (low >>> 24)]! ^
      t[768 + bytes[i + 4]!]! ^
      t[512 + bytes[i + 5]!]! ^
      t[256 + bytes[i + 6]!]! ^
      t[bytes[i + 7]!]!;
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}
