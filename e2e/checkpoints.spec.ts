import { readFileSync, statSync } from "node:fs";
import { expect as impatient, type Page, test } from "@playwright/test";
import { type NamedFile, Studio } from "./studio";
import { cutShort } from "./support/broken-checkpoints";
import {
  forbidStorage,
  keptFiles,
  limitStorage,
  plantFile,
  SavedCheckpoints,
} from "./support/checkpoints";
import { makeStories } from "./support/stories";

/** What waits for a training step does so for long on a busy machine. */
const expect = impatient.configure({ timeout: 60_000 });

const tales: NamedFile = { name: "tales.txt", content: makeStories(200, 1) };
const quick = { "Batch size": 1, "Warm-up": 2 };

/** A page on which a small model is being trained. */
async function training(page: Page, steps: number, validate: number): Promise<Studio> {
  const studio = new Studio(page);
  await studio.open();
  await studio.chooseText(tales);
  await studio.trainTokenizer(400);
  await studio.set({ ...quick, Steps: steps, "Validate every": validate });
  await studio.trainModel();
  await studio.waitForStep(2);
  return studio;
}

/** Pauses and saves. @returns the step at which it stands */
async function pausedAndSaved(studio: Studio, saved: SavedCheckpoints): Promise<number> {
  await studio.button("Pause").click();
  await expect(studio.button("Continue training")).toBeEnabled();
  const step = stepIn(await saved.save());
  await expect.poll(() => studio.step()).toBe(step);
  return step;
}

const stepIn = (title: string) => Number(/\d+$/.exec(title)![0]);

/** The list is read again when the page comes back into view. */
function lookAgain(page: Page): Promise<boolean> {
  return page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}

test("saved while it trains, there after a reload, and on from it to the same losses", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const studio = await training(page, 24, 8);
  const saved = new SavedCheckpoints(studio);
  await expect(studio.checkpoint).toContainText("Nothing is saved yet.");
  const first = await saved.save();
  const at = await studio.step();
  await studio.waitForStep(at + 2);
  await expect(studio.button("Pause")).toBeVisible();

  const step = await pausedAndSaved(studio, saved);
  const loss = await studio.number("Training loss");
  const name = `Nano, step ${step}`;
  const row = saved.row(name);
  await expect(saved.fact(row, "Step")).toHaveText(`${step} of 24`);
  await expect(saved.fact(row, "Training loss")).toHaveText(loss.toFixed(3));
  await expect(saved.fact(row, "Validation loss")).toHaveText(/^\d\.\d{3}$/);
  await expect(saved.fact(row, "Size")).toHaveText(/^1\.\d\d MB$/);
  await expect(row).toContainText("with optimizer state");
  await expect(row).toContainText("just now");
  // The newest is first.
  await expect(saved.rows).toHaveCount(2);
  await expect(saved.rows.first()).toHaveAttribute("aria-label", name);
  expect(await keptFiles(page)).toHaveLength(2);

  await studio.button("Continue training").click();
  await studio.waitUntilFinished();
  const whole = await studio.validation();

  await test.step("a new page goes on from it", async () => {
    await page.reload();
    const again = new Studio(page);
    await expect(saved.rows).toHaveCount(2);
    await expect(saved.row(first)).toBeVisible();
    await again.chooseText(tales);
    await expect(again.text).toContainText("200");
    await saved.open(name);
    await expect(again.button("Continue training")).toBeEnabled();
    expect(await again.step()).toBe(step);
    // It is in the list already.
    await expect(again.checkpoint.getByText("was opened from disk")).toBeHidden();
    await again.button("Continue training").click();
    await again.waitUntilFinished();
    expect(await again.validation()).toEqual(whole);
  });

  await test.step("opening asks before the run on the page is given up", async () => {
    await saved.open(first);
    await studio.answer("Keep it");
    await expect(studio.train.getByText(/, finished$/)).toBeVisible();
  });
});

test("renamed, deleted and brought back, deleted for good, in both tabs, by keyboard", async ({
  page,
  context,
}, info) => {
  test.setTimeout(180_000);
  const studio = await training(page, 2_000, 2_000);
  const saved = new SavedCheckpoints(studio);
  const first = await saved.save();
  const other = new Studio(await context.newPage());
  await other.open();
  const there = new SavedCheckpoints(other);
  await expect(there.row(first)).toBeVisible();

  await test.step("a name", async () => {
    await saved
      .row(first)
      .getByRole("button", { name: /^Rename/ })
      .focus();
    await page.keyboard.press("Enter");
    const field = studio.checkpoint.getByLabel("New name");
    await expect(field).toBeFocused();
    await field.fill(" ");
    await expect(field).toHaveAccessibleDescription("A name needs at least one character.");
    await field.fill("Before the fox");
    await page.keyboard.press("Escape");
    await expect(saved.row(first)).toBeVisible();
    await expect(saved.row(first).getByRole("button", { name: /^Rename/ })).toBeFocused();
    await saved.rename(first, "Before the fox");
    await expect(saved.row("Before the fox")).toBeVisible();
    await expect(there.row("Before the fox")).toBeVisible();
  });

  await studio.waitForStep((await studio.step()) + 2);
  const second = await saved.save();
  expect(second).not.toBe(first);

  await test.step("two deletions, one of them undone", async () => {
    await saved
      .row(second)
      .getByRole("button", { name: /^Delete/ })
      .focus();
    await page.keyboard.press("Enter");
    await expect(saved.undo(second)).toBeFocused();
    await expect(studio.checkpoint.getByRole("status", { name: "Checkpoint news" })).toHaveText(
      `${second} was deleted. Undo brings it back.`,
    );
    await saved.delete("Before the fox");
    await expect(there.rows).toHaveCount(0);
    expect(await keptFiles(page)).toHaveLength(2);
    await saved.undo("Before the fox").press("Enter");
    await expect(
      saved.row("Before the fox").getByRole("button", { name: /^Delete/ }),
    ).toBeFocused();
    await expect(there.row("Before the fox")).toBeVisible();
    await expect(saved.undo(second)).toBeHidden();
    expect(await keptFiles(page)).toHaveLength(1);
    await expect(there.rows).toHaveCount(1);
  });

  await test.step("a download of what is then deleted arrives whole", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      saved
        .row("Before the fox")
        .getByRole("button", { name: "Download Before the fox", exact: true })
        .click(),
    ]);
    await saved.delete("Before the fox");
    expect(file.suggestedFilename()).toBe("Before the fox.safetensors");
    const path = info.outputPath("fox.safetensors");
    await file.saveAs(path);
    await other.openCheckpoint(path);
    await expect(other.checkpoint).toContainText("Nano is open at step");
  });

  await test.step("what was deleted stays deleted when the page is left", async () => {
    await page.close({ runBeforeUnload: false });
    await other.page.reload();
    await expect(other.checkpoint).toContainText("Nothing is saved yet.");
  });
});

test("a model only goes to another page: it tells, and says why it does not train", async ({
  page,
  context,
}, info) => {
  test.setTimeout(180_000);
  const path = info.outputPath("model.safetensors");
  const whole = info.outputPath("whole.safetensors");
  const studio = await training(page, 2_000, 2_000);
  const saved = new SavedCheckpoints(studio);
  const step = await pausedAndSaved(studio, saved);
  await studio.download(whole);
  await saved.choose("Model only, for sharing");
  expect(await studio.download(path)).toBe(`storyloom-nano-step${step}-model.safetensors`);
  expect(statSync(path).size).toBeLessThan(statSync(whole).size / 2.5);
  const text = readFileSync(path, "latin1");
  for (const told of ["tales.txt", "optimizer", "history"]) expect(text).not.toContain(told);

  await test.step("also from what is in the list", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      saved.rows
        .first()
        .getByRole("button", { name: /, model only$/ })
        .click(),
    ]);
    const again = info.outputPath("again.safetensors");
    await file.saveAs(again);
    expect(Buffer.compare(readFileSync(again), readFileSync(path))).toBe(0);
  });

  const again = new Studio(await context.newPage());
  await again.open();
  await again.drop({ name: "shared.safetensors", content: readFileSync(path) });
  const notice = again.checkpoint.getByRole("status", { name: "Model only" });
  await expect(notice).toContainText(`Nano is open at step ${step}, model only. Prompts work.`);
  await expect(notice).toContainText("its file has no optimizer state");
  await again.setTelling("Length", 20);
  await again.tell("Once upon a time");
  await expect(again.story).toContainText(/the story ended|reached the length/);
  await expect(again.button("Continue training")).toBeHidden();
  await expect(again.train).toContainText("model only");
  await expect(
    again.checkpoint.getByRole("radio", { name: "With optimizer state, to go on" }),
  ).toBeDisabled();

  await test.step("kept in the list, it is told apart there", async () => {
    const there = new SavedCheckpoints(again);
    await again.checkpoint.getByRole("button", { name: "Keep in the list" }).click();
    await expect(there.row("shared")).toContainText("model only");
    await expect(saved.row("shared")).toContainText("model only");
    await expect(again.checkpoint.getByRole("button", { name: "Keep in the list" })).toBeHidden();
    await again.checkpoint.getByLabel("Add a file to the list").setInputFiles(whole);
    await expect(there.rows).toHaveCount(3);
    await again.checkpoint.getByRole("button", { name: "Save now" }).click();
    await expect(there.rows).toHaveCount(4);
    await expect(there.rows.first()).toContainText("model only");
  });
});

test("no room, broken files, no storage: each says why, nothing half is left, and the run trains on", async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const studio = await training(page, 2_000, 2_000);
  const saved = new SavedCheckpoints(studio);
  const problem = studio.problemIn(studio.checkpoint);
  const save = () => studio.checkpoint.getByRole("button", { name: "Save now" }).click();

  await test.step("a full disk", async () => {
    await limitStorage(page, 200_000);
    await save();
    await expect(problem).toHaveAttribute("data-code", "library-full");
    await expect(problem).toContainText(
      /needs 1,\d{3},\d{3} bytes.*Download the checkpoint instead/s,
    );
    expect(await keptFiles(page)).toEqual([]);
    await studio.waitForStep((await studio.step()) + 2);
    await studio.download(info.outputPath("full.safetensors"));
  });

  await test.step("room again", async () => {
    await limitStorage(page, 1e9);
    await saved.save();
    await expect(problem).toBeHidden();
  });

  await test.step("a foreign file in the folder", async () => {
    await plantFile(page, "notes.txt", "This is no checkpoint at all.");
    await lookAgain(page);
    const notes = saved.row("notes.txt");
    await expect(notes).toContainText("Cannot be read. “notes.txt” cannot be read");
    await expect(notes.getByRole("button", { name: /^(Open|Download)/ })).toHaveCount(0);
    await expect(saved.rows).toHaveCount(2);
    await saved.delete("notes.txt");
    await expect(saved.rows).toHaveCount(1);
  });

  await test.step("a damaged file is not added", async () => {
    const broken = cutShort(readFileSync(info.outputPath("full.safetensors")));
    const file = { name: "short.safetensors", mimeType: "", buffer: broken };
    await studio.checkpoint.getByLabel("Add a file to the list").setInputFiles(file);
    await expect(problem).toHaveAttribute("data-code", "file-cut-short");
    await expect(saved.rows).toHaveCount(1);
  });

  await test.step("no storage at all", async () => {
    await forbidStorage(page);
    await save();
    await expect(problem.first()).toHaveAttribute("data-code", "library-unavailable");
    await expect(problem.first()).toContainText("Download the checkpoint instead");
    await studio.download(info.outputPath("forbidden.safetensors"));
    await studio.waitForStep((await studio.step()) + 2);
    await lookAgain(page);
    await expect(problem).toHaveCount(2);
  });
});
