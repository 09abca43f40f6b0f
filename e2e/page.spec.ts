import { expect, test } from "@playwright/test";
import { Studio } from "./studio";

test("the page fits a phone: nothing sticks out at 390 px", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const studio = new Studio(page);
  await studio.open();
  await studio.startWithSampleStories();
  await studio.trainTokenizer();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test("off screen, the next step is offered at the bottom and leads to its button", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const studio = new Studio(page);
  await studio.open();
  const bar = page.getByRole("complementary", { name: "Next step" });
  await expect(bar).toBeHidden();
  await studio.startWithSampleStories();
  await bar.getByRole("button", { name: "Train tokenizer" }).click();
  await expect(studio.tokenizer.getByText("Pieces it learned first")).toBeVisible();
  await expect(studio.tokenizer).toBeInViewport();
});

test("the theme follows the system until one is chosen, and the choice stays", async ({ page }) => {
  const red = () =>
    page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)![0]));
  const isDark = () => expect.poll(red).toBeLessThan(60);
  const isLight = () => expect.poll(red).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: "dark" });
  const studio = new Studio(page);
  await studio.open();
  await isDark();
  await page.emulateMedia({ colorScheme: "light" });
  await isLight();
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await isDark();
  await page.reload();
  await isDark();
});

test("the help opens and closes by keyboard, and the focus comes back", async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  const help = page.getByRole("button", { name: "Help", exact: true });
  await help.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Your text stays here");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(help).toBeFocused();
});

test("reading a text can be cancelled, and the one before stays", async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  await studio.startWithSampleStories();
  // Large enough that it is still being read when Cancel is pressed.
  await page.evaluate(() => {
    const part = "Once upon a time there was a fox.\n\n".repeat(30_000);
    const file = new File(
      Array.from({ length: 200 }, () => part),
      "huge.txt",
    );
    const transfer = new DataTransfer();
    transfer.items.add(file);
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
  });
  await expect(studio.text.getByRole("progressbar")).toBeVisible();
  await studio.text.getByRole("button", { name: "Cancel" }).click();
  await expect(studio.text.getByRole("progressbar")).toBeHidden();
  await expect(studio.text).toContainText("sample-stories.txt");
  await expect(studio.problemIn(studio.text)).toBeHidden();
});
