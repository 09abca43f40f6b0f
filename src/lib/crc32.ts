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

/** Row k of a matrix over GF(2) is the image of bit k; applies it to a vector of 32 bits. */
function times(matrix: Uint32Array, vector: number): number {
  let sum = 0;
  for (let bit = 0; bit < 32; bit++) if ((vector >>> bit) & 1) sum ^= matrix[bit]!;
  return sum >>> 0;
}

/**
 * The CRC-32 of two byte sequences in a row, from the CRC of each: `crc32Joined(crc32(a), crc32(b),
 * b.length)` is the CRC of a, then b. The first CRC is moved on by as many zero bytes as the second
 * sequence has, in as many squarings as their number has bits (zlib's `crc32_combine`).
 */
export function crc32Joined(first: number, second: number, secondBytes: number): number {
  // One zero bit moves each bit one down; the lowest goes out through the polynomial.
  let zeros = Uint32Array.from({ length: 32 }, (_, bit) =>
    bit === 0 ? 0xedb8_8320 : 2 ** (bit - 1),
  );
  const square = () => {
    const before = zeros;
    zeros = before.map((row) => times(before, row));
  };
  for (let i = 0; i < 3; i++) square();
  let moved = first;
  for (let left = secondBytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) moved = times(zeros, moved);
    square();
  }
  return (moved ^ second) >>> 0;
}
