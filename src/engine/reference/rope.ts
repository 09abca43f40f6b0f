/**
 * Angles of rotary position embedding (Su et al. 2021, arXiv:2104.09864):
 * angle[t,i] = t · theta^(−2i / headDim). Returns cos and sin, each [context, headDim / 2].
 */
export function ropeTables(
  context: number,
  headDim: number,
  theta: number,
): { cos: Float64Array; sin: Float64Array } {
  const half = headDim / 2;
  const cos = new Float64Array(context * half);
  const sin = new Float64Array(context * half);
  for (let t = 0; t < context; t++) {
    for (let i = 0; i < half; i++) {
      const angle = t * theta ** ((-2 * i) / headDim);
      cos[t * half + i] = Math.cos(angle);
      sin[t * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}

export interface RopeShape {
  rows: number;
  /** Heads to rotate, side by side in each row. */
  heads: number;
  headDim: number;
  /** Elements from one row to the next; at least offset + heads · headDim. */
  rowStride: number;
  /** Where in a row the first head starts. */
  offset: number;
  /** Row r has position r mod context. */
  context: number;
  theta: number;
  /** Rotate back: this is also the backward, because a rotation's transpose is its inverse. */
  inverse?: boolean;
}

/**
 * Rotates pairs in Hugging Face's half-split layout: element i of a head goes with element
 * i + headDim/2: (a, b) → (a·cos − b·sin, b·cos + a·sin).
 *
 * `x` is [rows, rowStride]; returns a copy of it in which the chosen heads are rotated.
 */
export function rope(x: Float64Array, shape: RopeShape): Float64Array {
  const { rows, heads, headDim, rowStride, offset, context, theta, inverse = false } = shape;
  const half = headDim / 2;
  const { cos, sin } = ropeTables(context, headDim, theta);
  const y = x.slice();
  for (let r = 0; r < rows; r++) {
    for (let h = 0; h < heads; h++) {
      const first = r * rowStride + offset + h * headDim;
      for (let i = 0; i < half; i++) {
        const c = cos[(r % context) * half + i]!;
        const s = inverse ? -sin[(r % context) * half + i]! : sin[(r % context) * half + i]!;
        const a = x[first + i]!;
        const b = x[first + half + i]!;
        y[first + i] = a * c - b * s;
        y[first + half + i] = b * c + a * s;
      }
    }
  }
  return y;
}
