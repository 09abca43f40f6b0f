import { defineConfig } from "@playwright/test";
import { findChromium } from "./tools/browser";

/** Another one lets two checkouts be tested side by side. */
const port = Number(process.env.STORYLOOM_TEST_PORT ?? 4310);
const executablePath = await findChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  // Training in a tab on a software GPU takes both cores: one browser at a time.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  use: {
    // Nothing that a visitor can do takes longer, however busy the machine is.
    actionTimeout: 60_000,
    baseURL: `http://localhost:${port}/`,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--headless=new",
        "--no-sandbox",
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        // The browser's own traffic: the tests need none, and a closed network refuses it many times over.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
      ],
    },
  },
  webServer: {
    command: `node tools/run.mjs serve --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    stdout: "pipe",
  },
});
