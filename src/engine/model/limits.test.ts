import { expect, test } from "vitest";
import { StoryloomError } from "../../lib/errors";
import type { AdapterFacts } from "../gpu/device";
import { presetByName } from "./config";
import { checkLimits } from "./limits";

function adapter(bytes: number, maxBufferSize = 2 ** 30): AdapterFacts {
  return {
    vendor: "",
    architecture: "",
    description: "",
    isFallbackAdapter: false,
    features: [],
    maxBufferSize,
    maxStorageBufferBindingSize: bytes,
  };
}

function refusal(run: () => void): string {
  try {
    run();
  } catch (error) {
    if (error instanceof StoryloomError) {
      expect(error.problem.code).toBe("limit-too-small");
      return error.message;
    }
    throw error;
  }
  throw new Error("was not refused");
}

const seed = presetByName("seed").model;

test("what fits is let through", () => {
  // 8 windows of 256 rows with gate and up of 3,076 each: 50,397,184 bytes.
  checkLimits(adapter(8 * 256 * 2 * 3_076 * 4), seed, 8);
});

test("names the limit and both numbers, and the batch size that fits", () => {
  const message = refusal(() => checkLimits(adapter(128 * 2 ** 20), seed, 32));
  expect(message).toContain("maxStorageBufferBindingSize = 201,588,736");
  expect(message).toContain("allows 134,217,728");
  expect(message).toContain("A batch size of 16 fits.");
});

test("what is proposed fits both limits, whichever is in the way", () => {
  // WebGPU's defaults; the binding limit is the smaller one, though a batch of 64 is over both.
  const standard = adapter(128 * 2 ** 20, 256 * 2 ** 20);
  const message = refusal(() => checkLimits(standard, seed, 64));
  expect(message).toContain("maxStorageBufferBindingSize = 403,177,472");
  expect(message).toContain("A batch size of 16 fits.");
  checkLimits(standard, seed, 16);
  const odd = adapter(256 * 2 ** 20, 128 * 2 ** 20);
  expect(refusal(() => checkLimits(odd, seed, 64))).toContain("maxBufferSize");
});

test("names the preset that fits where no batch size does", () => {
  const message = refusal(() => checkLimits(adapter(16 * 2 ** 20), seed, 8));
  expect(message).toContain("The preset Small fits.");
});
