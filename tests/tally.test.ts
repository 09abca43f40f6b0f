import { describe, expect, it } from "vitest";
import { closingLine, judge, sum, tallyPlaywright, tallyPytest, tallyVitest } from "../tools/tally";

const green = { passed: 7, failed: 0, skipped: 1 };

describe("the closing line of npm test", () => {
  it("adds up both runners", () => {
    const vitest = tallyVitest({
      numPassedTests: 5,
      numFailedTests: 2,
      numPendingTests: 1,
      numTodoTests: 1,
    });
    const playwright = tallyPlaywright({
      stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 },
    });
    const total = sum([vitest, playwright]);
    expect(total).toEqual({ passed: 8, failed: 4, skipped: 6 });
    expect(closingLine(total)).toBe("8 passed, 4 failed");
  });

  it("reads pytest's report", () => {
    const head = `<?xml version="1.0"?><testsuites name="pytest tests">`;
    const suite = `<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.0">`;
    expect(tallyPytest(head + suite)).toEqual({ passed: 4, failed: 3, skipped: 3 });
    expect(tallyPytest("")).toBeNull();
  });

  it("believes a runner that ran tests and ended well", () => {
    expect(judge(green, 0)).toEqual(green);
    expect(judge({ ...green, failed: 2 }, 1)).toEqual({ ...green, failed: 2 });
  });

  it("fails when a runner crashes, ends with an unexplained error, or runs no test", () => {
    expect(judge(null, 0).failed).toBe(1);
    expect(judge(null, null).failed).toBe(1);
    expect(judge(green, 1).failed).toBe(1);
    expect(judge(green, null).failed).toBe(1);
    expect(judge({ passed: 0, failed: 0, skipped: 9 }, 0).failed).toBe(1);
  });
});
