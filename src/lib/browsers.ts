/**
 * Where WebGPU is on by default, from MDN's compatibility data of `GPUAdapter` and `GPUAdapter.info`,
 * which the page reads.
 */
export const browsersWithWebGpu =
  "Chrome or Edge 127 or newer, Safari 26 or newer, or Firefox 141 or newer on Windows and 147 or newer on Macs with Apple silicon (on Linux: Chrome 144 or newer, for many GPUs with chrome://flags/#enable-unsafe-webgpu)";
