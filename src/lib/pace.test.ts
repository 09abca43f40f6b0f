import { describe, expect, it } from "vitest";
import { StoryloomError } from "./errors";
import { Pace } from "./pace";

/** A loop of `milliseconds` of pure computing that follows the pace. */
async function work(pace: Pace<number>, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let rounds = 0;
  while (performance.now() < end) if (pace.due) await pace.breathe(++rounds);
  return rounds;
}

describe("Pace", () => {
  it("lets other tasks run every 50 ms and reports at most ten times a second", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const reports: number[] = [];
    await work(new Pace("It", { onProgress: () => reports.push(performance.now()) }), 400);
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(3);
    expect(reports.length).toBeGreaterThanOrEqual(2);
    for (let i = 1; i < reports.length; i++) {
      expect(reports[i]! - reports[i - 1]!).toBeGreaterThanOrEqual(99);
    }
  });

  it("stops with the problem `cancelled` when a later task aborts", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 5);
    const failure = await work(new Pace("Counting", { signal: controller.signal }), 5_000).catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(StoryloomError);
    expect((failure as StoryloomError).problem).toMatchObject({
      code: "cancelled",
      what: "Counting was cancelled.",
    });
  });

  it("does not start when it is cancelled already", () => {
    expect(() => new Pace("It", { signal: AbortSignal.abort() })).toThrow("It was cancelled.");
  });
});
