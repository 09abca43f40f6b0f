import { expect, test } from "vitest";
import { neverUsed, vocabularyRows } from "./vocabulary-rows";

const pieces = ["<unk>", "<s>", "</s>", "<0x0A>", "▁the", "The", "▁a", "he", "7"];
const counts = Uint32Array.from([0, 4, 4, 0, 9, 2, 4, 1, 0]);

test("finds pieces by any part, whatever the case, a space for the mark of one, and an id", () => {
  const find = (search: string) => vocabularyRows(pieces, search, "id", null);
  expect(find("")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(find("the")).toEqual([4, 5]);
  expect(find(" THE")).toEqual([4]);
  expect(find("0x0a")).toEqual([3]);
  expect(find("7")).toEqual([7, 8]);
  expect(find("zebra")).toEqual([]);
});

test("sorts by id and by count, both ways, equal counts by id", () => {
  expect(vocabularyRows(pieces, "", "id-down", null)[0]).toBe(8);
  expect(vocabularyRows(pieces, "", "count-down", counts)).toEqual([4, 1, 2, 6, 5, 7, 0, 3, 8]);
  expect(vocabularyRows(pieces, "", "count", counts)).toEqual([0, 3, 8, 7, 5, 1, 2, 6, 4]);
});

test("says how many pieces never occur, and how many of those are bytes", () => {
  const types = pieces.map((piece) =>
    piece.startsWith("<0x") ? ("byte" as const) : ("normal" as const),
  );
  expect(neverUsed(counts, types)).toEqual({ all: 3, bytes: 1 });
});
