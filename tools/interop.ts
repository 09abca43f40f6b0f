/**
 * `npm run test:interop`: holds our files against other implementations (PyTorch, Transformers, SentencePiece,
 * safetensors), in a Python virtual environment of its own in .venv. Arguments go to pytest.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aptInstall } from "./browser";
import { closingLine, judge, tallyPytest } from "./tally";

const root = join(import.meta.dirname, "..", "..");
const environment = join(root, ".venv");
const requirements = join(root, "tests", "interop", "requirements.txt");
const windows = process.platform === "win32";
const python = join(environment, windows ? "Scripts/python.exe" : "bin/python");
const report = join(root, "test-results", "reports", "interop.xml");

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status === 0;
}

/** Debian's Python comes without `venv` until its package is there. */
function makeEnvironment(): boolean {
  const make = () => run(windows ? "python" : "python3", "-m", "venv", environment);
  if (make()) return true;
  console.log("Python cannot make virtual environments here: asking the system's package manager.");
  return aptInstall("python3", "python3-venv") && make();
}

/** Installs what requirements.txt names, once for each state of it. */
function prepare(): boolean {
  const wanted = readFileSync(requirements, "utf8");
  const mark = join(environment, "installed.txt");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return true;
  rmSync(environment, { recursive: true, force: true });
  console.log("Making a Python environment in .venv. PyTorch is large: this takes a while.");
  if (!makeEnvironment()) return false;
  if (!run(python, "-m", "pip", "install", "--quiet", "-r", requirements)) return false;
  writeFileSync(mark, wanted);
  return true;
}

mkdirSync(join(report, ".."), { recursive: true });
rmSync(report, { force: true });
let status: number | null = 1;
if (prepare()) {
  const argv = ["-m", "pytest", "tests/interop", `--junit-xml=${report}`, ...process.argv.slice(2)];
  status = spawnSync(python, argv, { cwd: root, stdio: "inherit" }).status;
} else console.error("The Python environment could not be made: see above.");

const read = existsSync(report) ? tallyPytest(readFileSync(report, "utf8")) : null;
const result = judge(read, status);
console.log(`\n${closingLine(result)}`);
process.exit(result.failed === 0 ? 0 : 1);
