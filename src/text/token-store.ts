const chunkLength = 2 ** 20;

/** Token ids in the order they come, in memory that grows by chunks. */
export class TokenStore {
  length = 0;
  private readonly chunks: Uint16Array[] = [];

  append(ids: ArrayLike<number>): void {
    for (let from = 0; from < ids.length; ) {
      const used = this.length % chunkLength;
      if (used === 0) this.chunks.push(new Uint16Array(chunkLength));
      const chunk = this.chunks.at(-1)!;
      const count = Math.min(ids.length - from, chunkLength - used);
      for (let i = 0; i < count; i++) chunk[used + i] = ids[from + i]!;
      from += count;
      this.length += count;
    }
  }

  /** All ids in one array. The store is empty after that. */
  finish(): Uint16Array<ArrayBuffer> {
    const all = new Uint16Array(this.length);
    this.chunks.forEach((chunk, i) => {
      const start = i * chunkLength;
      all.set(chunk.subarray(0, Math.min(chunkLength, this.length - start)), start);
    });
    this.chunks.length = 0;
    this.length = 0;
    return all;
  }
}
