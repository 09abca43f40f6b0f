/**
 * `npm test`: unit tests, kernel tests on each software driver here, end-to-end tests on the built site; with a
 * name (`unit`, `kernels`, `e2e`) only those. Ends with the total, and fails when anything failed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type AdapterChoice, adapterEnvironment, probeAdapter } from "./adapter";
import { ensureChromium, versionOf } from "./browser";
import { closingLine, judge, sum, type Tally, tallyPlaywright, tallyVitest } from "./tally";

const root = join(import.meta.dirname, "..", "..");
const reports = join(root, "test-results", "reports");
const require = createRequire(join(root, "package.json"));
const groups = ["unit", "kernels", "e2e"] as const;
type Group = (typeof groups)[number];

/** Runs a test runner and reads its report. */
function run<Report>(
  title: string,
  argv: string[],
  environment: Record<string, string>,
  report: string,
  tally: (report: Report) => Tally,
): Tally {
  console.log(`\n== ${title}`);
  rmSync(report, { force: true });
  const { status } = spawnSync(process.execPath, argv, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  const read = existsSync(report) ? (JSON.parse(readFileSync(report, "utf8")) as Report) : null;
  const result = judge(read && tally(read), status);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  console.log(`${title}: ${result.passed} of them passed, ${result.failed} failed${skipped}.`);
  return result;
}

function vitest(title: string, project: string, environment: Record<string, string>): Tally {
  const report = join(reports, `${title.replace(/\W+/g, "-")}.json`);
  const argv = [
    join(require.resolve("vitest/package.json"), "..", "vitest.mjs"),
    ...["run", "--project", project, "--reporter=default", "--reporter=json"],
    `--outputFile.json=${report}`,
  ];
  return run(title, argv, environment, report, tallyVitest);
}

function kernels(choice: AdapterChoice): Tally {
  const environment = { ...adapterEnvironment(choice), STORYLOOM_ADAPTER: choice };
  return vitest(`Kernel tests on ${choice}`, "kernels", environment);
}

function allKernels(): Tally[] {
  if (process.platform !== "linux") return [kernels("native")];
  const results = [kernels("swiftshader")];
  const lavapipe = probeAdapter("lavapipe");
  if (lavapipe) results.push(kernels("lavapipe"));
  else
    console.log("\n== Kernel tests on lavapipe: skipped, Mesa 25 or newer is not installed here.");
  return results;
}

function endToEnd(executable: string): Tally {
  const report = join(reports, "e2e.json");
  return run(
    "End-to-end tests",
    [require.resolve("@playwright/test/cli"), "test", "--reporter=list,json"],
    { STORYLOOM_CHROMIUM: executable, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    report,
    tallyPlaywright,
  );
}

const wanted = process.argv.slice(2) as Group[];
const unknown = wanted.filter((group) => !groups.includes(group));
if (unknown.length > 0) {
  console.error(`No such tests: ${unknown.join(", ")}. There are: ${groups.join(", ")}.`);
  process.exit(2);
}
const wants = (group: Group) => wanted.length === 0 || wanted.includes(group);

mkdirSync(reports, { recursive: true });
const results: Tally[] = [];
// The browser first: it brings the software driver of the kernel tests.
let chromium: string | null = null;
if (wants("kernels") || wants("e2e")) {
  try {
    chromium = await ensureChromium();
    console.log(`Browser: ${versionOf(chromium)}`);
  } catch (thrown) {
    console.error((thrown as Error).message);
  }
}
if (wants("unit")) results.push(vitest("Unit tests", "unit", {}));
if (wants("kernels")) results.push(...allKernels());
if (wants("e2e")) results.push(chromium ? endToEnd(chromium) : judge(null, null));

const total = sum(results);
console.log(`\n${closingLine(total)}`);
process.exit(total.failed === 0 ? 0 : 1);
