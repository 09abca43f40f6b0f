/**
 * RMSNorm (Zhang & Sennrich 2019, arXiv:1910.07467): y[r,c] = x[r,c] · s[r] · gain[c] with
 * s[r] = 1 / sqrt(mean_c x[r,c]² + eps).
 *
 * `x` is [rows, width], `gain` [width]. Returns y [rows, width] and inverseRms s [rows].
 */
export function rmsNormForward(
  x: Float64Array,
  gain: Float64Array,
  rows: number,
  width: number,
  eps: number,
): { y: Float64Array; inverseRms: Float64Array } {
  const y = new Float64Array(rows * width);
  const inverseRms = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    let sumOfSquares = 0;
    for (let c = 0; c < width; c++) sumOfSquares += x[r * width + c]! ** 2;
    const s = 1 / Math.sqrt(sumOfSquares / width + eps);
    inverseRms[r] = s;
    for (let c = 0; c < width; c++) y[r * width + c] = x[r * width + c]! * s * gain[c]!;
  }
  return { y, inverseRms };
}

/**
 * dGain[c] = Σ_r dY[r,c] · x[r,c] · s[r];
 * dX[r,c] = s · (dY·gain)[c] − x[c] · s³ / width · Σ_j (dY·gain)[j] · x[j], all in row r.
 *
 * `dY` is [rows, width]. Returns dX [rows, width] and dGain [width].
 */
export function rmsNormBackward(
  x: Float64Array,
  gain: Float64Array,
  inverseRms: Float64Array,
  dY: Float64Array,
  rows: number,
  width: number,
): { dX: Float64Array; dGain: Float64Array } {
  const dX = new Float64Array(rows * width);
  const dGain = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    const s = inverseRms[r]!;
    let dot = 0;
    for (let c = 0; c < width; c++) {
      const i = r * width + c;
      dot += dY[i]! * gain[c]! * x[i]!;
      dGain[c]! += dY[i]! * x[i]! * s;
    }
    for (let c = 0; c < width; c++) {
      const i = r * width + c;
      dX[i] = s * dY[i]! * gain[c]! - (x[i]! * s ** 3 * dot) / width;
    }
  }
  return { dX, dGain };
}
