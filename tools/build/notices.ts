import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  name: string;
  version: string;
  license: string;
  /** Texts of its licence and notice files. */
  texts: string[];
}

/** Finds the package that a bundled module belongs to; null for our own code and the bundler's helpers. */
function packageOf(moduleId: string): Package | null {
  const file = moduleId.replace(/^\0/, "").replace(/\?.*$/, "");
  if (!file.includes("/node_modules/")) return null;
  for (let folder = dirname(file); folder.includes("/node_modules/"); folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (!existsSync(path)) continue;
    const { name, version, license } = JSON.parse(readFileSync(path, "utf8"));
    // A nested package.json that only says {"type": "module"} is no package.
    if (!name || !version) continue;
    const files = readdirSync(folder).filter((f) => /^(licen[cs]e|copying|notice)/i.test(f));
    const texts = files.sort().map((f) => readFileSync(join(folder, f), "utf8").trim());
    if (!license && texts.length === 0) throw new Error(`${name} states no licence`);
    return { name, version, license: license ?? "see below", texts };
  }
  return null;
}

/**
 * Collects the licences of every package whose code ends up in the build, the workers' bundles included, and
 * writes them to THIRD-PARTY-NOTICES.txt, with our own licence beside it.
 *
 * @returns `collect` for the page's and the workers' plugins, `emit` for the page's plugins, after `collect`:
 * workers are bundled while the page is, so the page's `generateBundle` comes last.
 */
export function thirdPartyNotices(): { collect: () => Plugin; emit: () => Plugin } {
  const packages = new Map<string, Package>();
  return {
    collect: () => ({
      name: "storyloom:collect-licences",
      apply: "build",
      generateBundle(_, bundle) {
        for (const output of Object.values(bundle)) {
          if (output.type !== "chunk") continue;
          for (const [id, module] of Object.entries(output.modules)) {
            const found = module.renderedLength > 0 ? packageOf(id) : null;
            if (found) packages.set(`${found.name}@${found.version}`, found);
          }
        }
      },
    }),
    emit: () => ({
      name: "storyloom:emit-notices",
      apply: "build",
      generateBundle() {
        const sections = [...packages.keys()].sort().map((key) => {
          const { name, version, license, texts } = packages.get(key)!;
          return [`${name} ${version} (${license})`, ...texts].join("\n\n");
        });
        const head = "Storyloom's build contains code of these packages, under their licences:";
        this.emitFile({
          type: "asset",
          fileName: "THIRD-PARTY-NOTICES.txt",
          source: `${[head, ...sections].join(`\n\n${"-".repeat(80)}\n\n`)}\n`,
        });
        this.emitFile({ type: "asset", fileName: "LICENSE.txt", source: readFileSync("LICENSE") });
      },
    }),
  };
}
