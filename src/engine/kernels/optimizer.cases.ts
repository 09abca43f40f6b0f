import { Rng } from "../../lib/rng";
import { example, normals } from "./example";
import { adamw, gradientBlocks, gradientClip, gradientNorm } from "./optimizer";

/** Lengths of the gradient, multiples of 4: around the 64 threads and the blocks of 16,384 elements. */
export const gradientLengths = [
  4, 8, 12, 60, 252, 256, 260, 508, 512, 516, 1000, 4092, 16_380, 16_384, 16_388, 16_640, 32_768,
  32_772, 50_004, 65_540, 163_844, 1_048_580,
];

/** What 22 of the lengths are multiplied with: sums of squares from far below to far above 1. */
export const gradientScales = [1, 1e-3, 1e3];

export function gradientNormExample(length: number, scale = 1) {
  const gradients = normals(new Rng(1), length, scale);
  const data = { gradients, partial: 2 * gradientBlocks(length) };
  return example(gradientNorm, data, { length4: length / 4 });
}

/** Numbers of blocks: around the 64 threads of the only workgroup. */
export const clipBlocks = [
  0, 1, 2, 3, 5, 17, 31, 32, 62, 63, 64, 65, 66, 97, 127, 128, 129, 255, 257, 769, 1000, 4099,
];

export function gradientClipExample(blocks: number, maxNorm: number) {
  const rng = new Rng(1);
  const partial = new Float32Array(2 * blocks);
  for (let i = 0; i < blocks; i++) partial[2 * i] = rng.next();
  const metrics = Float32Array.of(2.5, Number.NaN, Number.NaN, Number.NaN);
  return example(gradientClip, { partial, metrics }, { blocks, max_norm: maxNorm });
}

export interface AdamwShape {
  /** A multiple of 4, as is `decayed`. */
  length: number;
  decayed: number;
  /** Optimizer steps including this one, from 1. */
  step: number;
  learningRate?: number;
  weightDecay?: number;
  clipScale?: number;
  /** Standard deviation of the gradient. */
  gradient?: number;
  /** Standard deviation of the weights: at 0 the result is the update alone. */
  weight?: number;
}

export const adamwShapes: AdamwShape[] = [
  { length: 4, decayed: 0, step: 1 },
  { length: 4, decayed: 4, step: 1 },
  { length: 8, decayed: 4, step: 2 },
  { length: 12, decayed: 8, step: 3, weight: 0 },
  { length: 60, decayed: 32, step: 10 },
  { length: 252, decayed: 252, step: 1 },
  { length: 256, decayed: 128, step: 1, weight: 0 },
  { length: 260, decayed: 256, step: 1 },
  { length: 260, decayed: 0, step: 100, weight: 0 },
  { length: 508, decayed: 256, step: 2000 },
  { length: 516, decayed: 512, step: 5, clipScale: 0.125 },
  { length: 516, decayed: 512, step: 5, clipScale: 1e-4, weight: 0 },
  { length: 1000, decayed: 500, step: 20, learningRate: 0 },
  { length: 1000, decayed: 500, step: 20, learningRate: 1 },
  { length: 1028, decayed: 1024, step: 4, weightDecay: 0 },
  { length: 1028, decayed: 1024, step: 4, weightDecay: 1, learningRate: 0.5 },
  { length: 2044, decayed: 2000, step: 7, gradient: 1e-4, weight: 0 },
  { length: 2044, decayed: 2000, step: 7, gradient: 1e3, weight: 0 },
  { length: 2048, decayed: 1024, step: 3, gradient: 0 },
  { length: 4100, decayed: 4096, step: 100_000, weight: 0 },
  { length: 65_540, decayed: 65_000, step: 33 },
];

/** More than 65,535 workgroups of 64 vec4. */
export const manyParameters: AdamwShape = {
  length: 4 * (64 * 65_535 + 1),
  decayed: 16_000_000,
  step: 3,
};

/** As the kernel sees them: rounded to f32. */
export const ADAMW = {
  beta1: Math.fround(0.9),
  beta2: Math.fround(0.95),
  epsilon: Math.fround(1e-8),
};

export function adamwExample(shape: AdamwShape) {
  const { length, decayed, step, learningRate = 1e-3, weightDecay = 0.1, clipScale = 1 } = shape;
  const { gradient = 1, weight = 1 } = shape;
  const rng = new Rng(1);
  const { beta1, beta2 } = ADAMW;
  const data = {
    gradients: normals(rng, length, gradient),
    step: Float32Array.of(
      learningRate,
      1 / (1 - beta1 ** step),
      1 / (1 - beta2 ** step),
      Number.NaN,
    ),
    metrics: Float32Array.of(2.5, 7, clipScale, 0),
    weights: normals(rng, length, weight),
    first_moment: normals(rng, length, gradient * clipScale * 0.3),
    second_moment: normals(rng, length, gradient * clipScale).map((value) => value * value),
  };
  return example(adamw, data, {
    length4: length / 4,
    decayed4: decayed / 4,
    ...ADAMW,
    weight_decay: weightDecay,
  });
}
