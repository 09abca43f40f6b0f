import type { Kernel } from "../gpu/kernel";
import { attentionKernels } from "./attention";
import { columnSum } from "./column-sum";
import { embeddingBackward, embeddingForward } from "./embedding";
import { crossEntropy, lossSum } from "./loss";
import { matmulKernel } from "./matmul";
import { matvec, matvecResidual } from "./matvec";
import { adamw, gradientClip, gradientNorm } from "./optimizer";
import { rmsnormBackward, rmsnormBackwardGain, rmsnormForward } from "./rmsnorm";
import { rope } from "./rope";
import { swigluBackward, swigluForward } from "./swiglu";

/** Head dimensions to stand for all: the smallest, one between, the largest. */
const HEAD_DIMENSIONS = [4, 48, 128];

/** Every kernel in every form; of those that are made for a head dimension, some. */
export const allKernels: readonly Kernel[] = [
  embeddingForward,
  embeddingBackward,
  rmsnormForward,
  rmsnormBackward,
  rmsnormBackwardGain,
  columnSum,
  ...(["register", "tiled"] as const).flatMap((style) =>
    (["nt", "nn", "tn"] as const).flatMap((form) =>
      (["store", "accumulate", "residual"] as const).map((epilogue) =>
        matmulKernel(style, form, epilogue),
      ),
    ),
  ),
  matvec,
  matvecResidual,
  rope,
  ...HEAD_DIMENSIONS.flatMap((headDim) => Object.values(attentionKernels(headDim))),
  swigluForward,
  swigluBackward,
  crossEntropy,
  lossSum,
  gradientNorm,
  gradientClip,
  adamw,
] as unknown as readonly Kernel[];
