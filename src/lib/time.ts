/** Moments as people read them. Always English, as the page is. */

const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** Date and time of day. @param at milliseconds since 1970 */
export function formatMoment(at: number): string {
  return moment.format(at);
}

/** How long ago that was, in the largest unit of which there is one: `5 minutes ago`, `just now`. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.max(0, now - at) / 1000;
  const fitting = units.find(([, size]) => seconds >= size);
  if (fitting === undefined) return "just now";
  const [unit, size] = fitting;
  return relative.format(-Math.floor(seconds / size), unit);
}
