/**
 * Which file imports which, and which of those imports DESIGN.md forbids ("Imports go one way"). Works on source
 * text, so that a planted violation can be tested without touching the repository.
 */
import { posix } from "node:path";
import { parseSync } from "vite";

export interface Import {
  /** As written, without the bundler's query (`?raw`, `?worker&url`). */
  specifier: string;
  /** Only types come over: nothing is left of it when the program runs. */
  typesOnly: boolean;
}

/** Repository paths with forward slashes, and their text (empty for files that import nothing). */
export type Sources = Map<string, string>;

interface Node {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function stringOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return null;
  const quasis = node.quasis as { value: { cooked: string } }[];
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? null) : null;
}

function isTypesOnly(node: Node): boolean {
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const names = (node.specifiers ?? []) as Node[];
  return names.length > 0 && names.every((n) => n.importKind === "type" || n.exportKind === "type");
}

/** The module that one syntax node brings in, as `[specifier node, types only]`. */
function importIn(node: Node): [unknown, boolean] | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node.source ? [node.source, isTypesOnly(node)] : null;
    case "ImportExpression":
      return [node.source, false];
    case "TSImportType":
      return [node.source ?? node.argument, true];
    case "NewExpression": {
      // new URL("./x", import.meta.url): how a bundler is told of a worker or an asset.
      const [first, second] = node.arguments as Node[];
      const isUrl = isNode(node.callee) && node.callee.name === "URL";
      const here =
        second?.type === "MemberExpression" && isNode(second.object) ? second.object : null;
      // An address put together as the program runs is data that it reads, not a module.
      return isUrl && here?.type === "MetaProperty" && stringOf(first) ? [first, false] : null;
    }
    default:
      return null;
  }
}

/** Every import of a TypeScript file: static, dynamic, re-exported, `import("x").T`, `new URL(…, import.meta.url)`. */
export function importsOf(path: string, code: string): Import[] {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found: Import[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value)) return;
    const [source, typesOnly] = importIn(value) ?? [];
    const specifier = stringOf(source);
    if (specifier)
      found.push({ specifier: specifier.replace(/\?.*$/, ""), typesOnly: typesOnly === true });
    else if (source) throw new Error(`${path} imports what is not a plain string`);
    for (const field of Object.values(value)) visit(field);
  };
  visit(program);
  return found;
}

/** The file that a relative specifier means; null when there is none. */
function resolve(from: string, specifier: string, sources: Sources): string | null {
  const base = posix.join(posix.dirname(from), specifier);
  const endings = ["", ".ts", ".tsx", ".d.ts", "/index.ts"];
  return endings.map((ending) => base + ending).find((path) => sources.has(path)) ?? null;
}

/** Folders that know nothing of a browser, React or Node. */
const pure = ["lib", "text", "formats", "engine", "session"];
const purePackages = ["papaparse", "pbf", "valibot"];
const below = ["src/lib/", "src/text/", "src/formats/", "src/engine/", "src/session/"];
const shownToThePage = [
  "src/lib/",
  "src/worker/api.ts",
  "src/worker/client.ts",
  // Pure parts of the engine: they are numbers and rules alone.
  "src/engine/model/config.ts",
  "src/engine/model/limits.ts",
  "src/engine/model/validate.ts",
  "src/engine/train/schedule.ts",
];

/** What the files under a folder may import besides each other, the first match counting. */
const directions: { folder: string; may: string[]; mayTypes?: string[] }[] = [
  { folder: "src/lib/", may: [] },
  { folder: "src/text/", may: ["src/lib/"] },
  { folder: "src/formats/", may: ["src/lib/", "src/text/"] },
  { folder: "src/engine/kernels/", may: [...below.slice(0, 4), "shaders/"] },
  { folder: "src/engine/", may: below.slice(0, 3) },
  { folder: "src/session/", may: below.slice(0, 4) },
  { folder: "src/storage/", may: below.slice(0, 3) },
  { folder: "src/worker/", may: [...below, "src/storage/"] },
  { folder: "src/store/", may: shownToThePage, mayTypes: ["src/formats/"] },
  { folder: "src/ui/", may: [...shownToThePage, "src/store/"], mayTypes: ["src/formats/"] },
  { folder: "src/", may: [...shownToThePage, "src/store/", "src/ui/"] },
  { folder: "tools/", may: below },
  // Tests and configurations look at everything but shaders.
  { folder: "tests/", may: ["src/", "tools/"] },
  { folder: "e2e/", may: ["src/", "tools/"] },
  { folder: "", may: ["tools/"] },
];

/** A test, or the helpers that only tests beside it use. */
const isTest = (path: string) => /(\.test|\/testing)\.tsx?$/.test(path);

function forbidden(from: string, to: string, typesOnly: boolean): boolean {
  const rule = directions.find(({ folder }) => from.startsWith(folder));
  if (!rule) return true;
  const own = rule.folder === "" || rule.folder === "src/" ? [] : [rule.folder];
  // A kernel is part of the engine, and a test beside a file may use the helpers in tests/.
  const test = isTest(from) ? ["tests/"] : [];
  const allowed = [...own, ...rule.may, ...test, ...(typesOnly ? (rule.mayTypes ?? []) : [])];
  return !allowed.some((prefix) => to.startsWith(prefix));
}

function forbiddenPackage(from: string, name: string): boolean {
  const folder = /^src\/(\w+)\//.exec(from)?.[1];
  const bound = folder !== undefined && pure.includes(folder) && !isTest(from);
  return bound && !purePackages.includes(name);
}

/** Circles of imports, each as its files in order; types count too. */
function cycles(graph: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return found;
}

/** One line for every import that goes the wrong way, leads nowhere or closes a circle. */
export function violations(sources: Sources): string[] {
  const found: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [path, code] of sources) {
    if (!/\.tsx?$/.test(path)) continue;
    const targets: string[] = [];
    for (const { specifier, typesOnly } of importsOf(path, code)) {
      if (!specifier.startsWith(".")) {
        if (forbiddenPackage(path, specifier)) found.push(`${path} may not import ${specifier}`);
        continue;
      }
      const target = resolve(path, specifier, sources);
      if (target === null) {
        // The built tools find the repository by going up from their own folder.
        if (!/^[./]+$/.test(specifier))
          found.push(`${path} imports ${specifier}, which is no file`);
      } else if (forbidden(path, target, typesOnly)) found.push(`${path} may not import ${target}`);
      if (target !== null) targets.push(target);
    }
    graph.set(path, targets);
  }
  return [...found, ...cycles(graph).map((files) => `circle: ${files.join(" > ")}`)];
}
