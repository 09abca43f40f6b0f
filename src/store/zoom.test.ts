import fc from "fast-check";
import { expect, test } from "vitest";
import { panBy, type Range, visibleRange, zoomBy, zoomTo } from "./zoom";

test("a part that ends at the run's end goes on with it, another stays", () => {
  expect(visibleRange(zoomTo(80, 100, 100), 150)).toEqual([130, 150]);
  expect(visibleRange(zoomTo(50, 30, 100), 150)).toEqual([30, 50]);
  expect(zoomTo(0, 100, 100)).toBeNull();
  expect(visibleRange(null, 150)).toEqual([0, 150]);
});

test("zooming keeps the place under the pointer, and zooming out far is the whole run", () => {
  expect(visibleRange(zoomBy([0, 100], 100, 0.5, 20), 100)).toEqual([10, 60]);
  expect(visibleRange(zoomBy([10, 60], 100, 0.1, 60), 100)).toEqual([55, 60]);
  expect(zoomBy([55, 60], 100, 100, 58)).toBeNull();
});

test("panning keeps the width and stops at both ends", () => {
  expect(visibleRange(panBy([10, 30], 100, 0.25), 100)).toEqual([15, 35]);
  expect(visibleRange(panBy([10, 30], 100, -1), 100)).toEqual([0, 20]);
  expect(panBy([10, 30], 100, 9)).toEqual({ from: 80, to: 100, follow: true });
});

test("whatever is asked for, a part of the run is shown", () => {
  const place = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const end = fc.double({ min: 0.01, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      place,
      place,
      end,
      fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
      (a, b, end, factor) => {
        const expectPart = ([from, to]: Range) => {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(end * (1 + 1e-9));
        };
        const part = visibleRange(zoomTo(a, b, end), end);
        expectPart(part);
        const [from, to] = part;
        expectPart(visibleRange(zoomBy(part, end, factor, from + 0.3 * (to - from)), end));
        expectPart(visibleRange(panBy(part, end, a / 1e5), end));
      },
    ),
    { seed: 1, numRuns: 1_000 },
  );
});
