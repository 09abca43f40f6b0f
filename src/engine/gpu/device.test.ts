import { expect, test } from "vitest";
import { adapterFacts } from "./device";

const limits = { maxBufferSize: 1, maxStorageBufferBindingSize: 2 };
const info = { vendor: "v", architecture: "a", description: "d" };

/** What a browser of that age says of its adapter. */
function facts(adapter: object) {
  return adapterFacts({ features: new Set(["b", "a"]), limits, info, ...adapter } as never);
}

test("an adapter's facts, its features in order", () => {
  expect(facts({ info: { ...info, isFallbackAdapter: true } })).toEqual({
    ...info,
    ...limits,
    isFallbackAdapter: true,
    features: ["a", "b"],
  });
});

test("a software adapter is known as one where that is the adapter's own property, or nowhere said", () => {
  expect(facts({ isFallbackAdapter: true }).isFallbackAdapter).toBe(true);
  expect(facts({ isFallbackAdapter: false }).isFallbackAdapter).toBe(false);
  expect(facts({}).isFallbackAdapter).toBe(false);
});
