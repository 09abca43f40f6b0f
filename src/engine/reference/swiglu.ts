const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * SwiGLU (Shazeer 2020, arXiv:2002.05202): out = silu(gate) · up, silu(x) = x · sigmoid(x).
 *
 * `gateUp` is [rows, 2 · width], each row [gate | up]. Returns [rows, width].
 */
export function swigluForward(gateUp: Float64Array, rows: number, width: number): Float64Array {
  const out = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c++) {
      const gate = gateUp[r * 2 * width + c]!;
      const up = gateUp[r * 2 * width + width + c]!;
      out[r * width + c] = gate * sigmoid(gate) * up;
    }
  }
  return out;
}

/**
 * dGate = dOut · up · σ(gate) · (1 + gate · (1 − σ(gate))); dUp = dOut · silu(gate).
 *
 * `dOut` is [rows, width]. Returns dGateUp, packed like `gateUp`.
 */
export function swigluBackward(
  gateUp: Float64Array,
  dOut: Float64Array,
  rows: number,
  width: number,
): Float64Array {
  const dGateUp = new Float64Array(rows * 2 * width);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < width; c++) {
      const gateAt = r * 2 * width + c;
      const upAt = gateAt + width;
      const gate = gateUp[gateAt]!;
      const s = sigmoid(gate);
      const d = dOut[r * width + c]!;
      dGateUp[gateAt] = d * gateUp[upAt]! * s * (1 + gate * (1 - s));
      dGateUp[upAt] = d * gate * s;
    }
  }
  return dGateUp;
}
