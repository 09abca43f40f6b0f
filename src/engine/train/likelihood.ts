import { Ranking } from "./ranking";

/** How likely the model itself found tokens: at temperature 1, with nothing penalized or cut off. */
export interface Likelihood {
  /** Of the token that was chosen. */
  probability: number;
  /** The likeliest tokens, the likeliest first; the chosen one may be among them. */
  likeliest: { id: number; probability: number }[];
}

/**
 * @param logits [vocab]
 * @param chosen a token id
 * @param count how many of the likeliest to name
 */
export function likelihood(logits: Float32Array, chosen: number, count: number): Likelihood {
  const ranking = new Ranking(logits);
  const largest = logits[ranking.top!]!;
  let total = 0;
  for (let i = 0; i < logits.length; i++) total += Math.exp(logits[i]! - largest);
  const probabilityOf = (id: number) => Math.exp(logits[id]! - largest) / total;
  const likeliest = [];
  for (const id of ranking) {
    if (likeliest.length >= count) break;
    likeliest.push({ id, probability: probabilityOf(id) });
  }
  return { probability: probabilityOf(chosen), likeliest };
}
