import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const read = (name: string) => readFileSync(join(import.meta.dirname, "..", name), "utf8");

describe("the packages", () => {
  it("are named with exact versions", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const versions = Object.values<string>({ ...dependencies, ...devDependencies });
    expect(versions.length).toBeGreaterThan(20);
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("are locked by checksum, without addresses to download from", () => {
    const text = read("package-lock.json");
    expect(text).not.toContain("resolved");
    expect(text).not.toMatch(/:\/\/[^"]*\.tgz/);
    const { packages } = JSON.parse(text) as { packages: Record<string, { integrity?: string }> };
    const locked = Object.entries(packages).filter(([path]) => path !== "");
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { integrity }] of locked) expect(integrity, path).toMatch(/^sha512-/);
  });

  // npm leaves out what it could not find when it wrote the lock file, and then `npm ci` refuses the file.
  it("are locked for every platform", () => {
    interface Locked {
      optionalDependencies?: Record<string, string>;
    }
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, Locked>;
    };
    for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
      for (const name of Object.keys(optionalDependencies)) {
        const places = [`node_modules/${name}`, `${path}/node_modules/${name}`];
        expect(
          places.some((place) => place in packages),
          `${path} without ${name}`,
        ).toBe(true);
      }
    }
  });
});
