/** How a kernel uses a storage buffer: `update` reads and writes it in place. */
export type Access = "read" | "write" | "update";
export type ScalarType = "u32" | "f32";
export type Grid = readonly [x: number, y: number, z: number];

export type ParamValues<P> = { readonly [K in keyof P]: number };

export interface Cost {
  flops: number;
  /** Bytes of memory traffic if every operand is touched once. */
  bytes: number;
}

export interface KernelSpec<B, P> {
  /** The .wgsl file's name; unique together with `tiles`. */
  name: string;
  /** The .wgsl file's text. */
  source: string;
  /** Storage bindings in the order of their `@binding` numbers in group 0. */
  bindings: B;
  /** Fields of the uniform struct, in order; the uniform is the last binding. */
  params: P;
  /** Values of `override` constants. */
  constants?: Readonly<Record<string, number>>;
  /** `const`s put before the source: what sizes an array must be known when the shader compiles. */
  tiles?: Readonly<Record<string, number>>;
  /** Workgroups to dispatch. */
  grid(params: ParamValues<P>): Grid;
  cost(params: ParamValues<P>): Cost;
}

export interface Kernel<
  B extends Readonly<Record<string, Access>> = Readonly<Record<string, Access>>,
  P extends Readonly<Record<string, ScalarType>> = Readonly<Record<string, ScalarType>>,
> extends KernelSpec<B, P> {
  /** Name and tiles: tells this variant from its siblings. */
  readonly id: string;
}

/**
 * Names a kernel's bindings and parameters once; from here on a wrong name does not compile.
 *
 * @example
 * const scale = defineKernel({
 *   name: "scale", source, bindings: { x: "read", y: "write" }, params: { count: "u32" },
 *   grid: ({ count }) => spread(Math.ceil(count / 64)),
 *   cost: ({ count }) => ({ flops: count, bytes: 8 * count }),
 * });
 */
export function defineKernel<
  const B extends Readonly<Record<string, Access>>,
  const P extends Readonly<Record<string, ScalarType>>,
>(spec: KernelSpec<B, P>): Kernel<B, P> {
  const settings = { ...spec.tiles, ...spec.constants };
  const suffix = Object.entries(settings)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  return { ...spec, id: suffix === "" ? spec.name : `${spec.name}(${suffix})` };
}

/** The complete WGSL text: the tiles as constants, then the source. */
export function shaderText(kernel: Pick<Kernel, "source" | "tiles">): string {
  const tiles = Object.entries(kernel.tiles ?? {});
  const prefix = tiles.map(([name, value]) => `const ${name}: u32 = ${value}u;\n`).join("");
  return prefix + kernel.source;
}

/** WebGPU guarantees this many workgroups along one dimension. */
const MAX_WORKGROUPS_PER_DIMENSION = 65_535;

/**
 * A grid of at least `count` workgroups along x, folded into y where x alone is too short.
 * The shader gets the index back as `workgroup_id.y * num_workgroups.x + workgroup_id.x`.
 */
export function spread(count: number): Grid {
  if (count <= MAX_WORKGROUPS_PER_DIMENSION) return [count, 1, 1];
  const y = Math.ceil(count / MAX_WORKGROUPS_PER_DIMENSION);
  return [Math.ceil(count / y), y, 1];
}

/** The uniform block of one dispatch: 4 bytes a field, in order. */
export function packParams<P extends Readonly<Record<string, ScalarType>>>(
  types: P,
  values: ParamValues<P>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(types);
  const view = new DataView(new ArrayBuffer(4 * names.length));
  names.forEach((name, i) => {
    if (types[name] === "u32") view.setUint32(4 * i, values[name]!, true);
    else view.setFloat32(4 * i, values[name]!, true);
  });
  return new Uint8Array(view.buffer);
}
