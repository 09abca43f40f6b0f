import { expect as impatient, type Locator, type Page, test } from "@playwright/test";
import { Studio } from "./studio";
import { makeStories } from "./support/stories";

/** A software GPU trains and tells slowly. */
const expect = impatient.configure({ timeout: 90_000 });

/** How the element with the focus shows it; null when nothing has the focus. */
function shownFocus(page: Page) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return null;
    // A hidden radio button or file input shows its focus on the label around it, a slider on its handle.
    const around = [focused, focused.parentElement, focused.closest("label")];
    return around.some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    })
      ? "visible"
      : `not visible on ${focused.outerHTML.slice(0, 120)}`;
  });
}

/** Presses Tab until the focus is there; on its way it is visible on everything. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
    // After the last element Tab leaves the page, and comes back in.
    impatient((await shownFocus(page)) ?? "visible").toBe("visible");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Presses a button; what it starts may disable or remove it, but not lose the focus. */
async function press(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  await tabTo(page, target);
  await page.keyboard.press("Enter");
  await keepsFocus(page);
}

/** Also for a quarter of a second, which what was pressed takes to change the page. */
async function keepsFocus(page: Page): Promise<void> {
  // A frame between a removal and the new place of the focus is none that anybody notices.
  await impatient
    .poll(async () => {
      for (let looks = 0; looks < 5; looks++) {
        await page.waitForTimeout(50);
        if ((await shownFocus(page)) === null) return "lost";
      }
      return shownFocus(page);
    })
    .toBe("visible");
}

async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

test("from pasted text to a told story and a saved checkpoint by keyboard alone, and without a request after loading", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const studio = new Studio(page);
  await studio.openWhole();
  const requests: string[] = [];
  page.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  // From here on a network is not even there.
  await page.context().setOffline(true);
  const { text, model, tokenizer, train, prompt, checkpoint } = studio;

  await press(page, text.getByRole("button", { name: "Paste text" }));
  const dialog = page.getByRole("dialog");
  await typeInto(page, dialog.getByRole("textbox"), makeStories(300, 1));
  await press(page, dialog.getByRole("button", { name: /use this text/i }));
  await expect(text).toContainText("300");

  await tabTo(page, model.getByRole("radio", { name: "Nano" }));
  await page.keyboard.press("Space");
  await press(page, model.locator("summary").filter({ hasText: "Schedule" }));
  await typeInto(page, model.getByRole("spinbutton", { name: "Steps", exact: true }), "6");
  await typeInto(page, model.getByRole("spinbutton", { name: "Warm-up" }), "1");
  await press(page, model.locator("summary").filter({ hasText: "Batch" }));
  await typeInto(page, model.getByRole("spinbutton", { name: "Batch size" }), "1");

  await typeInto(page, tokenizer.getByLabel("Vocabulary size"), "400");
  await press(page, tokenizer.getByRole("button", { name: "Train tokenizer" }));
  await expect(tokenizer.getByText("Pieces it learned first")).toBeVisible();

  await press(page, train.getByRole("button", { name: "Train model" }));
  await studio.waitUntilFinished();
  await tabTo(page, train.getByRole("slider", { name: /^Loss/ }));
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");

  await typeInto(page, prompt.getByLabel("How the story begins"), "Once upon a time");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(studio.story).toContainText(/the story ended|reached the length/);

  await press(page, checkpoint.getByRole("button", { name: "Save now" }));
  await expect(checkpoint.getByText("The checkpoint is in the list.")).toBeAttached();

  await press(page, page.getByRole("button", { name: "Help", exact: true }));
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Help", exact: true })).toBeFocused();

  // The sample stories are here by now as well.
  await press(page, text.getByRole("button", { name: "Use the sample stories" }));
  await expect(text).toContainText("sample-stories.txt");

  impatient(requests).toEqual([]);
});
