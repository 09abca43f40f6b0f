import { describe, expect, it } from "vitest";
import { maxErrorRatio, nmse, relativeL2 } from "./compare";

const actual = Float32Array.of(1, 2, 4);
const reference = Float64Array.of(1, 2, 2);

describe("compare", () => {
  it("measures against the size of the reference", () => {
    expect(nmse(actual, reference)).toBeCloseTo(4 / 9, 14);
    expect(relativeL2(actual, reference)).toBeCloseTo(2 / 3, 14);
    expect(maxErrorRatio(actual, reference)).toBe(1);
  });

  it.each([nmse, relativeL2, maxErrorRatio])("never passes a NaN: $name", (measure) => {
    expect(measure(Float64Array.of(1, NaN, 2), reference)).toBeNaN();
    expect(measure(Float64Array.of(NaN, 1, 2), reference)).toBeNaN();
  });

  it.each([nmse, relativeL2, maxErrorRatio])("accepts only zeros for zeros: $name", (measure) => {
    expect(measure(new Float64Array(2), new Float64Array(2))).toBe(0);
    expect(measure(Float64Array.of(0, 1e-30), new Float64Array(2))).toBeGreaterThan(1);
  });

  it.each([nmse, relativeL2, maxErrorRatio])("refuses another length: $name", (measure) => {
    expect(() => measure(actual, new Float64Array(2))).toThrow("3 values compared with 2");
  });
});
