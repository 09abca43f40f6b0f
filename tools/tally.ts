/** Adds up what the test runners' JSON reports say. */

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Of `vitest --reporter=json`. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
}

/** Of Playwright's `json` reporter. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

export function tallyVitest(report: VitestReport): Tally {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** A test that passed only when repeated is a failure. */
export function tallyPlaywright({ stats }: PlaywrightReport): Tally {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/** Of pytest's `--junit-xml`. */
export function tallyPytest(xml: string): Tally | null {
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0];
  if (!suite) return null;
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count("errors") + count("failures");
  const skipped = count("skipped");
  return { passed: count("tests") - failed - skipped, failed, skipped };
}

/**
 * What a runner's exit adds to its report: one that ran nothing, wrote no report, or ended with an error that no
 * test accounts for (a file that does not load, a crash) counts as one failure.
 */
export function judge(tally: Tally | null, exitCode: number | null): Tally {
  if (!tally) return { passed: 0, failed: 1, skipped: 0 };
  const silent = tally.failed === 0 && (exitCode !== 0 || tally.passed === 0);
  return silent ? { ...tally, failed: 1 } : tally;
}

export function sum(tallies: Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The line that ends every test command. */
export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}
