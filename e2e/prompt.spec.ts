import { readFileSync } from "node:fs";
import { expect as impatient, type Page, test } from "@playwright/test";
import { Studio } from "./studio";
import { Stories } from "./support/prompt";
import { makeStories } from "./support/stories";

/** A software GPU trains and tells slowly. */
const expect = impatient.configure({ timeout: 90_000 });

const tales = { name: "tales.txt", content: makeStories(400, 1) };

async function trainSmall(page: Page, steps: number, before: (stories: Stories) => Promise<void>) {
  const studio = new Studio(page);
  const stories = new Stories(studio);
  await studio.open();
  await studio.drop(tales);
  await expect(studio.text).toContainText("400");
  await studio.choosePreset("Nano");
  await studio.trainTokenizer(400);
  await studio.set({ Steps: steps, "Batch size": 1, "Warm-up": 2, "Validate every": 500 });
  await before(stories);
  await studio.trainModel();
  return { studio, stories };
}

test("a story streams, stops, goes on, is told anew, and shows by keyboard what else might have come", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const { studio, stories } = await trainSmall(page, 12, (stories) => stories.switchSamplesOff());

  await test.step("it streams while the run trains, and stops", async () => {
    await studio.setTelling("Length", 5_000);
    await studio.tell("Once upon a time");
    await expect.poll(() => studio.told()).not.toBe("");
    await studio.prompt.getByRole("button", { name: "Stop telling" }).click();
    await stories.waitUntilTold();
    await expect(studio.story).toContainText(/stopped ·|the story ended ·/);
    await expect(studio.story.getByTestId("pace")).toContainText(/First token after [\d.]+ m?s/);
    await studio.waitUntilFinished();
  });

  const settled = await test.step("it goes on where it ended, also past the length", async () => {
    await studio.setTelling("Length", 6);
    await studio.tell("One day");
    await stories.waitUntilTold();
    const begun = await studio.told();
    await stories.press("Continue");
    await expect.poll(async () => (await studio.told()).length).toBeGreaterThan(begun.length);
    await stories.waitUntilTold();
    const whole = await studio.told();
    impatient(whole.startsWith(begun)).toBe(true);
    await expect(studio.story.getByTestId("pace")).toContainText("tokens a second");
    return whole;
  });

  await test.step("told anew it has another seed, or the same where the seed is fixed", async () => {
    const seed = async () => /seed (\d+)/.exec(await studio.story.innerText())![1];
    const before = await seed();
    await stories.press("Regenerate");
    await stories.waitUntilTold();
    impatient(await seed()).not.toBe(before);
    await studio.prompt.getByLabel("Another seed each time").uncheck();
    const fixed = await studio.told();
    await stories.press("Regenerate");
    await stories.waitUntilTold();
    impatient(await studio.told()).toBe(fixed);
    await expect(studio.prompt.getByText(/Earlier stories \(3\)/)).toBeVisible();
    await studio.prompt.getByText(/Earlier stories/).click();
    await expect(
      studio.prompt.getByRole("article", { name: "Earlier story" }).nth(1),
    ).toContainText(settled.trim());
  });

  await test.step("tokens are one tab stop, and each shows what else might have come", async () => {
    // A model that has learned so little may end a story at once: one with some tokens is asked for.
    await studio.prompt.getByLabel("Another seed each time").check();
    await expect(async () => {
      await studio.tell("One day");
      await stories.waitUntilTold();
      impatient(await stories.tokens.count()).toBeGreaterThan(3);
    }).toPass();
    const first = stories.tokens.first();
    await expect(first).toHaveAttribute("data-level", /^[0-4]$/);
    impatient(await studio.story.locator('[data-testid="told"][tabindex="0"]').count()).toBe(1);
    await first.focus();
    await page.keyboard.press("ArrowRight");
    await expect(stories.tokens.nth(1)).toBeFocused();
    await expect(stories.tokens.nth(1)).toHaveAccessibleName(/%$/);
    await expect(stories.details).toBeVisible();
    await expect(stories.details.getByRole("listitem")).toHaveCount(8);
    await page.keyboard.press("Escape");
    await expect(stories.details).toBeHidden();
    await page.keyboard.press("ArrowLeft");
    await expect(stories.details).toBeVisible();
  });

  await test.step("on a phone they fit, also when the window became narrow meanwhile", async () => {
    const overflow = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(stories.details).toBeHidden();
    await expect.poll(overflow).toBe(0);
    await page.keyboard.press("End");
    await expect(stories.details).toBeVisible();
    impatient(await overflow()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect(stories.details).toBeHidden();
    await page.keyboard.press("Enter");
    await expect(stories.details).toBeVisible();
    await page.keyboard.press("Home");
    await expect(stories.tokens.first()).toBeFocused();
  });

  await test.step("another token can be gone on with", async () => {
    await page.keyboard.press("ArrowRight");
    const kept = await stories.tokens.first().innerText();
    const earlier = await studio.prompt.getByText(/^Earlier stories/).innerText();
    const before = Number(/\d+/.exec(earlier)![0]);
    await page.keyboard.press("Tab");
    const choice = stories.details.getByRole("button").first();
    await expect(choice).toBeFocused();
    await page.keyboard.press("Enter");
    await stories.waitUntilTold();
    impatient(await stories.tokens.first().innerText()).toBe(kept);
    await expect(studio.prompt.getByText(`Earlier stories (${before + 1})`)).toBeVisible();
  });

  await test.step("unshaded it is plain text", async () => {
    const told = await studio.told();
    await studio.prompt.getByLabel("Shade by probability").uncheck();
    impatient(await studio.told()).toBe(told);
    await expect(studio.story.locator("[tabindex]")).toHaveCount(0);
  });
});

test("samples come with their steps, sheets stand side by side, and both come back from a checkpoint", async ({
  page,
  context,
}, info) => {
  test.setTimeout(300_000);
  const file = info.outputPath("checkpoint.safetensors");
  const { studio, stories } = await trainSmall(page, 40, (stories) =>
    stories.scheduleSamples(8, 5),
  );

  await test.step("a sheet is told while the run trains, which then goes on by itself", async () => {
    await stories.tellSheet(2);
    await expect(stories.sheet.getByRole("progressbar")).toBeVisible();
    await expect(stories.sheet.getByRole("table")).toBeVisible();
    await expect(stories.sheet.getByRole("progressbar")).toBeHidden();
    await expect(stories.sheet.getByRole("cell")).toHaveCount(25);
    await expect(stories.sheet).toContainText("Lucy tell a weird story.");
    const step = await studio.step();
    await studio.waitForStep(Math.min(step + 3, 40));
  });
  await studio.waitUntilFinished();

  await test.step("samples can be browsed by their steps", async () => {
    const step = stories.samples.getByTestId("sample-step");
    await expect(step).toHaveText("step 40");
    await expect(stories.samples.getByRole("list", { name: "Samples at step 40" })).toContainText(
      "The fox",
    );
    const slider = stories.samples.getByRole("slider");
    await slider.focus();
    await page.keyboard.press("Home");
    await expect(step).toHaveText("step 8");
    await expect(slider).toHaveAttribute("aria-valuetext", "step 8");
  });

  await test.step("two sheets stand side by side, and can be downloaded", async () => {
    await stories.tellSheet(2);
    await expect(stories.sheet.getByLabel("Right sheet")).toBeVisible();
    await expect(stories.sheet.getByLabel("Right sheet").locator("option:checked")).toHaveText(
      "Step 40 · 25 stories",
    );
    await expect(stories.sheet.getByRole("cell")).toHaveCount(50);
    const [sheet] = await Promise.all([
      page.waitForEvent("download"),
      stories.sheet.getByRole("button", { name: "Download step 40 as Markdown" }).click(),
    ]);
    impatient(sheet.suggestedFilename()).toBe("story-sheet-step40.md");
    impatient(readFileSync(await sheet.path(), "utf8")).toContain("# Story sheet: Nano, step 40");
  });

  await test.step("all comes back from the downloaded checkpoint", async () => {
    await studio.download(file);
    const again = new Studio(await context.newPage());
    await again.open();
    await again.openCheckpoint(file);
    const kept = new Stories(again);
    await expect(kept.samples.getByTestId("sample-step")).toHaveText("step 40");
    await expect(kept.sheet.getByRole("cell")).toHaveCount(50);
    const texts = (from: Stories) => from.sheet.getByRole("cell").allInnerTexts();
    impatient(await texts(kept)).toEqual(await texts(stories));
  });
});
