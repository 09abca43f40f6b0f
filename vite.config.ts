import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { devNonce, injectPolicy } from "./tools/build/csp.ts";
import { thirdPartyNotices } from "./tools/build/notices.ts";
import { sizeGate } from "./tools/build/size-gate.ts";

const notices = thirdPartyNotices();

export default defineConfig(({ command }) => ({
  // Relative addresses: the build works on any static host and under any path.
  base: "./",
  plugins: [react(), injectPolicy(), notices.collect(), notices.emit(), sizeGate(400_000)],
  worker: { format: "es", plugins: () => [notices.collect()] },
  html: command === "serve" ? { cspNonce: devNonce } : {},
  build: {
    target: "es2023",
    // Every browser with WebGPU has module preload of its own.
    modulePreload: { polyfill: false },
    // The gate below counts; Vite's own warning would only repeat it.
    chunkSizeWarningLimit: 2000,
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,tests,tools}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.gpu.test.ts"],
          maxWorkers: 2,
          // Property tests and fixtures take seconds; a busy machine, several times as long.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "kernels",
          include: ["{src/engine,src/session,tests}/**/*.gpu.test.ts"],
          setupFiles: ["tools/gpu-setup.ts"],
          // A process of its own for each file: Dawn reads its driver from the environment once.
          pool: "forks",
          maxWorkers: 2,
          // Software adapters do 0.3 to 2 GFLOP/s, and the first use of a shader compiles it.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}));
