/** Files that look like checkpoints and are none, made from a real one. */

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

function take(file: Buffer): { header: Record<string, unknown>; data: Buffer } {
  const length = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString("utf8", 8, 8 + length));
  return { header, data: file.subarray(8 + length) };
}

function put(header: Record<string, unknown>, data: Buffer): Buffer {
  let json = JSON.stringify(header);
  json += " ".repeat((8 - (json.length % 8)) % 8);
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(Buffer.byteLength(json)));
  return Buffer.concat([head, Buffer.from(json), data]);
}

/** Ends in the middle of its tensors. */
export function cutShort(checkpoint: Buffer): Buffer {
  return checkpoint.subarray(0, Math.floor(checkpoint.length * 0.7));
}

/** One tensor claims bytes beyond the end of the file. */
export function withLyingOffsets(checkpoint: Buffer): Buffer {
  const { header, data } = take(checkpoint);
  const entry = header["model.norm.weight"] as Entry;
  const size = entry.data_offsets[1] - entry.data_offsets[0];
  entry.data_offsets = [data.length + 1024, data.length + 1024 + size];
  return put(header, data);
}

/** A sound safetensors file with the tensors of a GPT-2, as another tool would save it. */
export function ofAnotherArchitecture(): Buffer {
  const entry = (shape: number[], start: number) => ({
    dtype: "F32",
    shape,
    data_offsets: [start, start + 4 * shape.reduce((a, b) => a * b)],
  });
  const header = {
    __metadata__: { format: "pt" },
    "transformer.wte.weight": entry([16, 8], 0),
    "transformer.h.0.ln_1.weight": entry([8], 512),
  };
  return put(header, Buffer.alloc(544));
}
