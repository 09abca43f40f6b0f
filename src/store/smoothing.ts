import { Column } from "./column";
import type { Series } from "./series";

/**
 * The exponential moving average of a series without the bias towards 0 that its beginning has, as
 * TensorBoard draws it and Adam's moments are corrected (arXiv 1412.6980, section 3): over the finite
 * values x₁ … xₜ so far,
 *
 *     mₜ = β mₜ₋₁ + (1 − β) xₜ,  m₀ = 0        smoothed = mₜ / (1 − βᵗ)
 *
 * It depends on the values alone, never on what part of them is shown. Computed for all rows once, in
 * float64, and then only for new ones, until another β is asked for.
 */
export class Smoothed {
  #beta = Number.NaN;
  #mean = 0;
  /** βᵗ */
  #bias = 1;
  #smoothed = new Column();

  constructor(private readonly source: Series) {}

  /** One value a row, NaN where the row has none. @param beta from 0 (each value itself) to below 1 */
  values(beta: number): Column {
    if (beta !== this.#beta) {
      this.#beta = beta;
      this.#mean = 0;
      this.#bias = 1;
      this.#smoothed = new Column();
    }
    const { source } = this;
    for (let row = this.#smoothed.length; row < source.length; row++) {
      const value = source.at(row);
      if (!Number.isFinite(value)) {
        this.#smoothed.push(Number.NaN);
        continue;
      }
      this.#mean = beta * this.#mean + (1 - beta) * value;
      this.#bias *= beta;
      this.#smoothed.push(this.#mean / (1 - this.#bias));
    }
    return this.#smoothed;
  }
}
