export interface MatmulShape {
  m: number;
  n: number;
  /** The dimension that is summed over. */
  k: number;
  transposeA?: boolean;
  transposeB?: boolean;
}

/**
 * C = op(A) op(B), C[i,j] = Σ_p op(A)[i,p] · op(B)[p,j].
 *
 * Row-major storage: `a` is [m,k], or [k,m] when `transposeA`; `b` is [k,n], or [n,k] when
 * `transposeB`. Returns C [m,n].
 *
 * Its gradients are matmuls again (no transposes in the forward): dA = dC Bᵀ, dB = Aᵀ dC.
 */
export function matmul(a: Float64Array, b: Float64Array, shape: MatmulShape): Float64Array {
  const { m, n, k, transposeA = false, transposeB = false } = shape;
  const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
  const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        sum += a[i * aRow + p * aColumn]! * b[p * bRow + j * bColumn]!;
      }
      c[i * n + j] = sum;
    }
  }
  return c;
}
