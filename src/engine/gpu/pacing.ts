/** A submit that takes longer makes the screen stutter, and drivers give up after seconds. */
const SECONDS_PER_SUBMIT = 0.1;
/** More submits than this cost more than they help. */
const MAX_PARTS = 64;
/** FLOP/s before anything was measured, cautious: of a software adapter, and of a small GPU. */
const EXPECTED = { software: 3e8, gpu: 2e11 };

/** Into how many submits work is split on a GPU, by how fast the GPU has turned out to be. */
export class Pacing {
  private flopsPerSecond: number;

  constructor(isFallbackAdapter: boolean) {
    this.flopsPerSecond = isFallbackAdapter ? EXPECTED.software : EXPECTED.gpu;
  }

  /** Tells how long some work took; 0 seconds where that is not known. */
  measured(flops: number, seconds: number): void {
    if (seconds > 0) this.flopsPerSecond = flops / seconds;
  }

  parts(flops: number): number {
    const submits = Math.ceil(flops / this.flopsPerSecond / SECONDS_PER_SUBMIT);
    return Math.min(MAX_PARTS, Math.max(1, submits));
  }
}
