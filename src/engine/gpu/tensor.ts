/** What a buffer is held for; the memory panel adds up by it. */
export type Role = "weights" | "gradients" | "optimizer" | "activations";

/** Bytes of every element: f32 or u32. */
export const ELEMENT_BYTES = 4;

/** WebGPU's guaranteed alignment of a storage binding's offset. */
export const BINDING_ALIGNMENT = 256;

/** Elements rounded up so that the next tensor starts where a binding may start. */
export function alignElements(elements: number): number {
  const unit = BINDING_ALIGNMENT / ELEMENT_BYTES;
  return Math.ceil(elements / unit) * unit;
}

/** One GPU buffer, now or once its plan is built. */
export interface Storage {
  readonly name: string;
  readonly bytes: number;
  readonly role: Role;
  buffer: GPUBuffer | null;
}

/** A range of a storage: what a kernel binds. */
export class Tensor {
  constructor(
    readonly storage: Storage,
    /** Where the range starts, in elements. */
    readonly start: number,
    readonly elements: number,
  ) {}

  get bytes(): number {
    return this.elements * ELEMENT_BYTES;
  }

  get offset(): number {
    return this.start * ELEMENT_BYTES;
  }

  slice(start: number, elements: number): Tensor {
    if (start < 0 || start + elements > this.elements) {
      throw new RangeError(
        `slice ${start}+${elements} of ${this.storage.name} with ${this.elements} elements`,
      );
    }
    return new Tensor(this.storage, this.start + start, elements);
  }
}
