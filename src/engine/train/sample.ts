import type { Rng } from "../../lib/rng";

/** Field names and meanings are Hugging Face's `GenerationConfig`. */
export interface SampleSettings {
  /** 0 takes the likeliest token. */
  temperature: number;
  /** Only this many of the likeliest tokens; 0 switches it off. */
  top_k: number;
  /** Only the likeliest tokens that together reach this probability; 1 switches it off. */
  top_p: number;
}

/**
 * Draws the next token: temperature, then top-k, then nucleus (top-p, arXiv 1904.09751).
 * Equal logits rank by token id, so that a seed gives the same story everywhere.
 */
export function sampleToken(logits: Float32Array, settings: SampleSettings, rng: Rng): number {
  if (settings.temperature === 0) return argmax(logits);
  const ranked = Uint32Array.from(logits.keys()).sort((a, b) => logits[b]! - logits[a]! || a - b);
  const count = settings.top_k > 0 ? Math.min(settings.top_k, ranked.length) : ranked.length;
  const largest = logits[ranked[0]!]!;
  const weights = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    weights[i] = Math.exp((logits[ranked[i]!]! - largest) / settings.temperature);
    total += weights[i]!;
  }
  // The token that crosses top_p still belongs to the nucleus.
  let kept = 0;
  let nucleus = 0;
  while (kept < count && (kept === 0 || nucleus < settings.top_p * total)) {
    nucleus += weights[kept]!;
    kept += 1;
  }
  let draw = rng.next() * nucleus;
  for (let i = 0; i < kept; i++) {
    draw -= weights[i]!;
    if (draw < 0) return ranked[i]!;
  }
  return ranked[kept - 1]!;
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
