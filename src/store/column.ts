type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** Numbers that only become more, in one typed array that doubles when it is full. */
export class Column {
  #store: Numbers;
  #length = 0;

  constructor(kind: "float64" | "int32" = "float64") {
    this.#store = kind === "int32" ? new Int32Array(64) : new Float64Array(64);
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers as they are now; `push` may move them to another array. */
  get values(): Numbers {
    return this.#store.subarray(0, this.#length);
  }

  /** @param index from 0 to length − 1, which nobody checks */
  at(index: number): number {
    return this.#store[index]!;
  }

  push(value: number): void {
    if (this.#length === this.#store.length) this.#makeRoom(1);
    this.#store[this.#length] = value;
    this.#length += 1;
  }

  append(values: ArrayLike<number>): void {
    this.#makeRoom(values.length);
    this.#store.set(values, this.#length);
    this.#length += values.length;
  }

  #makeRoom(count: number): void {
    let size = this.#store.length;
    while (size < this.#length + count) size *= 2;
    if (size === this.#store.length) return;
    const larger = new (this.#store.constructor as new (size: number) => Numbers)(size);
    larger.set(this.#store);
    this.#store = larger;
  }
}
