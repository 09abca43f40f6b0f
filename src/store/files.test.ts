import { expect, test, vi } from "vitest";
import { looksLikeCheckpoint } from "./files";

vi.mock("../worker/client", () => ({ tokenizerWorker: {}, trainerWorker: {} }));

function headed(length: number, json: string): Blob {
  const head = new DataView(new ArrayBuffer(8));
  head.setBigUint64(0, BigInt(length), true);
  return new Blob([head.buffer, json]);
}

test("a safetensors file is known by its name or by how it begins", async () => {
  expect(await looksLikeCheckpoint(new Blob(["Once"]), "run.SafeTensors")).toBe(true);
  expect(await looksLikeCheckpoint(headed(2, "{}"), "no name")).toBe(true);
  // Cut short: still meant as a checkpoint, and the trainer says what is wrong with it.
  expect(await looksLikeCheckpoint(headed(1_000, `{"a"`), "part")).toBe(true);
});

test("texts and other binary files are none", async () => {
  expect(await looksLikeCheckpoint(new Blob([""]), "empty.txt")).toBe(false);
  expect(await looksLikeCheckpoint(new Blob(["Once upon a {time}"]), "tales.txt")).toBe(false);
  expect(await looksLikeCheckpoint(new Blob(['{"stories": []}']), "tales.json")).toBe(false);
  expect(await looksLikeCheckpoint(new Blob(["Once up {on a time}"]), "tales.txt")).toBe(false);
  expect(await looksLikeCheckpoint(headed(2, "II*"), "image")).toBe(false);
  expect(await looksLikeCheckpoint(new Blob([new Uint8Array(64)]), "zeros.bin")).toBe(false);
});
