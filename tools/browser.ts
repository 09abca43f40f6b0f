/** Finds the browser of the end-to-end tests, and gets one if there is none. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const applications =
  process.platform === "darwin"
    ? [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ]
    : process.platform === "win32"
      ? [process.env.ProgramFiles, process.env["ProgramFiles(x86)"], process.env.LOCALAPPDATA]
          .filter((folder) => folder !== undefined)
          .map((folder) => join(folder, "Google/Chrome/Application/chrome.exe"))
      : [];

/** Browsers that Playwright downloaded on Linux: `chromium-1234/chrome-linux64/chrome` in its cache. */
function downloaded(): string[] {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), ".cache", "ms-playwright");
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache).filter((folder) => folder.startsWith("chromium-"));
  return versions
    .sort()
    .reverse()
    .flatMap((version) => {
      const builds = readdirSync(join(cache, version)).filter((f) => f.startsWith("chrome-"));
      return builds.map((build) => join(cache, version, build, "chrome"));
    });
}

function candidates(): string[] {
  const chosen = process.env.STORYLOOM_CHROMIUM;
  if (chosen) return [chosen];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...applications, ...downloaded()].filter(existsSync);
}

/** Ubuntu's `chromium-browser` may be a note on where to get it, and a browser may lack libraries: ask it. */
function starts(executable: string): boolean {
  // On Windows `--version` would open a window.
  if (process.platform === "win32") return true;
  const { status, stdout } = spawnSync(executable, ["--version"], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return status === 0 && /Chrom/.test(stdout);
}

/** The first Chromium or Chrome that starts: STORYLOOM_CHROMIUM, the system's, then Playwright's own. */
export async function findChromium(): Promise<string | null> {
  const found = candidates().find(starts);
  if (found) return found;
  // Only Playwright knows where it keeps its own on macOS and Windows.
  const { chromium } = await import("@playwright/test");
  const own = chromium.executablePath();
  return existsSync(own) && starts(own) ? own : null;
}

/** The folders of the installed browsers, where SwiftShader and a Vulkan loader lie. */
export function chromiumFolders(): string[] {
  const folders = candidates().map((executable) => dirname(realpathSync(executable)));
  // Where the command on the PATH is a script that starts the browser from elsewhere.
  const usual = ["/usr/lib/chromium", "/usr/lib/chromium-browser", "/opt/google/chrome"];
  return [...new Set([...folders, ...usual])].filter(existsSync);
}

function succeeds(command: string, args: string[]): boolean {
  console.log(`Running: ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}

/** Installs Debian packages, as root or through a sudo that asks nothing. */
export function aptInstall(...packages: string[]): boolean {
  if (process.platform !== "linux" || spawnSync("apt-get", ["--version"]).status !== 0)
    return false;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync("sudo", ["-n", "true"]).status !== 0) return false;
  const prefix = root ? ["env"] : ["sudo", "-n", "env"];
  const apt = [...prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"];
  const run = (...args: string[]) => succeeds(apt[0]!, [...apt.slice(1), ...args]);
  return run("update") && run("install", "--no-install-recommends", ...packages);
}

/**
 * The browser of the end-to-end tests; gets one when there is none: Playwright's own, else the system's package
 * manager. Says what it does.
 *
 * @throws when there is no way.
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found) return found;
  console.log("No Chromium or Chrome is installed: getting Playwright's.");
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");
  succeeds(process.execPath, [playwright, "install", "chromium"]);
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  console.log("That did not work: asking the system's package manager for one.");
  aptInstall("chromium", "libvulkan1");
  const installed = await findChromium();
  if (installed) return installed;
  throw new Error(
    "The tests need Chromium or Chrome, and none could be installed. Install one and try again; " +
      "STORYLOOM_CHROMIUM may name its program file.",
  );
}

/** The browser's version line, to print. */
export function versionOf(executable: string): string {
  if (process.platform === "win32") return executable;
  const output = execFileSync(executable, ["--version"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return `${output.trim()} (${executable})`;
}
