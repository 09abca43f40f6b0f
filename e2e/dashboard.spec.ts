import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { type ChartTitle, Studio } from "./studio";
import { Dashboard, smoothness, watchSmoothness } from "./support/dashboard";
import { longRun, SPIKE } from "./support/long-run";
import { makeStories } from "./support/stories";

const stories = makeStories(300, 1);
const charts: ChartTitle[] = ["Loss", "Bits per byte", "Gradient norm", "Learning rate", "Speed"];

async function openRun(page: import("@playwright/test").Page, path: string) {
  // High enough that all charts are on screen.
  await page.setViewportSize({ width: 1_400, height: 2_000 });
  const studio = new Studio(page);
  await studio.open();
  await studio.openCheckpoint(path);
  await expect(studio.chart("Speed").getByTestId("plot")).toBeVisible({ timeout: 60_000 });
  return { studio, dashboard: new Dashboard(studio, page) };
}

test("all charts share one axis, one part of the run and one crosshair, by pointer and by keyboard", async ({
  page,
}, info) => {
  const path = info.outputPath("run.safetensors");
  writeFileSync(path, await longRun(stories, 400));
  const { studio, dashboard } = await openRun(page, path);
  const ticksBetween = async (from: number, to: number) => {
    for (const title of charts) {
      await expect(async () => {
        const ticks = (await dashboard.xTicks(title)).map((tick) => Number(tick.replace(",", "")));
        expect(ticks.length).toBeGreaterThan(1);
        expect(Math.min(...ticks)).toBeGreaterThanOrEqual(from);
        expect(Math.max(...ticks)).toBeLessThanOrEqual(to);
        expect(Math.max(...ticks) - Math.min(...ticks)).toBeGreaterThan((to - from) / 2);
      }).toPass({ timeout: 10_000 });
    }
  };

  await test.step("the axis is steps, tokens or time", async () => {
    await ticksBetween(0, 400);
    await dashboard.button("Tokens").click();
    for (const title of charts) {
      await expect(studio.chart(title)).toContainText("tokens trained on");
      expect((await dashboard.xTicks(title)).at(-1)).toBe("20K");
    }
    await dashboard.button("Time").click();
    await expect(studio.chart("Speed")).toContainText("time trained");
    expect(await dashboard.xTicks("Loss")).toEqual(["0 s", "5 s", "10 s", "15 s", "20 s"]);
    await dashboard.button("Steps").click();
    await expect(studio.chart("Speed")).toContainText("optimizer steps");
  });

  await test.step("a logarithmic scale, for the chart where it is asked for", async () => {
    const log = studio.chart("Learning rate").getByRole("button", { name: "Logarithmic scale" });
    const [plain] = await dashboard.yTicks("Learning rate");
    expect(plain).toBe(0);
    await log.click();
    await expect(async () => {
      const ticks = await dashboard.yTicks("Learning rate");
      expect(ticks[0]).toBeGreaterThan(0);
      expect(ticks.at(-1)! / ticks[0]!).toBeGreaterThan(50);
    }).toPass();
    expect(await dashboard.yTicks("Gradient norm")).toContain(0.5);
    await log.click();
  });

  await test.step("a drag shows a part, a double click the whole", async () => {
    await dashboard.drag("Loss", 0.25, 0.75);
    await ticksBetween(95, 305);
    await page.keyboard.down("Shift");
    await dashboard.drag("Gradient norm", 0.6, 0.1);
    await page.keyboard.up("Shift");
    await ticksBetween(190, 400);
    await dashboard.plot("Loss").dblclick();
    await ticksBetween(0, 400);
  });

  await test.step("the wheel zooms with Ctrl, and scrolls the page without", async () => {
    await dashboard.plot("Loss").hover();
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -340);
    await ticksBetween(98, 302);
    await page.keyboard.up("Control");
    await page.setViewportSize({ width: 1_400, height: 1_000 });
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    await page.setViewportSize({ width: 1_400, height: 2_000 });
    await ticksBetween(98, 302);
    await dashboard.button("Whole run").click();
    await ticksBetween(0, 400);
  });

  await test.step("keys zoom, pan and go back", async () => {
    await dashboard.plot("Gradient norm").focus();
    await page.keyboard.press("+");
    await ticksBetween(100, 300);
    await page.keyboard.press("Shift+ArrowRight");
    await ticksBetween(150, 350);
    await page.keyboard.press("-");
    await page.keyboard.press("0");
    await ticksBetween(0, 400);
  });

  await test.step("the crosshair stands at the same step in every chart", async () => {
    const { width, height } = (await dashboard.plot("Loss").boundingBox())!;
    await dashboard.plot("Loss").hover({ position: { x: width / 4, y: height / 2 } });
    for (const title of charts) await expect(studio.chart(title)).toContainText("Step 100");
    await page.mouse.move(0, 0);
    for (const title of charts) await expect(studio.chart(title)).not.toContainText("Step 100");
    await dashboard.plot("Learning rate").focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    const value = dashboard.plot("Learning rate");
    await expect(value).toHaveAttribute("aria-valuetext", /^step 396, 25,344 tokens, 19.8 s; Lea/);
    await expect(studio.chart("Loss")).toContainText("Step 396");
    await expect(studio.chart("Speed")).toContainText(/Computing\s*[\d.]+ GFLOP\/s/);
    await page.keyboard.press("Escape");
    await expect(studio.chart("Loss")).not.toContainText("Step 396");
  });

  await test.step("the slider smooths by keyboard, from each step itself to a thousand steps", async () => {
    const before = await dashboard.paths("Loss");
    await dashboard.smoothing.focus();
    await page.keyboard.press("End");
    await expect(dashboard.smoothing).toHaveAttribute("aria-valuetext", "0.999, about 1000 steps");
    await expect.poll(async () => (await dashboard.paths("Loss"))[1]).not.toBe(before[1]);
    await page.keyboard.press("Home");
    await expect(dashboard.smoothing).toHaveAttribute("aria-valuetext", "none");
    // Not smoothed at all, it is the raw line; which never changes.
    await expect.poll(async () => (await dashboard.paths("Loss"))[1]).toBe(before[0]);
    expect((await dashboard.paths("Loss"))[0]).toBe(before[0]);
  });

  await test.step("nothing sticks out on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 3_000 });
    await expect(studio.chart("Speed").getByTestId("plot")).toBeVisible();
    const wide = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const figures = [...document.querySelectorAll("figure")];
        return [scrollWidth - clientWidth, ...figures.map((f) => f.scrollWidth - f.clientWidth)];
      });
    await expect.poll(async () => (await wide()).filter((pixels) => pixels > 0)).toEqual([]);
  });
});

test("charts are saved as pictures, the run as CSV and JSON, and every chart is a table too", async ({
  page,
}, info) => {
  const path = info.outputPath("run.safetensors");
  writeFileSync(path, await longRun(stories, 400));
  const { studio, dashboard } = await openRun(page, path);
  const save = studio.chart("Loss").getByRole("button", { name: "Save this chart" });
  const box = (await studio.chart("Loss").getByTestId("plot").boundingBox())!;

  await test.step("PNG", async () => {
    const { name, path } = await dashboard.save(save, "Picture (PNG)");
    expect(name).toBe("storyloom-nano-step400-loss.png");
    const png = readFileSync(path);
    expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    expect(png.readUInt32BE(16)).toBe(2 * (Math.round(box.width) + 32));
    expect(png.readUInt32BE(20)).toBe(2 * (Math.round(box.height) + 72));
    // It shows something: paper and ink, lines in two colours and their edges.
    const colours = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      return new Set(new Uint32Array(data.buffer)).size;
    }, png.toString("base64"));
    expect(colours).toBeGreaterThan(50);
  });

  await test.step("SVG, complete in itself", async () => {
    const { name, path } = await dashboard.save(save, "Drawing (SVG)");
    expect(name).toBe("storyloom-nano-step400-loss.svg");
    const svg = readFileSync(path, "utf8");
    expect(svg).not.toMatch(/var\(|class=|style=|href=/);
    const read = await page.evaluate((svg) => {
      const { documentElement: root } = new DOMParser().parseFromString(svg, "image/svg+xml");
      const texts = [...root.querySelectorAll("text")].map((text) => text.textContent);
      const lines = [...root.querySelectorAll("path")].map((path) => path.getAttribute("stroke"));
      return { root: root.nodeName, texts, lines };
    }, svg);
    expect(read.root).toBe("svg");
    expect(read.texts).toEqual(
      expect.arrayContaining(["Loss (nats a token)", "Smoothed", "Validation", "optimizer steps"]),
    );
    expect(read.lines.every((stroke) => /^(rgb|#|none)/.test(stroke!))).toBe(true);
  });

  const run = dashboard.button("Save run");
  const losses = await test.step("CSV and JSON say the same", async () => {
    const csv = await dashboard.save(run, "Training steps (CSV)");
    expect(csv.name).toBe("storyloom-nano-step400-training.csv");
    const [head, ...lines] = readFileSync(csv.path, "utf8").trim().split("\r\n");
    const columns = head!.split(",");
    const rows = lines.map((line) => line.split(",").map(Number));
    const column = (name: string) => rows.map((row) => row[columns.indexOf(name)]);
    expect(rows).toHaveLength(400);

    const json = await dashboard.save(run, "Settings and all numbers (JSON)");
    expect(json.name).toBe("storyloom-nano-step400-run.json");
    const read = JSON.parse(readFileSync(json.path, "utf8"));
    expect(read).toMatchObject({
      title: "Nano",
      model: { hidden_size: 64 },
      training: { seed: 1 },
    });
    for (const name of columns) expect(read.points[name]).toEqual(column(name));

    const held = await dashboard.save(run, "Validation (CSV)");
    const [, ...measured] = readFileSync(held.path, "utf8").trim().split("\r\n");
    expect(measured).toHaveLength(read.evaluations.step.length);
    return read.points.loss as number[];
  });

  await test.step("every chart as a table, of the part that is shown", async () => {
    await dashboard.drag("Loss", 0.4, 0.5);
    for (const title of charts) {
      const chart = studio.chart(title);
      await chart.getByRole("button", { name: "Show as a table" }).click();
      await expect(chart.getByRole("table")).toHaveAccessibleName(new RegExp(`^${title}`));
      await expect(chart.getByRole("table")).toContainText(/All (4\d|2) measurements/);
      await expect(chart.getByRole("columnheader").first()).toHaveText("Step");
    }
    const row = studio.chart("Loss").getByRole("row", { name: /^180 / });
    await expect(row).toContainText(losses[179]!.toFixed(3));
    await dashboard.button("Whole run").click();
    await expect(studio.chart("Loss").getByRole("table")).toContainText(/of 411 measurements/);
    expect(await studio.chart("Loss").getByRole("row").count()).toBeLessThanOrEqual(201);
  });
});

test("100,000 points stay smooth while training goes on, and no spike is lost", async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  const path = info.outputPath("long.safetensors");
  writeFileSync(path, await longRun(stories, 100_000));
  await page.setViewportSize({ width: 1_400, height: 2_000 });
  const studio = new Studio(page);
  const dashboard = new Dashboard(studio, page);
  await studio.open();
  await studio.chooseText({ name: "tales.txt", content: stories });
  await expect(studio.text).toContainText("The first story");
  await studio.openCheckpoint(path);
  await expect(studio.button("Continue training")).toBeEnabled({ timeout: 60_000 });
  await expect(studio.chart("Speed").getByTestId("plot")).toBeVisible();

  // Lines are drawn a task later than the scales.
  await expect.poll(async () => (await dashboard.paths("Loss")).length).toBeGreaterThan(0);
  const [raw] = await dashboard.paths("Loss");
  const most = Math.max(...(await dashboard.yTicks("Loss")));
  expect(most).toBeGreaterThanOrEqual(SPIKE.loss);
  const heights = [...raw!.matchAll(/[ML][\d.]+,([\d.]+)/g)].map(([, y]) => Number(y));
  // The spike ends where its value is: at the top of the plot, far above all others.
  const { height } = (await dashboard.plot("Loss").boundingBox())!;
  expect(Math.min(...heights)).toBeCloseTo(10 + (1 - SPIKE.loss / most) * height, 0);
  for (const title of charts) {
    for (const d of await dashboard.paths(title)) {
      const points = d.match(/[ML]/g)?.length ?? 0;
      expect(points).toBeGreaterThan(40);
      expect(points).toBeLessThanOrEqual(500);
    }
  }

  await studio.button("Continue training").click();
  await studio.waitForStep(100_005);
  await watchSmoothness(page);
  await page.waitForTimeout(6_000);
  const watching = await smoothness(page);
  expect(watching.updates).toBeGreaterThan(0);
  expect(watching.updates / watching.seconds).toBeLessThan(2.5);

  await dashboard.smoothing.focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
  await dashboard.drag("Loss", 0.3, 0.6);
  await dashboard.plot("Loss").focus();
  for (const key of ["+", "+", "ArrowRight", "ArrowRight", "Shift+ArrowLeft", "0"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
  }
  await dashboard.button("Tokens").click();
  await page.waitForTimeout(1_000);
  const using = await smoothness(page);
  const step = await studio.step();
  const { path: csv } = await dashboard.save(dashboard.button("Save run"), "Training steps (CSV)");
  const saving = await smoothness(page);
  expect(readFileSync(csv, "utf8").split("\r\n").length).toBeGreaterThan(step);

  const say = (what: string, { longTasks, inputDelays }: typeof using) =>
    console.log(
      `${what}: long tasks [${longTasks}] ms; longest input delay ${Math.max(0, ...inputDelays)} ms of ${inputDelays.length}`,
    );
  say("watching 100,000 points train", watching);
  say("zooming, panning, smoothing", using);
  say("saving 100,000 rows", saving);
  // Far above what is promised (100 ms), because other work can share this machine; a chart that draws
  // every point, or all charts in one task, takes longer.
  const longest = Math.max(0, ...watching.longTasks, ...using.longTasks, ...saving.longTasks);
  expect(longest).toBeLessThan(1_000);
});
