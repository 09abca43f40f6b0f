import type { Gpu } from "../gpu/device";
import { Tensor } from "../gpu/tensor";
import type { MatmulStyle } from "../kernels/matmul";
import { ropeTables } from "../kernels/rope";
import type { ModelConfig } from "./config";
import { modelSizes, type ParameterBlock, type ParameterLayout, parameterLayout } from "./layout";

/** Which of several equal kernels a run uses. Part of the run: another choice rounds differently. */
export interface KernelVariants {
  matmul: MatmulStyle;
}

/** The variants for a device: barriers are ruinous on software adapters and right on GPUs. */
export function chooseVariants(isFallbackAdapter: boolean): KernelVariants {
  return { matmul: isFallbackAdapter ? "register" : "tiled" };
}

/** The tensors that every plan of one model shares. */
export interface Model {
  readonly config: ModelConfig;
  readonly layout: ParameterLayout;
  readonly variants: KernelVariants;
  /** All parameters, in the layout's order. */
  readonly weights: Tensor;
  /** RoPE tables, each [context, head_dim / 2]. */
  readonly cosine: Tensor;
  readonly sine: Tensor;
  /** A cursor that stays at row 0. */
  readonly origin: Tensor;
}

/** Allocates a model; the weights start as zeros. @throws limit-too-small, out-of-memory */
export async function createModel(
  gpu: Gpu,
  config: ModelConfig,
  variants: KernelVariants,
): Promise<Model> {
  const layout = parameterLayout(config);
  const { headDim } = modelSizes(config);
  const context = config.max_position_embeddings;
  const tables = ropeTables(context, headDim, config.rope_theta);
  const made: Tensor[] = [];
  const create = async (name: string, elements: number, role: "weights" | "activations") => {
    const tensor = await gpu.createTensor(name, elements, role);
    made.push(tensor);
    return tensor;
  };
  try {
    const weights = await create("weights", layout.length, "weights");
    const cosine = await create("rope cosine", tables.cosine.length, "activations");
    const sine = await create("rope sine", tables.sine.length, "activations");
    const origin = await create("origin", 1, "activations");
    gpu.write(cosine, tables.cosine);
    gpu.write(sine, tables.sine);
    return { config, layout, variants, weights, cosine, sine, origin };
  } catch (error) {
    destroyTensors(made);
    throw error;
  }
}

/** A model of the same shape without a GPU: enough to record plans and count their memory. */
export function virtualModel(config: ModelConfig, variants: KernelVariants): Model {
  const layout = parameterLayout(config);
  const half = modelSizes(config).headDim / 2;
  const tableLength = config.max_position_embeddings * half;
  return {
    config,
    layout,
    variants,
    weights: virtualTensor("weights", layout.length),
    cosine: virtualTensor("rope cosine", tableLength),
    sine: virtualTensor("rope sine", tableLength),
    origin: virtualTensor("origin", 1),
  };
}

/** A tensor that has a size and no buffer. */
export function virtualTensor(name: string, elements: number): Tensor {
  return new Tensor({ name, bytes: 4 * elements, role: "activations", buffer: null }, 0, elements);
}

export function destroyModel(model: Model): void {
  destroyTensors([model.weights, model.cosine, model.sine, model.origin]);
}

export function destroyTensors(tensors: Iterable<Tensor>): void {
  for (const { storage } of tensors) {
    storage.buffer?.destroy();
    storage.buffer = null;
  }
}

/** The part of a flat buffer (weights or gradients) that a block takes. */
export function blockOf(flat: Tensor, { start, elements }: ParameterBlock): Tensor {
  return flat.slice(start, elements);
}
