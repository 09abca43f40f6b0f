export interface AdamWSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  eps: number;
  /** 0 for gains: only matrices decay. */
  weightDecay: number;
  /** Optimizer steps including this one, from 1. */
  step: number;
  /** Multiplied onto the gradient first; see `clipScale`. */
  clipScale: number;
}

/**
 * AdamW (Loshchilov & Hutter 2019, arXiv:1711.05101) in PyTorch's form: p ← p (1 − lr·wd);
 * m ← β1 m + (1 − β1) g; v ← β2 v + (1 − β2) g²; p ← p − lr · m̂ / (sqrt(v̂) + eps) with
 * m̂ = m / (1 − β1^step), v̂ = v / (1 − β2^step).
 *
 * All arrays have one length; returns new ones.
 */
export function adamW(
  p: Float64Array,
  g: Float64Array,
  m: Float64Array,
  v: Float64Array,
  settings: AdamWSettings,
): { p: Float64Array; m: Float64Array; v: Float64Array } {
  const { learningRate, beta1, beta2, eps, weightDecay, step } = settings;
  const clipped = g.map((x) => x * settings.clipScale);
  const newM = m.map((x, i) => beta1 * x + (1 - beta1) * clipped[i]!);
  const newV = v.map((x, i) => beta2 * x + (1 - beta2) * clipped[i]! ** 2);
  const newP = p.map((x, i) => {
    const mHat = newM[i]! / (1 - beta1 ** step);
    const vHat = newV[i]! / (1 - beta2 ** step);
    return x * (1 - learningRate * weightDecay) - (learningRate * mHat) / (Math.sqrt(vHat) + eps);
  });
  return { p: newP, m: newM, v: newV };
}

/** sqrt(Σ g²). For several tensors: the norm of their norms. */
export function globalNorm(g: Float64Array): number {
  return Math.sqrt(g.reduce((sum, x) => sum + x * x, 0));
}

/** PyTorch's `clip_grad_norm_`: min(1, maxNorm / (norm + 1e-6)). */
export function clipScale(norm: number, maxNorm: number): number {
  return Math.min(1, maxNorm / (norm + 1e-6));
}
