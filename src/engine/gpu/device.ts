import { type Problem, problem } from "../../lib/errors";
import { type Kernel, shaderText } from "./kernel";
import { Pacing } from "./pacing";
import { ELEMENT_BYTES, type Role, Tensor } from "./tensor";

export interface CompiledKernel {
  pipeline: GPUComputePipeline;
  layout: GPUBindGroupLayout;
}

/** The facts about an adapter that decisions are made by. */
export interface AdapterFacts {
  vendor: string;
  architecture: string;
  description: string;
  isFallbackAdapter: boolean;
  features: string[];
  maxBufferSize: number;
  maxStorageBufferBindingSize: number;
}

/** Limits that are raised to what the adapter has; all others stay at WebGPU's defaults. */
const RAISED_LIMITS = ["maxBufferSize", "maxStorageBufferBindingSize"] as const;

/** A device with its pipelines, and a count of what was ever allocated on it. */
export class Gpu {
  /** Rises with each createBuffer and createBindGroup: a training step must not move it. */
  readonly allocations = { buffers: 0, bindGroups: 0 };
  readonly pacing: Pacing;
  private readonly compiled = new Map<string, Promise<CompiledKernel>>();

  private constructor(
    readonly device: GPUDevice,
    readonly adapter: AdapterFacts,
  ) {
    this.pacing = new Pacing(adapter.isFallbackAdapter);
  }

  /**
   * Opens the high-performance adapter of `gpu` (`navigator.gpu`).
   * @throws webgpu-missing, adapter-missing
   */
  static async open(
    gpu: GPU | undefined,
    onProblem: (problem: Problem) => void,
    secureContext = true,
  ): Promise<Gpu> {
    if (gpu === undefined) throw problem("webgpu-missing", { secureContext });
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter === null) throw problem("adapter-missing", {});
    const requiredLimits: Record<string, number> = {};
    for (const limit of RAISED_LIMITS) requiredLimits[limit] = adapter.limits[limit];
    const device = await adapter.requestDevice({ requiredLimits });
    device.addEventListener("uncapturederror", (event) => {
      onProblem(problem("gpu-failed", { message: event.error.message }).problem);
    });
    device.lost.then((lost) => {
      if (lost.reason === "destroyed") return;
      onProblem(problem("device-lost", { reason: lost.message || lost.reason }).problem);
    });
    return new Gpu(device, adapterFacts(adapter));
  }

  /** Compiles a kernel once; later calls share the same promise. @throws shader-invalid */
  compile(kernel: Kernel): Promise<CompiledKernel> {
    let promise = this.compiled.get(kernel.id);
    if (promise === undefined) {
      promise = compileKernel(this.device, kernel);
      this.compiled.set(kernel.id, promise);
    }
    return promise;
  }

  /** A zeroed buffer. @throws limit-too-small, out-of-memory */
  async createTensor(name: string, elements: number, role: Role): Promise<Tensor> {
    const bytes = Math.max(elements, 4) * ELEMENT_BYTES;
    const buffer = await this.createBuffer(
      name,
      bytes,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    );
    return new Tensor({ name, bytes, role, buffer }, 0, elements);
  }

  /** @throws limit-too-small, out-of-memory */
  async createBuffer(name: string, bytes: number, usage: number): Promise<GPUBuffer> {
    this.checkLimit("maxBufferSize", bytes, name);
    if (usage & GPUBufferUsage.STORAGE) {
      this.checkLimit("maxStorageBufferBindingSize", bytes, name);
    }
    this.allocations.buffers += 1;
    this.device.pushErrorScope("out-of-memory");
    const buffer = this.device.createBuffer({ label: name, size: bytes, usage });
    const failure = await this.device.popErrorScope();
    if (failure !== null) {
      buffer.destroy();
      throw problem("out-of-memory", { bytes, proposal: SMALLER });
    }
    return buffer;
  }

  createBindGroup(descriptor: GPUBindGroupDescriptor): GPUBindGroup {
    this.allocations.bindGroups += 1;
    return this.device.createBindGroup(descriptor);
  }

  write(tensor: Tensor, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): void {
    if (data.length > tensor.elements) {
      throw new RangeError(`${data.length} elements written to ${tensor.storage.name}`);
    }
    this.device.queue.writeBuffer(tensor.storage.buffer!, tensor.offset, data);
  }

  destroy(): void {
    this.device.destroy();
  }

  private checkLimit(limit: (typeof RAISED_LIMITS)[number], needed: number, what: string): void {
    const available = this.device.limits[limit];
    if (needed > available) {
      throw problem("limit-too-small", { limit, needed, available, what, proposal: SMALLER });
    }
  }
}

const SMALLER = "Choose a smaller model, a smaller batch or a shorter context.";

/** Before it came to `info`, in Chrome 136, this was the adapter's own. */
interface OlderAdapter {
  isFallbackAdapter?: boolean;
}

export function adapterFacts(adapter: GPUAdapter): AdapterFacts {
  const { info, limits } = adapter;
  const isFallbackAdapter: boolean | undefined =
    info.isFallbackAdapter ?? (adapter as OlderAdapter).isFallbackAdapter;
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    description: info.description,
    isFallbackAdapter: isFallbackAdapter ?? false,
    features: [...adapter.features].sort(),
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
  };
}

async function compileKernel(device: GPUDevice, kernel: Kernel): Promise<CompiledKernel> {
  const code = shaderText(kernel);
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: kernel.id, code });
  const layout = device.createBindGroupLayout({ label: kernel.id, entries: layoutEntries(kernel) });
  // Popped before anything is awaited: other compilations push scopes of their own meanwhile.
  const scope = device.popErrorScope();
  const messages = (await module.getCompilationInfo()).messages.filter((m) => m.type === "error");
  const failure = await scope;
  if (messages.length > 0) {
    const reasons = messages.map((m) => `line ${m.lineNum}: ${m.message}`).join("\n");
    throw problem("shader-invalid", {
      kernel: kernel.id,
      listing: `${reasons}\n${numbered(code)}`,
    });
  }
  if (failure !== null) {
    throw problem("shader-invalid", { kernel: kernel.id, listing: failure.message });
  }
  try {
    const pipeline = await device.createComputePipelineAsync({
      label: kernel.id,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main", constants: { ...kernel.constants } },
    });
    return { pipeline, layout };
  } catch (error) {
    throw problem("shader-invalid", {
      kernel: kernel.id,
      listing: error instanceof Error ? error.message : String(error),
    });
  }
}

function layoutEntries(kernel: Kernel): GPUBindGroupLayoutEntry[] {
  const visibility = GPUShaderStage.COMPUTE;
  const entries: GPUBindGroupLayoutEntry[] = Object.values(kernel.bindings).map(
    (access, binding) => ({
      binding,
      visibility,
      buffer: { type: access === "read" ? "read-only-storage" : "storage" },
    }),
  );
  entries.push({ binding: entries.length, visibility, buffer: { type: "uniform" } });
  return entries;
}

function numbered(code: string): string {
  return code
    .split("\n")
    .map((line, i) => `${String(i + 1).padStart(4)}  ${line}`)
    .join("\n");
}
