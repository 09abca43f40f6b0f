import { expect, test } from "vitest";
import { withPiece } from "./telling";

test("pieces join into one part, and a shift of the context begins another", () => {
  const pieces = [
    { text: "Once", shifted: false },
    { text: " upon", shifted: false },
    { text: " a", shifted: true },
    { text: " time", shifted: false },
  ];
  expect(pieces.reduce(withPiece, [])).toEqual([
    { text: "Once upon", shifted: false },
    { text: " a time", shifted: true },
  ]);
});
