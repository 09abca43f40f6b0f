import type { Rng } from "../../lib/rng";
import type { Access, Kernel, ParamValues, ScalarType } from "../gpu/kernel";

/** What a binding holds before a dispatch: data, or only its length in elements where the kernel writes it. */
export type BindingData = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | number;

/** A kernel with everything that one dispatch of it needs: tests check it, the benchmark times it. */
export interface Example<
  B extends Readonly<Record<string, Access>>,
  P extends Readonly<Record<string, ScalarType>>,
  D extends { readonly [K in keyof B]: BindingData },
> {
  kernel: Kernel<B, P>;
  data: D;
  params: ParamValues<P>;
}

/** Ties a dispatch together, with the types of its data kept. */
export function example<
  B extends Readonly<Record<string, Access>>,
  P extends Readonly<Record<string, ScalarType>>,
  D extends { readonly [K in keyof B]: BindingData },
>(kernel: Kernel<B, P>, data: D, params: ParamValues<P>): Example<B, P, D> {
  return { kernel, data, params };
}

/** Prime, so that a repeated draw never lines up with the rows of a matrix. */
const LONGEST_DRAW = 65_537;

/** `length` draws from N(0, scale²), rounded to f32. Long arrays repeat their first 65,537 draws. */
export function normals(rng: Rng, length: number, scale = 1): Float32Array<ArrayBuffer> {
  const values = new Float32Array(length);
  const drawn = Math.min(length, LONGEST_DRAW);
  for (let i = 0; i < drawn; i++) values[i] = rng.normal() * scale;
  for (let filled = drawn; filled < length; filled *= 2) values.copyWithin(filled, 0, filled);
  return values;
}

/** `length` draws from 0 … `end` - 1. */
export function indices(rng: Rng, length: number, end: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length }, () => rng.below(end));
}

/** The reference's numbers: exactly those that the GPU sees. */
export function toFloat64(values: Float32Array): Float64Array {
  return new Float64Array(values);
}

/** A float64 result as input of the next kernel. */
export function toFloat32(values: Float64Array): Float32Array<ArrayBuffer> {
  return new Float32Array(values);
}

/**
 * Rows of `width` elements put `stride` apart; what lies between is NaN, so that a kernel that lets padding into
 * its result is found out.
 */
export function padRows(
  values: Float32Array,
  width: number,
  stride: number,
): Float32Array<ArrayBuffer> {
  const rows = width === 0 ? 0 : values.length / width;
  const padded = new Float32Array(rows * stride).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    padded.set(values.subarray(row * width, (row + 1) * width), row * stride);
  }
  return padded;
}

/** The rows without their padding. */
export function unpadRows(values: Float32Array, width: number, stride: number): Float32Array {
  const rows = stride === 0 ? 0 : values.length / stride;
  const packed = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    packed.set(values.subarray(row * stride, row * stride + width), row * width);
  }
  return packed;
}
