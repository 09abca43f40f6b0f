import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test, type Worker } from "@playwright/test";
import { tryToReach } from "./support/leak";
import { serveForeignOrigin, serveWithoutHeaders } from "./support/servers";

/** The built site: Playwright's web server has built it by now. */
const dist = join(import.meta.dirname, "..", "dist");

/** Waits until the page has started a worker of this name. */
async function workerNamed(page: Page, name: string): Promise<Worker> {
  let found: Worker | undefined;
  await expect
    .poll(async () => {
      for (const worker of page.workers()) {
        if ((await worker.evaluate(() => self.name)) === name) found = worker;
      }
      return found !== undefined;
    })
    .toBe(true);
  return found!;
}

test("on a host without headers, page and workers run under the policy and cannot reach another origin", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  const site = await serveWithoutHeaders(dist);
  const foreign = await serveForeignOrigin();

  await page.goto(site.address);
  const trainer = await workerNamed(page, "trainer");
  await page.getByRole("button", { name: "Start with sample stories" }).first().click();
  const tokenizer = await workerNamed(page, "tokenizer");
  expect(complaints).toEqual([]);

  for (const place of [page, trainer, tokenizer]) {
    const { outcome, violated } = await tryToReach(place, foreign.address);
    expect(outcome).toContain("TypeError");
    expect(violated).toEqual(["connect-src"]);
  }
  expect(foreign.requests).toEqual([]);
  await Promise.all([site.close(), foreign.close()]);
});

test("npm start sends the same policy as a header", async ({ request }) => {
  const response = await request.get("./");
  const meta = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(await response.text());
  expect(meta?.[1]).toContain("default-src 'none'");
  expect(response.headers()["content-security-policy"]).toBe(meta?.[1]);
  expect(response.headers()["cache-control"]).toBe("no-cache");
});

test("the build carries our licence and those of the packages in page and workers", () => {
  const notices = readFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), "utf8");
  // comlink runs in page and workers, pbf in workers only; d3-shape comes along with recharts.
  for (const name of ["react", "react-dom", "recharts", "d3-shape", "zustand", "comlink", "pbf"]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([^)]+\\)$`, "m"));
  }
  expect(notices).toContain("Copyright (c) Meta Platforms, Inc. and affiliates.");
  // What only tests and tools use is not in the build.
  expect(notices).not.toMatch(/^(vite|vitest|webgpu|sirv) \d/m);
  const ours = readFileSync(join(dist, "LICENSE.txt"), "utf8");
  expect(ours).toBe(readFileSync(join(dist, "..", "LICENSE"), "utf8"));
});
