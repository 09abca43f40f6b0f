import { describe, expect, it } from "vitest";
import { TokenStore } from "./token-store";

describe("TokenStore", () => {
  it("gives back what went in, over the borders of its chunks", () => {
    const store = new TokenStore();
    const expected = new Uint16Array(2_700_000);
    let at = 0;
    for (let size = 1; at < expected.length; size = (size * 7) % 300_007) {
      const ids = Uint16Array.from(
        { length: Math.min(size, expected.length - at) },
        (_, i) => at + i,
      );
      expected.set(ids, at);
      store.append(ids);
      at += ids.length;
    }
    expect(store.length).toBe(expected.length);
    const all = store.finish();
    expect(all.length).toBe(expected.length);
    expect(all.every((id, i) => id === expected[i])).toBe(true);
    expect(store.finish().length).toBe(0);
  });

  it("ends exactly at a chunk", () => {
    const store = new TokenStore();
    store.append(new Uint16Array(2 ** 20).fill(5));
    expect(store.finish().length).toBe(2 ** 20);
    store.append([7]);
    expect([...store.finish()]).toEqual([7]);
  });
});
