import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build, createServer } from "vite";
import { tryToReach } from "./support/leak";
import { type RunningServer, serveForeignOrigin, serveWithoutHeaders } from "./support/servers";

const root = join(import.meta.dirname, "support", "worker-site");
const configFile = join(import.meta.dirname, "..", "vite.config.ts");

async function serveBuild(outDir: string): Promise<RunningServer> {
  await build({ root, configFile, logLevel: "silent", build: { outDir, emptyOutDir: true } });
  return serveWithoutHeaders(outDir);
}

async function serveDev(): Promise<RunningServer> {
  const server = await createServer({
    root,
    configFile,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, fs: { allow: [join(import.meta.dirname, "..")] } },
  });
  await server.listen();
  return { address: server.resolvedUrls?.local[0] ?? "", close: () => server.close() };
}

async function theWorker(page: Page, start: () => Promise<unknown>) {
  const started = page.waitForEvent("worker");
  expect(await start()).toBe("HELLO");
  return started;
}

for (const kind of ["built site", "dev server"] as const) {
  test.describe(`spawnWorker on the ${kind}, without headers`, () => {
    let site: RunningServer;
    let foreign: Awaited<ReturnType<typeof serveForeignOrigin>>;

    test.beforeEach(async ({ page }, info) => {
      foreign = await serveForeignOrigin();
      site = await (kind === "built site" ? serveBuild(info.outputPath("site")) : serveDev());
      await page.goto(site.address);
      await page.waitForFunction(() => "startMissing" in window);
    });
    test.afterEach(() => Promise.all([site.close(), foreign.close()]));

    test("starts a worker that answers what was sent before it was up, and cannot reach another origin", async ({
      page,
    }) => {
      const worker = await theWorker(page, () => page.evaluate(() => window.echo("hello")));
      for (const place of [page, worker]) {
        const { outcome, violated } = await tryToReach(place, foreign.address);
        expect(outcome).toContain("TypeError");
        expect(violated).toEqual(["connect-src"]);
      }
      expect(foreign.requests).toEqual([]);
    });

    test("lets go of the blob once the worker runs", async ({ page }) => {
      const worker = await theWorker(page, () => page.evaluate(() => window.echo("hello")));
      expect(worker.url()).toMatch(/^blob:/);
      // Asked from the worker, whose policy is the page's: blob: is no allowed place to connect to there,
      // so a new worker tells whether the address is still known.
      const again = await page.evaluate(
        (url) =>
          new Promise((resolve) => {
            const worker = new Worker(url, { type: "module" });
            worker.onerror = () => resolve("gone");
            setTimeout(() => resolve("still there"), 2000);
          }),
        worker.url(),
      );
      expect(again).toBe("gone");
    });

    test("reports a worker that cannot be loaded", async ({ page }) => {
      expect(await page.evaluate(() => window.startMissing())).toBe("error");
    });
  });
}

test("a worker started from its URL would reach another origin", async ({ page }, info) => {
  const foreign = await serveForeignOrigin();
  const site = await serveBuild(info.outputPath("site"));
  await page.goto(site.address);
  await page.waitForFunction(() => "startMissing" in window);
  const worker = await theWorker(page, () => page.evaluate(() => window.echoUnprotected("hello")));
  expect(await tryToReach(worker, foreign.address)).toEqual({ outcome: "reached", violated: [] });
  await Promise.all([site.close(), foreign.close()]);
});
