import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect as impatient, type Page, test } from "@playwright/test";
import { Studio } from "./studio";
import { Stories } from "./support/prompt";
import { makeStories } from "./support/stories";

/** A software GPU trains and tells slowly. */
const expect = impatient.configure({ timeout: 120_000 });

const themes = ["light", "dark"] as const;
const widths = [390, 1_024, 1_600];
/** Pixels of a picture. */
const TALLEST = 3_000;

/** What axe calls serious or critical, in both themes; and that nothing sticks out at any width. */
async function check(page: Page, state: string): Promise<void> {
  await test.step(state, async () => {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const barriers = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 150)).join(" | ")}`,
        );
      impatient.soft(barriers, `${state}, ${colorScheme}`).toEqual([]);
    }
    const before = page.viewportSize()!;
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = () =>
        page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
      // Charts take their new width when they are drawn anew.
      await impatient.soft.poll(overflow, { message: `${state}, ${width} px` }).toBe(0);
    }
    await page.setViewportSize(before);
  });
}

async function unfoldAll(page: Page, open: boolean): Promise<void> {
  await page.evaluate((open) => {
    for (const details of document.querySelectorAll("details")) details.open = open;
  }, open);
}

/** Of the page as it is: into docs/screenshots when UPDATE_SCREENSHOTS is set, else among the test's results. */
async function takePictures(page: Page, outputPath: (name: string) => string): Promise<void> {
  const folder = join(import.meta.dirname, "..", "docs", "screenshots");
  const update = Boolean(process.env.UPDATE_SCREENSHOTS);
  if (update) mkdirSync(folder, { recursive: true });
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 500 ? 844 : 1_000 });
      // Charts are drawn when they come into view.
      await page.evaluate(async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 500) {
          scrollTo(0, y);
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
        scrollTo(0, 0);
      });
      const name = `studio-${colorScheme}-${width}.jpg`;
      const path = update ? join(folder, name) : outputPath(name);
      // The upper part, without the bar that stands at the bottom of a window: small files.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST) };
      await page.evaluate(() => {
        for (const bar of document.querySelectorAll("aside")) bar.style.display = "none";
      });
      await page.screenshot({ path, type: "jpeg", quality: 50, fullPage: true, clip });
    }
  }
}

test("no state of the page, in no theme and at no width, has a barrier that axe calls serious or sticks out", async ({
  page,
}, info) => {
  test.setTimeout(600_000);
  const studio = new Studio(page);
  const stories = new Stories(studio);
  await page.setViewportSize({ width: 1_600, height: 1_000 });
  await studio.open();
  await check(page, "nothing yet");

  await studio.drop({ name: "photo.txt", content: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]) });
  await expect(studio.problemIn(studio.text)).toBeVisible();
  await check(page, "a problem");
  await studio.problemIn(studio.text).getByRole("button", { name: "Dismiss" }).click();

  for (const name of ["Help", "Get TinyStories", "Paste text"]) {
    await page.getByRole("button", { name, exact: true }).first().click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await check(page, `the dialog ${name}`);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }

  await studio.drop({ name: "tales.txt", content: makeStories(1_500, 1) });
  await expect(studio.text).toContainText("1,500");
  await studio.choosePreset("Nano");
  await studio.set({ Steps: 40, "Batch size": 2, "Warm-up": 4, "Validate every": 10 });
  await stories.scheduleSamples(20, 12);
  await studio.trainTokenizer(400);
  await unfoldAll(page, true);
  await check(page, "a text and a tokenizer, all unfolded");
  await unfoldAll(page, false);

  await studio.trainModel();
  await studio.setTelling("Length", 30);
  await studio.tell("Once upon a time");
  await expect.poll(() => studio.told()).not.toBe("");
  await check(page, "training and telling");
  await studio.waitUntilFinished(240_000);
  await stories.tellSheet(6);
  await expect(stories.sheet.getByRole("button", { name: "Tell the story sheet" })).toBeEnabled();
  await studio.checkpoint.getByRole("button", { name: "Save now" }).click();
  await expect(studio.checkpoint.getByText("The checkpoint is in the list.")).toBeAttached();
  await studio.tell("One day, a little fox");
  await stories.waitUntilTold();
  await check(page, "finished, with samples, a sheet and a checkpoint");
  await takePictures(page, (name) => info.outputPath(name));

  await studio.button("Train a new model").click();
  // Saved as it is, nothing would be lost: the new run begins at once.
  await expect(studio.button("Pause")).toBeVisible();
  await studio.button("Train a new model").click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await check(page, "the question before a run is given up");
  await studio.answer("Keep it");
});
