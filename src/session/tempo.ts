/** Weight of the newest step in the running mean. */
const NEWEST = 0.1;

/** How long a step takes: a running mean of the time between two finished steps. */
export class Tempo {
  private last: number | null = null;
  private mean = 0;

  /** 0 until two steps have finished. */
  get secondsPerStep(): number {
    return this.mean;
  }

  /**
   * @param now milliseconds
   * @returns seconds that this step took; 0 where it cannot be told
   */
  finished(now: number): number {
    const { last } = this;
    this.last = now;
    if (last === null) return 0;
    const seconds = (now - last) / 1000;
    this.mean = this.mean === 0 ? seconds : this.mean + NEWEST * (seconds - this.mean);
    return seconds;
  }

  /** Something else took time: the next step is measured from its own end. */
  rest(): void {
    this.last = null;
  }
}
