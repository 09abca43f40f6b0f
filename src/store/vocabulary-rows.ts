/** Which pieces the tokenizer view shows, and in which order: pure. */
import type { PieceType } from "../worker/api";

export type VocabularyOrder = "id" | "id-down" | "count" | "count-down";

/**
 * Ids of the pieces that a search finds, sorted. A space in the search finds `▁`; a number finds the
 * piece with that id as well. Pieces of equal count stay in the order of their ids.
 */
export function vocabularyRows(
  pieces: readonly string[],
  search: string,
  order: VocabularyOrder,
  counts: Uint32Array | null,
): number[] {
  const wanted = search.toLowerCase().replaceAll(" ", "▁");
  const rows: number[] = [];
  for (let id = 0; id < pieces.length; id++) {
    const found = pieces[id]!.toLowerCase().includes(wanted) || String(id) === wanted;
    if (wanted === "" || found) rows.push(id);
  }
  if (order === "id-down") rows.reverse();
  if (counts !== null && order === "count") rows.sort((a, b) => counts[a]! - counts[b]!);
  if (counts !== null && order === "count-down") rows.sort((a, b) => counts[b]! - counts[a]!);
  return rows;
}

/** How many pieces never occur, and how many of them are there only so that any text can be spelled. */
export function neverUsed(
  counts: Uint32Array,
  types: readonly PieceType[],
): { all: number; bytes: number } {
  const found = { all: 0, bytes: 0 };
  for (let id = 0; id < counts.length; id++) {
    if (counts[id] !== 0) continue;
    found.all += 1;
    if (types[id] === "byte") found.bytes += 1;
  }
  return found;
}
