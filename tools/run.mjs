/**
 * Runs a command of this folder: `node tools/run.mjs train --steps 10` bundles tools/train.ts with Vite (which
 * knows `.wgsl?raw`) into dist-tools/train/, unless nothing changed since, and passes the arguments on and the
 * exit code back. Says nothing on stdout itself.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [name, ...args] = process.argv.slice(2);
const source = join(root, "tools", `${name}.ts`);
if (!name || !existsSync(source)) {
  console.error(`There is no command tools/${name}.ts.`);
  process.exit(2);
}

/** Changes whenever a file that a tool may be made of is edited, added or removed. */
function fingerprint() {
  const hash = createHash("sha256");
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  };
  for (const folder of ["src", "shaders", "tools"]) {
    for (const file of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const path = join(root, folder, file);
      if (statSync(path).isFile()) add(path);
    }
  }
  add(join(root, "package-lock.json"));
  return hash.digest("hex");
}

const folder = join(root, "dist-tools", name);
const mark = join(folder, ".fingerprint");
const current = fingerprint();
if (!existsSync(mark) || readFileSync(mark, "utf8") !== current) {
  const { build } = await import("vite");
  // Built aside and then swapped in, so that a command that runs meanwhile never sees half of it.
  const aside = `${folder}.${process.pid}`;
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "silent",
    build: { ssr: source, outDir: aside, target: "node20", minify: false, sourcemap: true },
  });
  writeFileSync(join(aside, ".fingerprint"), current);
  rmSync(folder, { recursive: true, force: true });
  renameSync(aside, folder);
}

const child = spawn(
  process.execPath,
  ["--enable-source-maps", join(folder, `${name}.js`), ...args],
  {
    stdio: "inherit",
  },
);
// Ctrl-C reaches the child by itself; whoever stops only this process means the command.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
