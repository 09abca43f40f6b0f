import { describe, expect, test } from "vitest";
import { Rng } from "../../lib/rng";
import { presetByName } from "./config";
import { parameterLayout } from "./layout";
import { flatten, initialParameters, unflatten } from "./parameters";

const config = { ...presetByName("nano").model, tie_word_embeddings: false };
const layout = parameterLayout(config);
const flat = initialParameters(layout, new Rng(1));
const tensors = unflatten(layout, flat);

/** toEqual takes seconds for this many numbers. */
const equal = (a: Float32Array, b: Float32Array) =>
  a.length === b.length && a.every((x, i) => x === b[i]);

describe("the initial parameters", () => {
  test("are normal with deviation 0.02, less by √(2L) where they add to the residual stream", () => {
    for (const [name, values] of tensors) {
      if (name.includes("norm")) continue;
      const residual = /o_proj|down_proj/.test(name);
      const expected = residual ? 0.02 / Math.sqrt(2 * config.num_hidden_layers) : 0.02;
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
      // Five standard errors of each estimate.
      expect(Math.abs(mean), name).toBeLessThan((5 * expected) / Math.sqrt(values.length));
      expect(Math.abs(deviation / expected - 1), name).toBeLessThan(
        5 / Math.sqrt(2 * values.length),
      );
    }
  });

  test("are 1 in the gains, and the same for a seed only", () => {
    const gains = [...tensors].filter(([name]) => name.includes("norm"));
    expect(gains).toHaveLength(2 * config.num_hidden_layers + 1);
    for (const [name, values] of gains)
      expect(
        values.every((x) => x === 1),
        name,
      ).toBe(true);
    expect(equal(initialParameters(layout, new Rng(1)), flat)).toBe(true);
    expect(equal(initialParameters(layout, new Rng(2)), flat)).toBe(false);
  });

  test("come back from their names", () => {
    expect(equal(flatten(layout, tensors), flat)).toBe(true);
    expect(() => flatten(layout, new Map([...tensors].slice(1)))).toThrow(
      "model.embed_tokens.weight is missing",
    );
  });
});
