import { describe, expect, it } from "vitest";
import { ResourceType, WgslReflect } from "wgsl_reflect/wgsl_reflect.module.js";
import readme from "../../../shaders/README.md?raw";
import { Rng } from "../../lib/rng";
import { type Access, type Kernel, type ParamValues, shaderText } from "../gpu/kernel";
import { allKernels } from "./registry";

const sources = import.meta.glob<string>("../../../shaders/*.wgsl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const shaderNames = Object.keys(sources).map((path) => path.split("/").at(-1)!.slice(0, -5));

it("has a wrapper for every shader", () => {
  expect(new Set(allKernels.map(({ name }) => name))).toEqual(new Set(shaderNames));
});

it("has kernels of different ids, so that no two share a compiled pipeline", () => {
  expect(new Set(allKernels.map(({ id }) => id)).size).toBe(allKernels.length);
});

describe.each(allKernels.map((kernel) => [kernel.id, kernel] as const))("%s", (_, kernel) => {
  const reflected = new WgslReflect(shaderText(kernel));
  const [group, ...otherGroups] = reflected.getBindGroups();
  const variables = group!;

  it("comes from the file of its name", () => {
    expect(kernel.source).toBe(sources[`../../../shaders/${kernel.name}.wgsl`]);
  });

  it("has one entry point, main", () => {
    const { compute, vertex, fragment } = reflected.entry;
    expect([...compute, ...vertex, ...fragment].map(({ name }) => name)).toEqual(["main"]);
  });

  it("binds what the wrapper binds, by name, order and access", () => {
    expect(otherGroups).toEqual([]);
    const storage = variables.slice(0, -1);
    expect(storage.every(({ resourceType }) => resourceType === ResourceType.Storage)).toBe(true);
    expect(storage.map(({ name, access }) => [name, access])).toEqual(
      Object.entries(kernel.bindings).map(([name, access]) => [
        name,
        access === "read" ? "read" : "read_write",
      ]),
    );
    expect(variables.map(({ binding }) => binding)).toEqual(variables.map((_, i) => i));
  });

  it("stays within the 8 storage bindings that WebGPU promises", () => {
    expect(Object.keys(kernel.bindings).length).toBeLessThanOrEqual(8);
  });

  it("has the wrapper's parameters, in order and type, in the last binding", () => {
    const uniform = variables.at(-1)!;
    expect([uniform.name, uniform.resourceType]).toEqual(["params", ResourceType.Uniform]);
    const fields = uniform.members!.map(({ name, type, offset }) => [name, type.name, offset]);
    expect(fields).toEqual(
      Object.entries(kernel.params).map(([name, type], i) => [name, type, 4 * i]),
    );
  });

  it("declares every override that the wrapper sets, and the wrapper sets all", () => {
    const declared = reflected.overrides.map(({ name }) => name).sort();
    expect(Object.keys(kernel.constants ?? {}).sort()).toEqual(declared);
  });

  it("names in its text the constants that come before it", () => {
    const tiles = Object.keys(kernel.tiles ?? {});
    const note =
      /^\/\/ (.*) before this text as (?:a )?constants?\.$/m.exec(kernel.source)?.[1] ?? "";
    expect(tiles.filter((name) => !note.includes(name))).toEqual([]);
  });
});

interface Row {
  name: string;
  bindings: string;
  grid: string;
  flops: string;
  bytes: string;
}

const rows: Row[] = readme
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    const [, name, , bindings, grid, flops, bytes] = cells as [string, ...string[]];
    return {
      name: name!.slice(1, -1),
      bindings: bindings!,
      grid: grid!,
      flops: flops!,
      bytes: bytes!,
    };
  });

/** `qkv, cursor → out`: read before the arrow, then what is updated (↔) and what is written (→). */
function bindingsOf(text: string): Record<string, Access> {
  const bindings: Record<string, Access> = {};
  let access: Access = "read";
  for (const token of text.match(/[\w]+|→|↔/g)!) {
    if (token === "→") access = "write";
    else if (token === "↔") access = "update";
    else bindings[token] = access;
  }
  return bindings;
}

/** The value of a formula of the table. */
function evaluate(formula: string, names: Record<string, number>): number {
  const expression = formula
    .replaceAll("·", "*")
    .replaceAll("⌈", "Math.ceil(")
    .replaceAll("⌉", ")");
  return new Function(...Object.keys(names), `return ${expression};`)(...Object.values(names));
}

function drawParams(kernel: Kernel, rng: Rng): ParamValues<Kernel["params"]> {
  return Object.fromEntries(Object.keys(kernel.params).map((name) => [name, 1 + rng.below(500)]));
}

describe("shaders/README.md", () => {
  it("has a row for every shader", () => {
    expect(rows.map(({ name }) => name).sort()).toEqual([...shaderNames].sort());
  });

  it.each(rows)("tells the bindings of $name", ({ name, bindings }) => {
    const kernel = allKernels.find((k) => k.name === name)!;
    expect(Object.entries(bindingsOf(bindings))).toEqual(Object.entries(kernel.bindings));
  });

  it.each(rows)("tells the grid, flops and bytes of $name", ({ name, grid, flops, bytes }) => {
    const rng = new Rng(1);
    for (const kernel of allKernels.filter((k) => k.name === name)) {
      for (let i = 0; i < 20; i++) {
        const params = drawParams(kernel, rng);
        const values = { ...params, head_dim: 4 * (kernel.tiles?.HEAD4 ?? 0) };
        const factors = grid.split("×").map((factor) => evaluate(factor, values));
        const [x = 1, y = 1, z = 1] = kernel.grid(params);
        // Beyond 65,535 along x a grid is folded, and rounded up to whole rows.
        const expected =
          factors.length === 1 ? Math.ceil(factors[0]! / y) * y : factors[0]! * factors[1]!;
        expect(x * y * z, kernel.id).toBe(expected);
        expect(kernel.cost(params)).toEqual({
          flops: evaluate(flops, values),
          bytes: evaluate(bytes, values),
        });
      }
    }
  });
});
