import type { Locator, Page } from "@playwright/test";
import type { ChartTitle, Studio } from "../studio";

/** What can be done with the charts, and what they show. */
export class Dashboard {
  constructor(
    private readonly studio: Studio,
    private readonly page: Page,
  ) {}

  /** The plot of a chart: takes pointer and keyboard. */
  plot(title: ChartTitle): Locator {
    return this.studio.chart(title).getByRole("slider");
  }

  get smoothing(): Locator {
    return this.studio.train.getByRole("slider", { name: "Smoothing", exact: true });
  }

  button(name: string): Locator {
    return this.studio.train.getByRole("button", { name, exact: true });
  }

  /** Drags over a plot, in shares of its width. */
  async drag(title: ChartTitle, from: number, to: number): Promise<void> {
    await this.plot(title).scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await this.plot(title).boundingBox())!;
    await this.page.mouse.move(x + from * width, y + height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x + ((from + to) / 2) * width, y + height / 2);
    await this.page.mouse.move(x + to * width, y + height / 2);
    await this.page.mouse.up();
  }

  /** The numbers beside the x-axis. */
  async xTicks(title: ChartTitle): Promise<string[]> {
    return this.studio.chart(title).locator(".recharts-xAxis-tick-labels text").allTextContents();
  }

  async yTicks(title: ChartTitle): Promise<number[]> {
    const labels = this.studio.chart(title).locator(".recharts-yAxis-tick-labels text");
    return (await labels.allTextContents()).map(Number);
  }

  /** The points of a chart's lines, in the order that its legend has. */
  async paths(title: ChartTitle): Promise<string[]> {
    const lines = this.studio.chart(title).locator("path.recharts-line-curve");
    return lines.evaluateAll((lines) => lines.map((line) => line.getAttribute("d") ?? ""));
  }

  /** Chooses from a menu of files, and gives the file that comes. */
  async save(menu: Locator, item: string): Promise<{ name: string; path: string }> {
    await menu.click();
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("menuitem", { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), path: await download.path() };
  }
}

/** What the browser saw of a stretch of time, in milliseconds. */
export interface Smoothness {
  longTasks: number[];
  /** From a press or click until its handler began. */
  inputDelays: number[];
  /** Drawings of the loss chart. */
  updates: number;
  seconds: number;
}

interface Watch {
  longTasks: number[];
  inputDelays: number[];
  updates: number;
  began: number;
}

declare global {
  interface Window {
    watch?: Watch;
  }
}

/** Begins to write down long tasks, input delays and redrawings. */
export async function watchSmoothness(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch: Watch = { longTasks: [], inputDelays: [], updates: 0, began: performance.now() };
    window.watch = watch;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watch.longTasks.push(Math.round(entry.duration));
    }).observe({ type: "longtask" });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        watch.inputDelays.push(Math.round(entry.processingStart - entry.startTime));
      }
      // 16 ms is the least that browsers take.
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
    const chart = document.querySelector("figure svg.recharts-surface");
    let changed = 0;
    new MutationObserver(() => {
      // recharts may take several goes at one drawing.
      if (performance.now() - changed > 100) watch.updates += 1;
      changed = performance.now();
    }).observe(chart!, { subtree: true, childList: true, attributeFilter: ["d"] });
  });
}

/** What was written down since the beginning, or since the last look. */
export async function smoothness(page: Page): Promise<Smoothness> {
  return page.evaluate(() => {
    const watch = window.watch!;
    const seconds = (performance.now() - watch.began) / 1000;
    const { longTasks, inputDelays, updates } = watch;
    Object.assign(watch, { longTasks: [], inputDelays: [], updates: 0, began: performance.now() });
    return { longTasks: [...longTasks], inputDelays: [...inputDelays], updates, seconds };
  });
}
