/** WebGPU for Node: Dawn, on the driver that adapter.ts chooses. */
import { create, globals } from "webgpu";
import { adapterEnvironment, chooseAdapter } from "./adapter";

declare global {
  // Node has no navigator.gpu; from version 21 on it has a navigator.
  var navigator: Navigator;
}

const help =
  "On Debian or Ubuntu: apt-get install chromium libvulkan1 (brings the software driver SwiftShader), " +
  "or a Vulkan driver for your GPU, or mesa-vulkan-drivers 25 or newer.";

/**
 * Puts WebGPU where a browser has it (`navigator.gpu`, `GPUBufferUsage`, …) and returns it. Call it once, before
 * anything else uses Dawn. Dawn keeps Node's event loop alive: a command ends with `process.exit`.
 *
 * @throws when no driver was found.
 */
export function installGpu(): GPU {
  const choice = chooseAdapter();
  const environment = choice && adapterEnvironment(choice);
  if (!environment) {
    throw new Error(
      choice
        ? `The driver ${choice} was not found. ${help}`
        : `No usable Vulkan driver was found. ${help}`,
    );
  }
  const loader = environment.LD_LIBRARY_PATH;
  if (loader && process.env.LD_LIBRARY_PATH !== loader) {
    // The dynamic linker reads this one when the process starts: too late to set it here.
    throw new Error(`No Vulkan loader was found. ${help} Or set LD_LIBRARY_PATH=${loader}.`);
  }
  Object.assign(process.env, environment);
  Object.assign(globalThis, globals);
  const gpu = create([]);
  if (typeof navigator === "undefined") {
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  }
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  return gpu;
}
