import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, type Sources, violations } from "./imports";

const root = join(import.meta.dirname, "..");

/** Every file that imports or is imported: sources, style sheets, shaders, data. */
function repository(): Sources {
  const sources: Sources = new Map();
  const add = (path: string) => {
    const isCode = /\.tsx?$/.test(path);
    sources.set(path, isCode ? readFileSync(join(root, path), "utf8") : "");
  };
  for (const folder of ["src", "shaders", "tools", "tests", "e2e"]) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const inside = join(entry.parentPath, entry.name).slice(root.length + 1);
      add(inside.replaceAll("\\", "/"));
    }
  }
  for (const file of readdirSync(root)) if (/\.(config\.ts|json)$/.test(file)) add(file);
  return sources;
}

describe("imports go one way", () => {
  it("in this repository", () => {
    const sources = repository();
    expect(sources.size).toBeGreaterThan(50);
    expect(violations(sources)).toEqual([]);
  });

  /** A small repository in which everything is allowed, for planting one wrong file into. */
  const good: [string, string][] = [
    ["src/lib/rng.ts", ""],
    ["src/text/corpus.ts", `import { rng } from "../lib/rng";`],
    ["src/formats/model.ts", `import { corpus } from "../text/corpus"; import Pbf from "pbf";`],
    ["shaders/add.wgsl", ""],
    ["src/engine/kernels/add.ts", `import source from "../../../shaders/add.wgsl?raw";`],
    ["src/engine/model/config.ts", ""],
    ["src/engine/model/forward.ts", `import { add } from "../kernels/add";`],
    ["src/session/session.ts", `import { forward } from "../engine/model/forward";`],
    ["src/worker/api.ts", `import type { Config } from "../engine/model/config";`],
    ["src/worker/trainer.ts", `import { Session } from "../session/session";`],
    ["src/worker/client.ts", `import url from "./trainer?worker&url";`],
    ["src/store/run.ts", `import { trainer } from "../worker/client";`],
    ["src/ui/app.tsx", `import { run } from "../store/run"; import "./app.css";`],
    ["src/ui/app.css", ""],
    ["src/main.tsx", `import { App } from "./ui/app";`],
    ["tools/train.ts", `import { Session } from "../src/session/session";`],
    ["vite.config.ts", `import { csp } from "./tools/train.ts";`],
  ];
  const plant = (path: string, code: string) =>
    violations(new Map([...good, [path, code] as [string, string]]));

  it("which the small example does", () => {
    expect(violations(new Map(good))).toEqual([]);
  });

  it.each([
    ["src/lib/bad.ts", `import { corpus } from "../text/corpus";`],
    ["src/text/bad.ts", `export * from "../formats/model";`],
    ["src/formats/bad.ts", `import type { Config } from "../engine/model/config";`],
    ["src/engine/model/bad.ts", `import source from "../../../shaders/add.wgsl?raw";`],
    ["src/engine/bad.ts", `const s = await import("../session/session");`],
    ["src/session/bad.ts", `import { api } from "../worker/api";`],
    ["src/store/bad.ts", `import { forward } from "../engine/model/forward";`],
    ["src/store/bad.ts", `import { model } from "../formats/model";`],
    ["src/ui/bad.tsx", `const url = new URL("../worker/trainer.ts", import.meta.url);`],
    ["src/ui/bad.tsx", `import url from "../worker/trainer?worker&url";`],
    ["src/worker/bad.ts", `import { run } from "../store/run";`],
    ["src/worker/bad.ts", `let t: import("../../tools/train").Train;`],
    ["src/engine/bad.ts", `import { readFileSync } from "node:fs";`],
    ["src/session/bad.ts", `import { wrap } from "comlink";`],
    ["src/lib/bad.ts", `import "./no-such-file";`],
    ["tools/bad.ts", `import source from "../shaders/add.wgsl?raw";`],
    ["tools/bad.ts", `import { client } from "../src/worker/client";`],
  ])("and %s with %s does not", (path, code) => {
    expect(plant(path, code)).toHaveLength(1);
  });

  it("and a circle is none, even of types", () => {
    const circle = plant("src/lib/rng.ts", `import type { T } from "./b"; import "./b";`);
    expect(circle).toContain("src/lib/rng.ts imports ./b, which is no file");
    const sources = new Map(good).set("src/lib/rng.ts", `import type { T } from "./other";`);
    sources.set("src/lib/other.ts", `export { x } from "./rng";`);
    expect(violations(sources)).toEqual([
      "circle: src/lib/rng.ts > src/lib/other.ts > src/lib/rng.ts",
    ]);
  });

  it("but types of formats may reach the page", () => {
    const types = `import type { Model } from "../formats/model"; import { type B } from "../formats/model";`;
    expect(plant("src/store/good.ts", types)).toEqual([]);
  });
});

describe("importsOf", () => {
  it("sees every kind of import, and nothing in comments and strings", () => {
    const code = [
      `import a from "./a?raw";`,
      `import type { B } from "./b";`,
      `export { c } from "./c";`,
      `export type { D } from "./d";`,
      "const e = import(`./e`);",
      `type F = import("./f").F;`,
      `const g = new URL("./g.js", import.meta.url);`,
      `// import "./no";`,
      `const no = 'import "./no"'; const url = new URL("./no", document.baseURI);`,
    ].join("\n");
    expect(importsOf("x.ts", code)).toEqual([
      { specifier: "./a", typesOnly: false },
      { specifier: "./b", typesOnly: true },
      { specifier: "./c", typesOnly: false },
      { specifier: "./d", typesOnly: true },
      { specifier: "./e", typesOnly: false },
      { specifier: "./f", typesOnly: true },
      { specifier: "./g.js", typesOnly: false },
    ]);
  });

  it("refuses an import that no reader can follow", () => {
    expect(() => importsOf("x.ts", "import(name)")).toThrow("not a plain string");
  });
});
