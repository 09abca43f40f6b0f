import type { Rng } from "../../lib/rng";
import { Ranking } from "./ranking";

/** Field names and meanings are Hugging Face's `GenerationConfig`. */
export interface SampleSettings {
  /** 0 takes the likeliest token. */
  temperature: number;
  /** Only this many of the likeliest tokens; 0 switches it off. */
  top_k: number;
  /** Only the likeliest tokens that together reach this probability; 1 switches it off. */
  top_p: number;
  /** Only tokens with at least this share of the likeliest one's probability; 0 switches it off. */
  min_p: number;
  /** Scores of tokens that came before are cut by this factor; 1 switches it off. */
  repetition_penalty: number;
}

/** What a token is drawn from. */
export interface Choices {
  /** The likeliest first, equal ones by id. */
  ids: number[];
  /** One for each id; they sum to 1. */
  probabilities: number[];
}

/**
 * The tokens that may come next, in the order of Hugging Face's processors: repetition penalty
 * (CTRL, arXiv 1909.05858), temperature, top-k, nucleus (top-p, arXiv 1904.09751), min-p (arXiv
 * 2407.01082). As there, tokens equal to the last of the top k stay with it, and the token that
 * crosses top_p belongs to the nucleus. Where the border of the nucleus runs through equal tokens, the
 * lower ids stay; Hugging Face leaves that to the sort.
 *
 * @param logits [vocab]
 * @param seen ids of the sequence so far
 */
export function choicesOf(
  logits: Float32Array,
  settings: SampleSettings,
  seen: ReadonlySet<number>,
): Choices {
  const { temperature, top_k, top_p, min_p } = settings;
  const scores = penalized(logits, settings.repetition_penalty, seen);
  const ranking = new Ranking(scores);
  const likeliest = ranking.top!;
  if (temperature === 0) return { ids: [likeliest], probabilities: [1] };
  const weightOf = (id: number) => Math.exp((scores[id]! - scores[likeliest]!) / temperature);

  const top = top_k > 0 && top_k < scores.length ? takeTop(ranking, scores, top_k) : null;
  let total = 0;
  const candidates = top?.length ?? scores.length;
  for (let i = 0; i < candidates; i++) total += weightOf(top ? top[i]! : i);

  const ids: number[] = [];
  const weights: number[] = [];
  let nucleus = 0;
  for (const id of top ?? ranking) {
    const weight = weightOf(id);
    // The likeliest token weighs 1. One that must not come, with −∞, weighs nothing.
    const cut = (top_p < 1 && nucleus >= top_p * total) || weight < min_p || weight === 0;
    if (ids.length > 0 && cut) break;
    ids.push(id);
    weights.push(weight);
    nucleus += weight;
  }
  return { ids, probabilities: weights.map((weight) => weight / nucleus) };
}

/** Draws the next token with one random number, so that a story can be gone on with from its seed. */
export function sampleToken(
  logits: Float32Array,
  settings: SampleSettings,
  seen: ReadonlySet<number>,
  rng: Rng,
): number {
  const { ids, probabilities } = choicesOf(logits, settings, seen);
  let draw = rng.next();
  for (const [i, id] of ids.entries()) {
    draw -= probabilities[i]!;
    if (draw < 0) return id;
  }
  // Rounding left a little of the draw.
  return ids.at(-1)!;
}

function penalized(
  logits: Float32Array,
  penalty: number,
  seen: ReadonlySet<number>,
): Float32Array | Float64Array {
  if (penalty === 1) return logits;
  const scores = Float64Array.from(logits);
  for (const id of seen) {
    const score = scores[id]!;
    scores[id] = score < 0 ? score * penalty : score / penalty;
  }
  return scores;
}

/** The likeliest `count` ids, and those that are as likely as the last of them. */
function takeTop(ranking: Ranking, scores: ArrayLike<number>, count: number): number[] {
  const taken: number[] = [];
  for (const id of ranking) {
    if (taken.length >= count && scores[id]! < scores[taken.at(-1)!]!) break;
    taken.push(id);
  }
  return taken;
}
