/** A submit that takes longer makes the screen stutter, and drivers give up after seconds. */
const SECONDS_PER_SUBMIT = 0.1;
/** More submits than this cost more than they help. */
const MAX_PARTS = 64;

/** Into how many submits to split work that takes this long. */
export function submitParts(seconds: number): number {
  return Math.min(MAX_PARTS, Math.max(1, Math.ceil(seconds / SECONDS_PER_SUBMIT)));
}

/** A cautious guess before anything was measured: 0.3 GFLOP/s in software, 200 on a small GPU. */
export function expectedSeconds(flops: number, isFallbackAdapter: boolean): number {
  return flops / (isFallbackAdapter ? 3e8 : 2e11);
}
