import { describe, expect, it, vi } from "vitest";
import { type Problem, StoryloomError } from "../../lib/errors";
import { TestGpu } from "../kernels/testing";
import { Gpu } from "./device";
import { defineKernel } from "./kernel";
import { Recorder } from "./plan";
import { ReadbackRing } from "./readback";

const test = TestGpu.use();
const silent = () => {};

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(StoryloomError);
  return (thrown as StoryloomError).problem;
}

const fill = defineKernel({
  name: "fill",
  source: [
    "struct Params { value: f32 }",
    "@group(0) @binding(0) var<storage, read_write> out: array<f32>;",
    "@group(0) @binding(1) var<uniform> params: Params;",
    "override WORKGROUP: u32 = 4;",
    "@compute @workgroup_size(WORKGROUP)",
    "fn main(@builtin(local_invocation_index) lane: u32) {",
    "  out[lane] = params.value;",
    "}",
  ].join("\n"),
  bindings: { out: "write" },
  params: { value: "f32" },
  constants: { WORKGROUP: 4 },
  grid: () => [1, 1, 1],
  cost: () => ({ flops: 0, bytes: 16 }),
});

describe("opening a GPU", () => {
  it("says that the browser has no WebGPU, or that plain http hides it", async () => {
    expect(await problemOf(Gpu.open(undefined, silent))).toMatchObject({ code: "webgpu-missing" });
    const insecure = await problemOf(Gpu.open(undefined, silent, false));
    expect(insecure.what).toContain("plain http");
  });

  it("says that there is no adapter", async () => {
    const gpu = { requestAdapter: async () => null } as unknown as GPU;
    expect((await problemOf(Gpu.open(gpu, silent))).code).toBe("adapter-missing");
  });

  it("asks for the high-performance adapter and raises the limits to what it has", async () => {
    const requestAdapter = vi.spyOn(navigator.gpu, "requestAdapter");
    const gpu = await Gpu.open(navigator.gpu, silent);
    expect(requestAdapter).toHaveBeenCalledWith({ powerPreference: "high-performance" });
    requestAdapter.mockRestore();
    expect(gpu.device.limits.maxBufferSize).toBe(gpu.adapter.maxBufferSize);
    expect(gpu.adapter.maxBufferSize).toBeGreaterThan(0);
    expect(gpu.device.limits.maxStorageBufferBindingSize).toBe(
      gpu.adapter.maxStorageBufferBindingSize,
    );
    gpu.destroy();
  });

  it("tells of errors that nobody caught", async () => {
    const problems: Problem[] = [];
    const gpu = await Gpu.open(navigator.gpu, (problem) => problems.push(problem));
    gpu.device.createBuffer({ size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE });
    await vi.waitFor(() => expect(problems.map(({ code }) => code)).toEqual(["gpu-failed"]));
    gpu.destroy();
  });
});

describe("compiling", () => {
  it("compiles a kernel once", async () => {
    const create = vi.spyOn(test.gpu.device, "createShaderModule");
    const first = test.gpu.compile(fill);
    expect(test.gpu.compile(fill)).toBe(first);
    await first;
    expect(create).toHaveBeenCalledTimes(1);
    create.mockRestore();
  });

  it("answers wrong WGSL with the reason, its line, and the numbered listing", async () => {
    const source = fill.source.replace("params.value", "params.valu");
    const wrong = defineKernel({ ...fill, name: "wrong", source, tiles: { UNUSED: 1 } });
    const { code, what } = await problemOf(test.gpu.compile(wrong));
    expect(code).toBe("shader-invalid");
    expect(what).toContain("wrong(UNUSED=1,WORKGROUP=4)");
    // One line further down than in the source: the constant comes first.
    expect(what).toMatch(/line 8: .*valu/);
    expect(what).toContain("\n   1  const UNUSED: u32 = 1u;\n   2  struct Params");
    expect(what).toContain("\n   8    out[lane] = params.valu;\n");
  });

  it("answers a pipeline that the GPU refuses with its reason", async () => {
    const large = defineKernel({ ...fill, constants: { WORKGROUP: 100_000 } });
    const { code, what } = await problemOf(test.gpu.compile(large));
    expect(code).toBe("shader-invalid");
    expect(what).toMatch(/100000|workgroup/i);
  });

  it("answers bindings that the shader does not have", async () => {
    const bindings = { other: "read", out: "write" } as const;
    const { code } = await problemOf(
      test.gpu.compile(defineKernel({ ...fill, name: "shifted", bindings })),
    );
    expect(code).toBe("shader-invalid");
  });

  it("gives the buffers of a plan back when it cannot be built", async () => {
    const source = "nonsense";
    const wrong = defineKernel({ ...fill, name: "nonsense", source });
    const recorder = new Recorder("broken");
    recorder.dispatch(wrong, { out: recorder.temp("out", 4) }, { value: 1 });
    const made: GPUBuffer[] = [];
    const { device } = test.gpu;
    const createBuffer = device.createBuffer.bind(device);
    const spy = vi.spyOn(device, "createBuffer").mockImplementation((descriptor) => {
      const buffer = createBuffer(descriptor);
      vi.spyOn(buffer, "destroy");
      made.push(buffer);
      return buffer;
    });
    expect((await problemOf(recorder.build(test.gpu))).code).toBe("shader-invalid");
    spy.mockRestore();
    expect(made.length).toBe(2);
    for (const buffer of made) expect(buffer.destroy).toHaveBeenCalled();
  });
});

describe("allocating", () => {
  it("names the limit, what is needed and what there is", async () => {
    const { limits } = test.gpu.device;
    const { code, what, wayOut } = await problemOf(
      test.gpu.createTensor("The logits", 2 ** 40, "activations"),
    );
    expect(code).toBe("limit-too-small");
    expect(what).toContain("The logits");
    expect(what).toContain("maxBufferSize");
    expect(what).toContain((4 * 2 ** 40).toLocaleString("en"));
    expect(what).toContain(limits.maxBufferSize.toLocaleString("en"));
    expect(wayOut).toMatch(/smaller/i);
  });

  it("checks what a kernel can bind, where a buffer could be larger", async () => {
    const { device } = test.gpu;
    const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 20 };
    const spy = vi.spyOn(device, "limits", "get").mockReturnValue(limits as GPUSupportedLimits);
    const { code, what } = await problemOf(test.gpu.createTensor("Weights", 2 ** 20, "weights"));
    spy.mockRestore();
    expect(code).toBe("limit-too-small");
    expect(what).toContain("maxStorageBufferBindingSize = 4,194,304");
    expect(what).toContain("1,048,576");
  });

  // Provoking it for real could take the whole machine's memory: the GPU's answer is made up here.
  it("gives a buffer back and says how large it was when memory is out", async () => {
    const { device } = test.gpu;
    const spy = vi
      .spyOn(device, "popErrorScope")
      .mockResolvedValueOnce({ message: "out of memory" } as GPUOutOfMemoryError);
    const { code, what } = await problemOf(test.gpu.createTensor("Weights", 3000, "weights"));
    spy.mockRestore();
    await device.popErrorScope();
    expect(code).toBe("out-of-memory");
    expect(what).toContain("12,000");
  });

  it("refuses data that is longer than its tensor", async () => {
    const tensor = await test.gpu.createTensor("short", 8, "weights");
    expect(() => test.gpu.write(tensor, new Float32Array(9))).toThrow(
      "9 elements written to short",
    );
  });
});

describe("a readback ring", () => {
  it("hands out the values of every submit in order, from buffers made once", async () => {
    const out = await test.upload(new Float32Array(4));
    const plans = await Promise.all(
      [1, 2, 3].map((value) => {
        const recorder = new Recorder("fill");
        recorder.dispatch(fill, { out }, { value });
        return recorder.build(test.gpu);
      }),
    );
    const ring = await ReadbackRing.create(test.gpu, out.slice(0, 4), 2);
    const before = { ...test.gpu.allocations };
    const seen: number[] = [];
    for (let step = 0; step < 9; step++) {
      await ring.ready();
      plans[step % 3]!.submit(1, (encoder) => ring.record(encoder));
      ring.collect((values) => seen.push(...values.subarray(0, 1)));
    }
    await ring.drain();
    expect(seen).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
    expect(test.gpu.allocations).toEqual(before);
    for (const plan of plans) plan.destroy();
    ring.destroy();
  });
});
