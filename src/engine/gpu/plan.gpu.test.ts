import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { TestGpu } from "../kernels/testing";
import { defineKernel } from "./kernel";
import { Recorder } from "./plan";
import type { Tensor } from "./tensor";

const test = TestGpu.use();

/** In whole numbers, so that a CPU gets the same bits. */
const mix = defineKernel({
  name: "mix",
  source: /* wgsl */ `
    struct Params { size: u32, a_size: u32, b_size: u32, salt: u32 }
    @group(0) @binding(0) var<storage, read> a: array<u32>;
    @group(0) @binding(1) var<storage, read> b: array<u32>;
    @group(0) @binding(2) var<storage, read_write> out: array<u32>;
    @group(0) @binding(3) var<uniform> params: Params;
    @compute @workgroup_size(64)
    fn main(@builtin(global_invocation_id) thread: vec3u) {
      let i = thread.x;
      if (i < params.size) {
        out[i] = a[i % params.a_size] * 31 + b[i % params.b_size] + params.salt + i;
      }
    }`,
  bindings: { a: "read", b: "read", out: "write" },
  params: { size: "u32", a_size: "u32", b_size: "u32", salt: "u32" },
  grid: ({ size }) => [Math.ceil(size / 64), 1, 1],
  cost: ({ size }) => ({ flops: 3 * size, bytes: 12 * size }),
});

function mixOnCpu(a: Uint32Array, b: Uint32Array, size: number, salt: number): Uint32Array {
  return Uint32Array.from(
    { length: size },
    (_, i) => Math.imul(a[i % a.length]!, 31) + b[i % b.length]! + salt + i,
  );
}

/** One command of a random program; `a`, `b` and `to` choose among the tensors made so far. */
interface Command {
  kind: "make" | "overwrite" | "clear" | "save";
  a: number;
  b: number;
  to: number;
  size: number;
  salt: number;
}

const program: fc.Arbitrary<Command[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("make", "make", "make", "overwrite", "clear", "save"),
    a: fc.nat(1000),
    b: fc.nat(1000),
    to: fc.nat(1000),
    size: fc.integer({ min: 1, max: 300 }),
    salt: fc.nat(0xffff),
  }),
  { minLength: 5, maxLength: 60 },
);

interface Made {
  tensor: Tensor;
  values: Uint32Array;
  first: number;
  last: number;
}

/** Records a program, and computes on the CPU what it must save. */
async function record(commands: Command[]) {
  const recorder = new Recorder("random program");
  const source = Uint32Array.of(5, 7, 11);
  const start = await test.upload(source);
  const all: Made[] = [];
  const saved: { tensor: Tensor; values: Uint32Array }[] = [];
  let index = 0;
  const choose = (at: number) => all[at % all.length];
  const read = (at: number) => {
    const made = choose(at);
    if (made) made.last = index;
    return made ?? { tensor: start, values: source };
  };
  for (const { kind, a: aAt, b: bAt, to, size, salt } of commands) {
    if (kind === "clear") {
      const made = choose(to);
      if (!made) continue;
      recorder.clear(made.tensor);
      made.values = new Uint32Array(made.values.length);
      made.last = index;
    } else {
      const target = kind === "overwrite" ? choose(to) : undefined;
      // A dispatch may not read what it writes.
      if (target && (choose(aAt) === target || choose(bAt) === target)) continue;
      const a = read(aAt);
      const b = read(bAt);
      const length = target?.values.length ?? size;
      const values = mixOnCpu(a.values, b.values, length, salt);
      const tensor =
        target?.tensor ??
        (kind === "save" ? await test.upload(length) : recorder.temp(`temporary ${index}`, length));
      recorder.dispatch(
        mix,
        { a: a.tensor, b: b.tensor, out: tensor },
        { size: length, a_size: a.values.length, b_size: b.values.length, salt },
      );
      if (target) Object.assign(target, { values, last: index });
      else if (kind === "save") saved.push({ tensor, values });
      else all.push({ tensor, values, first: index, last: index });
    }
    index += 1;
  }
  return { recorder, all, saved };
}

async function expectSaved(saved: { tensor: Tensor; values: Uint32Array }[]) {
  for (const { tensor, values } of saved) {
    const actual = await test.read(tensor);
    expect(new Uint32Array(actual.buffer, 0, actual.length)).toEqual(values);
  }
}

describe("a recorded plan", () => {
  it("gives random programs their results, and no two live temporaries one buffer", async () => {
    await fc.assert(
      fc.asyncProperty(program, async (commands) => {
        const { recorder, all, saved } = await record(commands);
        const bytes = recorder.temporaryBytes;
        const plan = await recorder.build(test.gpu);
        const sizes = new Map(
          all.map(({ tensor: { storage } }) => [storage.buffer!, storage.buffer!.size]),
        );
        expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBe(bytes);
        all.forEach((x, i) => {
          expect(x.tensor.storage.buffer!.size).toBeGreaterThanOrEqual(x.tensor.bytes);
          for (const y of all.slice(i + 1)) {
            const bothLive = x.first <= y.last && y.first <= x.last;
            if (bothLive) expect(x.tensor.storage.buffer).not.toBe(y.tensor.storage.buffer);
          }
        });
        plan.submit();
        await expectSaved(saved);
        plan.destroy();
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it("gives the same when split into any number of parts", async () => {
    await fc.assert(
      fc.asyncProperty(program, fc.integer({ min: 1, max: 100 }), async (commands, parts) => {
        const { recorder, saved } = await record(commands);
        const plan = await recorder.build(test.gpu);
        plan.submit(parts);
        await expectSaved(saved);
        plan.destroy();
      }),
      { seed: 2, numRuns: 30 },
    );
  });

  /** Eleven temporaries, each made of the one before. */
  async function chain() {
    const recorder = new Recorder("chain");
    let previous = await test.upload(Uint32Array.of(1));
    let length = 1;
    for (let i = 0; i < 11; i++) {
      const next = recorder.temp(`link ${i}`, 100);
      const sizes = { size: 100, a_size: length, b_size: length, salt: i };
      recorder.dispatch(mix, { a: previous, b: previous, out: next }, sizes);
      previous = next;
      length = 100;
    }
    const out = await test.upload(100);
    recorder.dispatch(
      mix,
      { a: previous, b: previous, out },
      { size: 100, a_size: 100, b_size: 100, salt: 9 },
    );
    return { recorder, out };
  }

  it("keeps a chain of any length in two buffers", async () => {
    const { recorder } = await chain();
    expect(recorder.temporaryBytes).toBe(2 * 400);
    expect(recorder.dispatches).toBe(12);
    expect(recorder.flops).toBe(12 * 300);
  });

  it("submits in as many parts as asked", async () => {
    const { recorder } = await chain();
    const plan = await recorder.build(test.gpu);
    const submit = vi.spyOn(test.gpu.device.queue, "submit");
    for (const parts of [1, 2, 3, 4, 6, 12]) {
      submit.mockClear();
      plan.submit(parts);
      expect(submit).toHaveBeenCalledTimes(parts);
    }
    submit.mockRestore();
    plan.destroy();
  });

  it("allocates nothing when it is replayed, and gives the same each time", async () => {
    const { recorder, out } = await chain();
    const plan = await recorder.build(test.gpu);
    plan.submit();
    const first = await test.read(out);
    const { device } = test.gpu;
    const makers = [
      vi.spyOn(device, "createBuffer"),
      vi.spyOn(device, "createBindGroup"),
      vi.spyOn(device, "createComputePipelineAsync"),
    ];
    const before = { ...test.gpu.allocations };
    for (let i = 0; i < 100; i++) plan.submit(1 + (i % 3));
    expect(test.gpu.allocations).toEqual(before);
    for (const maker of makers) {
      expect(maker).not.toHaveBeenCalled();
      maker.mockRestore();
    }
    expect(await test.read(out)).toEqual(first);
    plan.destroy();
  });

  it("counts what it allocates", async () => {
    const { recorder } = await chain();
    const before = { ...test.gpu.allocations };
    const plan = await recorder.build(test.gpu);
    expect(test.gpu.allocations).toEqual({
      // Two slots and the parameters.
      buffers: before.buffers + 3,
      bindGroups: before.bindGroups + 12,
    });
    plan.destroy();
  });

  it("runs a plan whose dispatches cost nothing", async () => {
    const free = defineKernel({ ...mix, cost: () => ({ flops: 0, bytes: 0 }) });
    const a = await test.upload(Uint32Array.of(3));
    const out = await test.upload(1);
    await test.run((recorder) => {
      recorder.dispatch(free, { a, b: a, out }, { size: 1, a_size: 1, b_size: 1, salt: 4 });
    });
    expect(new Uint32Array((await test.read(out)).buffer)[0]).toBe(3 * 31 + 3 + 4);
  });

  it("leaves out a dispatch of no workgroups", async () => {
    const a = await test.upload(Uint32Array.of(3));
    const recorder = new Recorder("empty");
    recorder.dispatch(
      mix,
      { a, b: a, out: await test.upload(1) },
      { size: 0, a_size: 1, b_size: 1, salt: 4 },
    );
    expect(recorder.dispatches).toBe(0);
  });

  it("adds commands of the caller behind its own", async () => {
    const { recorder, out } = await chain();
    const copy = await test.upload(100);
    const plan = await recorder.build(test.gpu);
    plan.submit(2, (encoder) => {
      encoder.copyBufferToBuffer(out.storage.buffer!, 0, copy.storage.buffer!, 0, 400);
    });
    expect(await test.read(copy)).toEqual(await test.read(out));
    plan.destroy();
  });
});

describe("a dispatch is refused when it", () => {
  const sizes = { size: 4, a_size: 4, b_size: 4, salt: 0 };

  it("reads and writes one storage, even in ranges apart", async () => {
    const recorder = new Recorder("conflict");
    const tensor = recorder.temp("both", 1024);
    const other = recorder.temp("other", 4);
    expect(() => recorder.dispatch(mix, { a: other, b: tensor, out: tensor }, sizes)).toThrow(
      "mix reads and writes both",
    );
    const apart = { a: tensor.slice(0, 64), b: other, out: tensor.slice(512, 64) };
    expect(() => recorder.dispatch(mix, apart, sizes)).toThrow("mix reads and writes both");
    expect(recorder.dispatches).toBe(0);
  });

  it("binds a range that does not start at a multiple of 256 bytes", () => {
    const recorder = new Recorder("misaligned");
    const tensor = recorder.temp("weights", 1024);
    const out = recorder.temp("out", 4);
    expect(() =>
      recorder.dispatch(mix, { a: tensor.slice(63, 64), b: tensor, out }, sizes),
    ).toThrow("mix: weights starts at 252 bytes");
    expect(() =>
      recorder.dispatch(mix, { a: tensor.slice(64, 64), b: tensor, out }, sizes),
    ).not.toThrow();
  });

  it("slices a tensor past its end", () => {
    const tensor = new Recorder("slice").temp("weights", 128);
    expect(() => tensor.slice(64, 65)).toThrow("slice 64+65 of weights with 128 elements");
    expect(() => tensor.slice(-1, 2)).toThrow(RangeError);
  });
});
