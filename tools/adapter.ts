/**
 * Which graphics driver Dawn uses in Node. On Linux Dawn goes through the Vulkan loader, which reads its
 * driver from the environment, once a process: so the choice is made before Dawn starts, and other drivers are
 * tried in child processes.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { chromiumFolders } from "./browser";

/** `native`: what the system offers; the other two: that software driver and no other. */
export type AdapterChoice = "native" | "lavapipe" | "swiftshader";

function findSwiftShader(): string | undefined {
  return chromiumFolders()
    .map((folder) => join(folder, "vk_swiftshader_icd.json"))
    .find(existsSync);
}

function findLavapipe(): string | undefined {
  for (const folder of [
    "/usr/share/vulkan/icd.d",
    "/usr/local/share/vulkan/icd.d",
    "/etc/vulkan/icd.d",
  ]) {
    const file = existsSync(folder) && readdirSync(folder).find((f) => /^lvp_icd.*\.json$/.test(f));
    if (file) return join(folder, file);
  }
  return undefined;
}

function hasVulkanLoader(): boolean {
  const folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64"];
  if (process.arch === "x64") folders.push("/usr/lib/x86_64-linux-gnu");
  if (process.arch === "arm64") folders.push("/usr/lib/aarch64-linux-gnu");
  return folders.some((folder) => existsSync(join(folder, "libvulkan.so.1")));
}

/**
 * The environment that makes a new process use a driver; null where the driver is not installed.
 * `LD_LIBRARY_PATH` is part of it when the only Vulkan loader is the one that Chromium brings.
 */
export function adapterEnvironment(choice: AdapterChoice): Record<string, string> | null {
  if (choice === "native") return {};
  if (process.platform !== "linux") return null;
  const driver = choice === "swiftshader" ? findSwiftShader() : findLavapipe();
  if (!driver) return null;
  const environment: Record<string, string> = { VK_ICD_FILENAMES: driver };
  if (hasVulkanLoader()) return environment;
  const beside = chromiumFolders().find((folder) => existsSync(join(folder, "libvulkan.so.1")));
  if (!beside) return null;
  const paths = [process.env.LD_LIBRARY_PATH, beside].filter(Boolean);
  return { ...environment, LD_LIBRARY_PATH: paths.join(":") };
}

/** What an adapter says about itself. */
export interface ProbedAdapter {
  description: string;
  isFallbackAdapter: boolean;
}

const probe = `
  const { create } = await import("webgpu");
  const adapter = await create([]).requestAdapter();
  const { description, isFallbackAdapter } = adapter?.info ?? {};
  console.log(JSON.stringify(adapter && { description, isFallbackAdapter }));
  process.exit();`;

/** Asks a child process for the adapter of a driver; null where there is none, or Dawn refuses it. */
export function probeAdapter(choice: AdapterChoice): ProbedAdapter | null {
  const environment = adapterEnvironment(choice);
  if (!environment) return null;
  try {
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", probe], {
      cwd: dirname(import.meta.dirname),
      env: { ...process.env, ...environment },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    });
    const adapter = JSON.parse(output) as ProbedAdapter | null;
    if (choice !== "lavapipe" || !adapter) return adapter;
    // Dawn starts on older ones as well, but they compile some of our shaders wrongly or not at all.
    const major = Number(/Mesa (\d+)/.exec(adapter.description)?.[1] ?? 0);
    return major >= 25 ? adapter : null;
  } catch {
    return null;
  }
}

/** A GPU in the machine shows up as a device file; without one there is nothing to try natively. */
function mayHaveGpu(): boolean {
  const renderNode =
    existsSync("/dev/dri") && readdirSync("/dev/dri").some((f) => f.startsWith("render"));
  return renderNode || existsSync("/dev/nvidia0") || existsSync("/dev/dxg");
}

/**
 * The best driver here: a real GPU, else lavapipe (five to ten times as fast as SwiftShader), else SwiftShader.
 * The environment variable STORYLOOM_ADAPTER overrides it. Null where there is none.
 */
export function chooseAdapter(): AdapterChoice | null {
  const wanted = process.env.STORYLOOM_ADAPTER;
  if (wanted) {
    if (wanted !== "native" && wanted !== "lavapipe" && wanted !== "swiftshader") {
      throw new Error(`STORYLOOM_ADAPTER=${wanted}: choose native, lavapipe or swiftshader.`);
    }
    return wanted;
  }
  if (process.platform !== "linux") return "native";
  if (mayHaveGpu() && probeAdapter("native")?.isFallbackAdapter === false) return "native";
  return (["lavapipe", "swiftshader"] as const).find(probeAdapter) ?? null;
}
