/** Numbers as people read them. Always English, as the page is. */

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** `1234567` → `1,234,567`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** Bytes in decimal units with three digits, as file managers show them: `151_200_000` → `151 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Seconds as the two largest units that say something: `3_725` → `1 h 2 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown";
  if (seconds < 9.95) return `${Math.max(seconds, 0).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A share of one: `0.05` → `5%`, `0.0512` → `5.1%`. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}

/** A learning rate or the like, with three digits: `0.0012`, `4.5e-7`. */
export function formatSmall(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** For the end of an axis: `1234567` → `1.23M`; `step` is between two of its numbers, and tells the digits. */
export function formatCompact(value: number, step = value): string {
  const unit = 10 ** (3 * Math.floor(Math.log10(Math.max(1, Math.abs(value))) / 3));
  const digits = Math.max(0, Math.ceil(Math.log10(unit / step) - 1e-9));
  const maximumFractionDigits = step === value ? 1 : Math.min(digits, 6);
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits }).format(value);
}

const MINUTE = 60;

/** Seconds as a clock shows them: `3_725` → `1:02:05`, `65` → `1:05`; below a minute `5 s`. */
export function formatClock(seconds: number): string {
  if (seconds < MINUTE) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(seconds);
  const two = (part: number) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / MINUTE) % MINUTE];
  const tail = `${two(whole % MINUTE)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** Floating-point operations a second: `1.2e9` → `1.2 GFLOP/s`. */
export function formatFlops(perSecond: number): string {
  const [unit, size] = perSecond >= 999.5e9 ? ["TFLOP/s", 1e12] : ["GFLOP/s", 1e9];
  const value = perSecond / (size as number);
  return `${value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3))} ${unit}`;
}

/** A probability: `0.3412` → `34%`, `0.0213` → `2.1%`; what would round to nothing is `< 0.1%`. */
export function formatProbability(probability: number): string {
  if (probability < 0.001) return "< 0.1%";
  return probability < 0.1 ? formatShare(probability) : `${Math.round(probability * 100)}%`;
}

/** A wait: `0.0124` → `12 ms`, from a second on as a duration. */
export function formatWait(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : formatDuration(seconds);
}

/** `1` → `1 token`, `1200` → `1,200 tokens`. */
export function formatTokens(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "token" : "tokens"}`;
}
