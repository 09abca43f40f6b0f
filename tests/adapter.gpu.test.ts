import { describe, expect, it } from "vitest";

const doubling = `
@group(0) @binding(0) var<storage, read_write> values: array<u32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&values)) { values[id.x] *= 2u; }
}`;

async function doubled(device: GPUDevice, values: Uint32Array<ArrayBuffer>): Promise<Uint32Array> {
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const size = values.byteLength;
  const buffer = device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
  const staging = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(buffer, 0, values);
  const module = device.createShaderModule({ code: doubling });
  const pipeline = device.createComputePipeline({ layout: "auto", compute: { module } });
  const bindGroup = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  pass.dispatchWorkgroups(Math.ceil(values.length / 64));
  pass.end();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  return new Uint32Array(staging.getMappedRange().slice(0));
}

describe("the GPU that the kernel tests run on", () => {
  it("is the driver that was asked for", async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const description = adapter?.info.description ?? "no adapter";
    console.log(`Adapter: ${description}`);
    if (process.env.STORYLOOM_ADAPTER === "swiftshader") expect(description).toMatch(/SwiftShader/);
    else if (process.env.STORYLOOM_ADAPTER === "lavapipe") {
      expect(description).toMatch(/llvmpipe/);
      expect(Number(/Mesa (\d+)/.exec(description)?.[1])).toBeGreaterThanOrEqual(25);
    } else expect(adapter).not.toBeNull();
  });

  it("computes", async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const device = await adapter!.requestDevice();
    const values = Uint32Array.from({ length: 101 }, (_, i) => i * i);
    expect(await doubled(device, values)).toEqual(values.map((v) => v * 2));
    device.destroy();
  });
});
