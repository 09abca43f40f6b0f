import { expect, test } from "vitest";
import { formatAgo, formatMoment } from "./time";

const now = Date.UTC(2026, 0, 15, 12, 30);

test.each([
  [0, "just now"],
  [59_999, "just now"],
  [60_000, "1 minute ago"],
  [3_599_999, "59 minutes ago"],
  [3_600_000, "1 hour ago"],
  [47 * 3_600_000, "yesterday"],
  [48 * 3_600_000, "2 days ago"],
  // A clock that was set back.
  [-5_000_000, "just now"],
])("%i ms earlier was “%s”", (earlier, words) => {
  expect(formatAgo(now - earlier, now)).toBe(words);
});

test("a moment has its date and time of day", () => {
  expect(formatMoment(now)).toMatch(/^Jan 1[456], 2026, \d+:30\s[AP]M$/);
});
