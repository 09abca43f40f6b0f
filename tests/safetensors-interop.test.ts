import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { encodeSafetensors, type NewTensor, openSafetensors } from "../src/formats/safetensors";
import { golden } from "./fixtures/golden";

const path = (file: string) =>
  fileURLToPath(new URL(`fixtures/safetensors/${file}`, import.meta.url));

/** The tensors of fixtures/safetensors/make.py. */
const tensors: NewTensor[] = [
  {
    name: "matrix",
    dtype: "F32",
    shape: [2, 3],
    bytes: new Uint8Array(Float32Array.of(0, 0.25, 0.5, 0.75, 1, 1.25).buffer),
  },
  {
    name: 'a name with ü, " and \n',
    dtype: "F32",
    shape: [1],
    bytes: new Uint8Array(Float32Array.of(-1.5).buffer),
  },
  { name: "bytes", dtype: "U8", shape: [5], bytes: new TextEncoder().encode("story") },
  {
    name: "0",
    dtype: "I64",
    shape: [2],
    bytes: new Uint8Array(BigInt64Array.of(2n ** 40n, -1n).buffer),
  },
  // 7 = 1.75 · 2²: exponent 15 + 2, fraction 0.75.
  { name: "scalar", dtype: "F16", shape: [], bytes: Uint8Array.of(0x00, 0x47) },
  { name: "empty", dtype: "F32", shape: [3, 0, 2], bytes: new Uint8Array(0) },
];
const metadata = { format: "pt", quote: '{"a": "ü"}', "10": "ten" };

describe("safetensors and the Python library", () => {
  it("reads what Python wrote", async () => {
    const bytes = readFileSync(path("python.safetensors"));
    const file = await openSafetensors(new Blob([bytes]), "python.safetensors");
    expect(file.metadata).toEqual(new Map(Object.entries(metadata)));
    expect(file.tensors.size).toBe(tensors.length);
    for (const { name, dtype, shape, bytes } of tensors) {
      expect(file.tensors.get(name), name).toMatchObject({ dtype, shape });
      expect(await file.read(name), name).toEqual(bytes);
    }
  });

  it("writes the file that tests/interop/safetensors_test.py reads in Python", async () => {
    const made = await new Blob(encodeSafetensors(tensors, metadata)).arrayBuffer();
    expect(new Uint8Array(made)).toEqual(
      golden(path("storyloom.safetensors"), new Uint8Array(made)),
    );
  });
});
