import type { Gpu } from "./device";
import type { Tensor } from "./tensor";

const STAGING = () => GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;

/** Copies a whole tensor to the CPU, through a staging buffer of its own. For use outside of steps. */
export async function readTensor(gpu: Gpu, tensor: Tensor): Promise<Float32Array<ArrayBuffer>> {
  const staging = await gpu.createBuffer("readback", tensor.bytes, STAGING());
  try {
    const encoder = gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(tensor.storage.buffer!, tensor.offset, staging, 0, tensor.bytes);
    gpu.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return new Float32Array(staging.getMappedRange().slice(0));
  } finally {
    staging.destroy();
  }
}

/**
 * Reads a small tensor back after each of many submits without waiting for any: staging buffers
 * are made once and used in turn.
 */
export class ReadbackRing {
  private next = 0;

  private constructor(
    private readonly tensor: Tensor,
    private readonly staging: readonly GPUBuffer[],
    private readonly pending: (Promise<void> | null)[],
  ) {}

  /** @param depth copies that may be under way at once */
  static async create(gpu: Gpu, tensor: Tensor, depth: number): Promise<ReadbackRing> {
    const staging = [];
    for (let i = 0; i < depth; i++) {
      staging.push(await gpu.createBuffer("readback ring", tensor.bytes, STAGING()));
    }
    return new ReadbackRing(tensor, staging, Array(depth).fill(null));
  }

  /** Waits until a staging buffer is free: this is what bounds the steps in flight. */
  async ready(): Promise<void> {
    await this.pending[this.next];
  }

  /** Adds the copy to a command buffer; call `collect` once it is submitted. */
  record(encoder: GPUCommandEncoder): void {
    const { storage, offset, bytes } = this.tensor;
    encoder.copyBufferToBuffer(storage.buffer!, offset, this.staging[this.next]!, 0, bytes);
  }

  /** Hands the copied values to `onValues` when the GPU is done with them. */
  collect(onValues: (values: Float32Array) => void): void {
    const index = this.next;
    const staging = this.staging[index]!;
    const pending = staging.mapAsync(GPUMapMode.READ).then(() => {
      const values = new Float32Array(staging.getMappedRange().slice(0));
      staging.unmap();
      onValues(values);
    });
    // Whoever waits for it next meets the failure; nobody may be waiting when the device goes away.
    pending.catch(() => undefined);
    this.pending[index] = pending;
    this.next = (index + 1) % this.staging.length;
  }

  /** Waits for everything under way. */
  async drain(): Promise<void> {
    await Promise.all(this.pending);
  }

  destroy(): void {
    for (const buffer of this.staging) buffer.destroy();
  }
}
