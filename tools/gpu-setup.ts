/** Set-up of the Vitest project `kernels`: the tests find WebGPU in `navigator.gpu`, as in a browser. */
import { installGpu } from "./gpu";

// The driver of every Chromium is what the tests promise to pass on; `npm test` asks for lavapipe as well.
if (process.platform === "linux") process.env.STORYLOOM_ADAPTER ??= "swiftshader";
installGpu();
