import type { Rng } from "../../lib/rng";

/**
 * The gradient of a scalar function by central differences: (f(x + h) − f(x − h)) / 2h per element.
 *
 * With h = 1e-5 in float64, truncation (h²) and rounding (1e-16 / h) both stay near 1e-10.
 */
export function finiteDifferences(
  f: (x: Float64Array) => number,
  x: Float64Array,
  h = 1e-5,
): Float64Array {
  const moved = x.slice();
  return x.map((value, i) => {
    moved[i] = value + h;
    const above = f(moved);
    moved[i] = value - h;
    const below = f(moved);
    moved[i] = value;
    return (above - below) / (2 * h);
  });
}

/**
 * Σ a·b. With a random `b` it makes a scalar of an operation's output a, whose gradient is the
 * operation's backward applied to b.
 */
export function innerProduct(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** `length` draws from N(0, scale²). */
export function normals(rng: Rng, length: number, scale = 1): Float64Array {
  return Float64Array.from({ length }, () => rng.normal() * scale);
}
