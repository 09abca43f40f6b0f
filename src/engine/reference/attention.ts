export interface AttentionShape {
  batch: number;
  /** Tokens of one sequence. */
  context: number;
  heads: number;
  /** Divides `heads`: query head h reads key and value head floor(h · kvHeads / heads). */
  kvHeads: number;
  headDim: number;
}

/** Where the heads of one token lie in a row of the packed [q heads | k heads | v heads]. */
function packedLayout({ context, heads, kvHeads, headDim }: AttentionShape) {
  const width = (heads + 2 * kvHeads) * headDim;
  const row = (b: number, t: number) => (b * context + t) * width;
  return {
    width,
    q: (b: number, t: number, h: number) => row(b, t) + h * headDim,
    k: (b: number, t: number, h: number) => row(b, t) + (heads + h) * headDim,
    v: (b: number, t: number, h: number) => row(b, t) + (heads + kvHeads + h) * headDim,
  };
}

function dot(a: Float64Array, aFrom: number, b: Float64Array, bFrom: number, length: number) {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[aFrom + i]! * b[bFrom + i]!;
  return sum;
}

/** Causal softmax of one query's scores: probabilities of the keys 0…t, and log Σ exp(score). */
function attend(qkv: Float64Array, shape: AttentionShape, b: number, t: number, h: number) {
  const { heads, kvHeads, headDim } = shape;
  const at = packedLayout(shape);
  const group = Math.floor((h * kvHeads) / heads);
  const scores = new Float64Array(t + 1);
  for (let s = 0; s <= t; s++) {
    scores[s] = dot(qkv, at.q(b, t, h), qkv, at.k(b, s, group), headDim) / Math.sqrt(headDim);
  }
  const largest = scores.reduce((a, c) => Math.max(a, c));
  const sum = scores.reduce((a, c) => a + Math.exp(c - largest), 0);
  const logSumExp = largest + Math.log(sum);
  return { group, logSumExp, probabilities: scores.map((score) => Math.exp(score - logSumExp)) };
}

/**
 * Causal attention (Vaswani et al. 2017, arXiv:1706.03762) with grouped query heads (Ainslie et
 * al. 2023, arXiv:2305.13245): out[t,h] = Σ_{s ≤ t} P[t,s] v[s], P = softmax(q·k / sqrt(headDim)).
 *
 * `qkv` is [batch · context, (heads + 2 kvHeads) · headDim], already rotated. Returns
 * out [batch · context, heads · headDim] and logSumExp [batch · context, heads] of the scaled scores.
 */
export function attentionForward(
  qkv: Float64Array,
  shape: AttentionShape,
): { out: Float64Array; logSumExp: Float64Array } {
  const { batch, context, heads, headDim } = shape;
  const at = packedLayout(shape);
  const out = new Float64Array(batch * context * heads * headDim);
  const logSumExp = new Float64Array(batch * context * heads);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < context; t++) {
      for (let h = 0; h < heads; h++) {
        const query = (b * context + t) * heads + h;
        const { group, probabilities, logSumExp: lse } = attend(qkv, shape, b, t, h);
        logSumExp[query] = lse;
        probabilities.forEach((p, s) => {
          const v = at.v(b, s, group);
          for (let i = 0; i < headDim; i++) out[query * headDim + i]! += p * qkv[v + i]!;
        });
      }
    }
  }
  return { out, logSumExp };
}

/**
 * dV[s] += P[t,s] dOut[t]; dP[t,s] = dOut[t]·v[s]; dS = P ∘ (dP − Σ_s P dP) / sqrt(headDim);
 * dQ[t] += dS[t,s] k[s]; dK[s] += dS[t,s] q[t].
 *
 * `dOut` is [batch · context, heads · headDim]. Returns dQkv, packed like `qkv`.
 */
export function attentionBackward(
  qkv: Float64Array,
  dOut: Float64Array,
  shape: AttentionShape,
): Float64Array {
  const { batch, context, heads, headDim } = shape;
  const at = packedLayout(shape);
  const dQkv = new Float64Array(batch * context * at.width);
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < context; t++) {
      for (let h = 0; h < heads; h++) {
        const dO = ((b * context + t) * heads + h) * headDim;
        const q = at.q(b, t, h);
        const { group, probabilities } = attend(qkv, shape, b, t, h);
        const dP = probabilities.map((_, s) => dot(dOut, dO, qkv, at.v(b, s, group), headDim));
        const mean = probabilities.reduce((sum, p, s) => sum + p * dP[s]!, 0);
        probabilities.forEach((p, s) => {
          const k = at.k(b, s, group);
          const v = at.v(b, s, group);
          const dS = (p * (dP[s]! - mean)) / Math.sqrt(headDim);
          for (let i = 0; i < headDim; i++) {
            dQkv[v + i]! += p * dOut[dO + i]!;
            dQkv[q + i]! += dS * qkv[k + i]!;
            dQkv[k + i]! += dS * qkv[q + i]!;
          }
        });
      }
    }
  }
  return dQkv;
}
