import type { Rng } from "../../lib/rng";
import type { ParameterLayout } from "./layout";

/** Tensors under their Hugging Face names, row-major. */
export type NamedTensors = Map<string, Float32Array<ArrayBuffer>>;

/** Draws all parameters on the CPU, in the layout's order, so that a seed means the same everywhere. */
export function initialParameters(layout: ParameterLayout, rng: Rng): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(layout.length);
  for (const { start, elements, standardDeviation } of layout.slots) {
    if (standardDeviation === null) {
      flat.fill(1, start, start + elements);
    } else {
      for (let i = start; i < start + elements; i++) flat[i] = standardDeviation * rng.normal();
    }
  }
  return flat;
}

/** Copies named tensors into the flat order; every tensor of the layout must be there. */
export function flatten(layout: ParameterLayout, tensors: NamedTensors): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(layout.length);
  for (const { name, start, elements } of layout.slots) {
    const tensor = tensors.get(name);
    if (tensor?.length !== elements) throw new RangeError(`tensor ${name} is missing or misshapen`);
    flat.set(tensor, start);
  }
  return flat;
}

/** Views of the flat buffer under the tensors' names. */
export function unflatten(layout: ParameterLayout, flat: Float32Array<ArrayBuffer>): NamedTensors {
  return new Map(
    layout.slots.map(({ name, start, elements }) => [name, flat.subarray(start, start + elements)]),
  );
}
