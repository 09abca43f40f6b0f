type Numbers = Float64Array | Float32Array;

/** Normalized mean squared error: Σ (actual − reference)² / Σ reference². NaN where a value is. */
export function nmse(actual: Numbers, reference: Numbers): number {
  return ratio(sumOfSquaredErrors(actual, reference), sumOfSquares(reference));
}

/** max |actual − reference| / max |reference|. NaN where a value is. */
export function maxErrorRatio(actual: Numbers, reference: Numbers): number {
  requireSameLength(actual, reference);
  let error = 0;
  let largest = 0;
  for (let i = 0; i < reference.length; i++) {
    // Math.max, unlike a comparison, lets a NaN through.
    error = Math.max(error, Math.abs(actual[i]! - reference[i]!));
    largest = Math.max(largest, Math.abs(reference[i]!));
  }
  return ratio(error, largest);
}

/** ‖actual − reference‖ / ‖reference‖, L2. NaN where a value is. */
export function relativeL2(actual: Numbers, reference: Numbers): number {
  return Math.sqrt(nmse(actual, reference));
}

/** Against an all-zero reference only an all-zero answer is right. */
function ratio(error: number, size: number): number {
  return error === 0 ? 0 : error / size;
}

function sumOfSquaredErrors(actual: Numbers, reference: Numbers): number {
  requireSameLength(actual, reference);
  let sum = 0;
  for (let i = 0; i < reference.length; i++) sum += (actual[i]! - reference[i]!) ** 2;
  return sum;
}

function sumOfSquares(values: Numbers): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function requireSameLength(actual: Numbers, reference: Numbers): void {
  if (actual.length !== reference.length) {
    throw new RangeError(`${actual.length} values compared with ${reference.length}`);
  }
}
