/** Round numbers for the axes of charts. */

/** From the first round number at or below `from` to the first at or above `to`, about `count` of them. */
export function roundTicks(from: number, to: number, count: number): number[] {
  return multiples(roundStep((to - from) / count), from, to, "around");
}

/** The round numbers within `from` and `to`, about `count` of them; whole ones where `whole`. */
export function ticksWithin(from: number, to: number, count: number, whole = false): number[] {
  const step = roundStep((to - from) / count);
  return multiples(whole ? Math.max(1, step) : step, from, to, "within");
}

const SECOND_STEPS = [1, 2, 5, 10, 15, 30];
const MINUTE = 60;
const HOUR = 3600;

/** As `ticksWithin`, for seconds: steps are round in seconds, minutes or hours. */
export function timeTicksWithin(from: number, to: number, count: number): number[] {
  const wanted = (to - from) / count;
  const round = [1, MINUTE].flatMap((unit) => SECOND_STEPS.map((step) => step * unit));
  const hours = [1, 2, 3, 6, 12].map((step) => step * HOUR);
  const step = [...round, ...hours].find((step) => step >= wanted);
  if (wanted <= 0.5) return ticksWithin(from, to, count);
  return multiples(step ?? roundStep(wanted / (24 * HOUR)) * 24 * HOUR, from, to, "within");
}

/** Round numbers within `from` and `to`, both above 0, for an axis of logarithms. */
export function logTicksWithin(from: number, to: number, count: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  const decades = Math.log10(to / from);
  // Too little for round numbers of different decades: those of a plain axis do.
  if (decades < 0.7) return ticksWithin(from, to, count);
  const skip = Math.max(1, Math.ceil(decades / count));
  const within: number[] = [];
  for (let power = low; power <= high; power += skip) {
    for (const factor of decades > count / 2 ? [1] : decades > count / 3 ? [1, 3] : [1, 2, 5]) {
      const tick = tidy(factor * 10 ** power);
      if (tick >= from && tick <= to) within.push(tick);
    }
  }
  return within;
}

/** 1, 2 or 5 times a power of ten, at or above `step`; 1 for what is no step. */
function roundStep(step: number): number {
  if (!(step > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  return tidy([1, 2, 5, 10].find((factor) => factor * power >= step * 0.999_999)! * power);
}

function multiples(step: number, from: number, to: number, where: "around" | "within"): number[] {
  const [down, up] = where === "around" ? [Math.floor, Math.ceil] : [Math.ceil, Math.floor];
  // A value that is a multiple but for its last bits is one.
  const first = down(from / step + (where === "around" ? 1e-9 : -1e-9));
  const last = up(to / step + (where === "around" ? -1e-9 : 1e-9));
  const ticks: number[] = [];
  for (let i = first; i <= last; i++) ticks.push(tidy(i * step));
  return ticks;
}

/** Without the last bits that multiplying leaves: 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
