import type { Gpu } from "./device";
import {
  type Access,
  type Cost,
  type Grid,
  type Kernel,
  type ParamValues,
  packParams,
  type ScalarType,
} from "./kernel";
import { BINDING_ALIGNMENT, type Storage, Tensor } from "./tensor";

interface RecordedDispatch {
  kind: "dispatch";
  kernel: Kernel;
  tensors: Tensor[];
  params: Uint8Array<ArrayBuffer>;
  grid: Grid;
  cost: Cost;
}
interface RecordedClear {
  kind: "clear";
  tensors: [Tensor];
}
type Recorded = RecordedDispatch | RecordedClear;

type Step =
  | {
      kind: "dispatch";
      pipeline: GPUComputePipeline;
      bindGroup: GPUBindGroup;
      grid: Grid;
      weight: number;
    }
  | { kind: "clear"; buffer: GPUBuffer; offset: number; bytes: number; weight: number };

/** Indices of the first and the last command that uses a tensor. */
interface Lifetime {
  first: number;
  last: number;
}

function apart(a: Lifetime, b: Lifetime): boolean {
  return a.last < b.first || b.last < a.first;
}

/** One buffer that several short-lived tensors use one after the other. */
interface Slot {
  bytes: number;
  tenants: { storage: Storage; lifetime: Lifetime }[];
}

/**
 * Records what a step does: dispatches in order, and the temporary tensors between them.
 * Nothing touches the GPU until `build`, so that memory can be counted without one.
 */
export class Recorder {
  private readonly recorded: Recorded[] = [];
  private readonly temporaries = new Set<Storage>();

  constructor(readonly name: string) {}

  /** A tensor that lives from its first to its last use in this plan. */
  temp(name: string, elements: number): Tensor {
    const storage: Storage = { name, bytes: 4 * elements, role: "activations", buffer: null };
    this.temporaries.add(storage);
    return new Tensor(storage, 0, elements);
  }

  dispatch<
    B extends Readonly<Record<string, Access>>,
    P extends Readonly<Record<string, ScalarType>>,
  >(kernel: Kernel<B, P>, bindings: { readonly [K in keyof B]: Tensor }, params: ParamValues<P>) {
    const grid = kernel.grid(params);
    if (grid.includes(0)) return;
    const tensors = Object.keys(kernel.bindings).map((name) => bindings[name]!);
    checkBindings(kernel as unknown as Kernel, tensors);
    this.recorded.push({
      kind: "dispatch",
      kernel: kernel as unknown as Kernel,
      tensors,
      params: packParams(kernel.params, params),
      grid,
      cost: kernel.cost(params),
    });
  }

  clear(tensor: Tensor): void {
    this.recorded.push({ kind: "clear", tensors: [tensor] });
  }

  /** Floating-point operations of one run of the plan. */
  get flops(): number {
    return this.recorded.reduce((sum, r) => sum + (r.kind === "dispatch" ? r.cost.flops : 0), 0);
  }

  get dispatches(): number {
    return this.recorded.filter((r) => r.kind === "dispatch").length;
  }

  /** Bytes of the buffers that `build` will make for the temporary tensors. */
  get temporaryBytes(): number {
    return this.assignSlots().reduce((sum, slot) => sum + slot.bytes, 0);
  }

  /** Makes buffers, pipelines and bind groups. @throws limit-too-small, out-of-memory, shader-invalid */
  async build(gpu: Gpu, onCompiled: (done: number, total: number) => void = () => {}) {
    const buffers: GPUBuffer[] = [];
    try {
      for (const [i, slot] of this.assignSlots().entries()) {
        const name = `${this.name} slot ${i}`;
        const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
        const buffer = await gpu.createBuffer(name, slot.bytes, usage);
        buffers.push(buffer);
        for (const { storage } of slot.tenants) storage.buffer = buffer;
      }
      const uniforms = await this.uploadParams(gpu);
      buffers.push(uniforms.buffer);
      const kernels = new Set(
        this.recorded.flatMap((r) => (r.kind === "dispatch" ? [r.kernel] : [])),
      );
      let compiled = 0;
      await Promise.all(
        [...kernels].map(async (kernel) => {
          await gpu.compile(kernel);
          compiled += 1;
          onCompiled(compiled, kernels.size);
        }),
      );
      const steps: Step[] = [];
      for (const [i, r] of this.recorded.entries()) {
        steps.push(await bind(gpu, r, uniforms.buffer, uniforms.offsets[i]!));
      }
      return new Plan(gpu, steps, buffers);
    } catch (error) {
      for (const buffer of buffers) buffer.destroy();
      throw error;
    }
  }

  /** Equal parameter blocks share one place in one uniform buffer. */
  private async uploadParams(gpu: Gpu): Promise<{ buffer: GPUBuffer; offsets: number[] }> {
    const places = new Map<string, { offset: number; bytes: Uint8Array<ArrayBuffer> }>();
    const offsets = this.recorded.map((r) => {
      if (r.kind === "clear") return 0;
      const key = r.params.join();
      let place = places.get(key);
      if (place === undefined) {
        place = { offset: places.size * BINDING_ALIGNMENT, bytes: r.params };
        places.set(key, place);
      }
      return place.offset;
    });
    const size = Math.max(1, places.size) * BINDING_ALIGNMENT;
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = await gpu.createBuffer(`${this.name} parameters`, size, usage);
    for (const { offset, bytes } of places.values()) {
      gpu.device.queue.writeBuffer(buffer, offset, bytes);
    }
    return { buffer, offsets };
  }

  /**
   * Gives every temporary a slot that is free from its first to its last use. A slot is one GPU
   * buffer, so a dispatch never reads and writes the same buffer through two tensors.
   */
  private assignSlots(): Slot[] {
    const lifetimes = new Map<Storage, Lifetime>();
    this.recorded.forEach((r, i) => {
      for (const { storage } of r.tensors) {
        if (!this.temporaries.has(storage)) continue;
        const lifetime = lifetimes.get(storage);
        if (lifetime === undefined) lifetimes.set(storage, { first: i, last: i });
        else lifetime.last = i;
      }
    });
    // Largest first: a slot's first tenant sets its size, and smaller ones fill its gaps
    // ("greedy by size", arXiv 2001.03288).
    const bySize = [...lifetimes].sort(([a], [b]) => b.bytes - a.bytes);
    const slots: Slot[] = [];
    for (const [storage, lifetime] of bySize) {
      let slot = slots.find(({ tenants }) =>
        tenants.every(({ lifetime: l }) => apart(l, lifetime)),
      );
      if (slot === undefined) {
        slot = { bytes: storage.bytes, tenants: [] };
        slots.push(slot);
      }
      slot.tenants.push({ storage, lifetime });
    }
    return slots;
  }
}

/** Pipelines, bind groups and grids, ready to be replayed without allocating anything. */
export class Plan {
  private readonly totalWeight: number;

  constructor(
    private readonly gpu: Gpu,
    private readonly steps: readonly Step[],
    private readonly buffers: readonly GPUBuffer[],
  ) {
    this.totalWeight = steps.reduce((sum, step) => sum + step.weight, 0);
  }

  /**
   * Submits the plan once. `parts` > 1 spreads it over that many submits of about equal cost, so
   * that a slow adapter never blocks the screen for long.
   * `finish` adds commands after the last dispatch.
   */
  submit(parts = 1, finish?: (encoder: GPUCommandEncoder) => void): void {
    const { device } = this.gpu;
    const share = this.totalWeight / parts;
    let encoder = device.createCommandEncoder();
    let pass: GPUComputePassEncoder | null = null;
    let weight = 0;
    let boundary = share;
    for (const step of this.steps) {
      if (step.kind === "clear") {
        pass?.end();
        pass = null;
        encoder.clearBuffer(step.buffer, step.offset, step.bytes);
        continue;
      }
      if (weight >= boundary) {
        pass?.end();
        pass = null;
        device.queue.submit([encoder.finish()]);
        encoder = device.createCommandEncoder();
        while (weight >= boundary) boundary += share;
      }
      pass ??= encoder.beginComputePass();
      pass.setPipeline(step.pipeline);
      pass.setBindGroup(0, step.bindGroup);
      pass.dispatchWorkgroups(...step.grid);
      weight += step.weight;
    }
    pass?.end();
    finish?.(encoder);
    device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}

async function bind(
  gpu: Gpu,
  recorded: Recorded,
  uniforms: GPUBuffer,
  offset: number,
): Promise<Step> {
  if (recorded.kind === "clear") {
    const [tensor] = recorded.tensors;
    return {
      kind: "clear",
      buffer: tensor.storage.buffer!,
      offset: tensor.offset,
      bytes: tensor.bytes,
      weight: 0,
    };
  }
  const { pipeline, layout } = await gpu.compile(recorded.kernel);
  const entries: GPUBindGroupEntry[] = recorded.tensors.map((tensor, binding) => ({
    binding,
    resource: { buffer: tensor.storage.buffer!, offset: tensor.offset, size: tensor.bytes },
  }));
  entries.push({
    binding: entries.length,
    resource: { buffer: uniforms, offset, size: recorded.params.byteLength },
  });
  return {
    kind: "dispatch",
    pipeline,
    bindGroup: gpu.createBindGroup({ label: recorded.kernel.id, layout, entries }),
    grid: recorded.grid,
    // A dispatch over nothing costs something too; parts of weight 0 could not be told apart.
    weight: 1 + recorded.cost.flops + recorded.cost.bytes,
  };
}

function checkBindings(kernel: Kernel, tensors: Tensor[]): void {
  const accesses = Object.values(kernel.bindings);
  tensors.forEach((tensor, i) => {
    if (tensor.offset % BINDING_ALIGNMENT !== 0) {
      throw new RangeError(`${kernel.id}: ${tensor.storage.name} starts at ${tensor.offset} bytes`);
    }
    const conflict = tensors.some(
      (other, j) =>
        j !== i &&
        other.storage === tensor.storage &&
        (accesses[i] === "read") !== (accesses[j] === "read"),
    );
    if (conflict) throw new Error(`${kernel.id} reads and writes ${tensor.storage.name}`);
  });
}
