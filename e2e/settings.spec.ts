import { expect, test } from "@playwright/test";
import { Studio } from "./studio";
import { makeStories } from "./support/stories";

const tales = { name: "tales.txt", content: makeStories(150, 1) };

test("a changed shape says what is impossible, is measured, trains, and goes back to its preset", async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.open();
  await studio.drop(tales);
  await studio.choosePreset("Nano");
  await studio.trainTokenizer(400);
  const status = studio.model.getByRole("status", { name: "Impossible settings" });
  const trainButton = studio.train.getByRole("button", { name: "Train model" });
  await expect(status).toBeEmpty();
  await expect(trainButton).toBeEnabled();

  await test.step("numbers of the run are there before it is started", async () => {
    await expect(fact(studio, "Tokens a step")).toContainText("512");
    await expect(fact(studio, "Epochs over this text")).toContainText(/of [\d,]+ tokens/);
    for (const part of ["Weights", "Gradients", "Optimizer", "Activations"]) {
      await expect(fact(studio, part)).toContainText(/\d [kM]B/);
    }
    await expect(fact(studio, "Time")).toContainText("not measured yet");
  });

  await test.step("impossible combinations are named at their fields, and Train waits", async () => {
    await studio.set({ "Attention heads": 5, "Feed-forward width": 170 });
    await expect(status).toContainText("3 settings are not possible");
    await expect(status).toContainText("Attention heads: it must divide hidden_size 64.");
    await expect(status).toContainText("Key and value heads: it must divide num_attention_heads 5");
    await expect(await studio.setting("Feed-forward width")).toHaveAccessibleDescription(
      /Not possible: it must be a multiple of 4\. intermediate_size/,
    );
    await expect(trainButton).toBeDisabled();
    await expect(studio.train).toContainText("Not possible with these settings. Feed-forward");
    await expect(studio.model.getByText("changed", { exact: true })).toBeVisible();
  });

  await test.step("the summary leads to the field, its section folded or not", async () => {
    const heads = await studio.setting("Attention heads");
    await studio.model.locator("summary").filter({ hasText: "Model" }).click();
    await expect(heads).toBeHidden();
    await status.getByRole("button", { name: "Attention heads" }).click();
    await expect(heads).toBeFocused();
  });

  await test.step("a warm-up longer than the run", async () => {
    await studio.set({ "Attention heads": 4, "Feed-forward width": 96 });
    await studio.set({ Steps: 10 });
    await expect(status).toContainText("Warm-up: it must be a whole number from 0 to max_steps 10");
    await studio.set({ "Warm-up": 1 });
    await expect(status).toBeEmpty();
  });

  await test.step("a context longer than the text", async () => {
    await studio.set({ Context: 16_000 });
    await expect(status).toContainText(/Context: the training text has [\d,]+ tokens/);
  });

  await studio.set({ Width: 32, Layers: 1, Context: 16, Steps: 2, "Warm-up": 0, "Batch size": 2 });
  await expect(status).toBeEmpty();
  // 400 pieces × 32, attention 4 × 32², feed-forward 3 × 32 × 96, three norms of 32.
  await expect(fact(studio, "Parameters")).toContainText("26,208");

  await test.step("the speed is measured, and other settings make the measurement theirs no more", async () => {
    await studio.model.getByRole("button", { name: "Measure the speed" }).click();
    await expect(fact(studio, "Time")).toContainText(/about .* s for 2 steps/, { timeout: 60_000 });
    await expect(fact(studio, "Time")).toContainText("a step");
    await studio.set({ "Batch size": 1 });
    await expect(fact(studio, "Time")).toContainText("was for other settings");
    await studio.set({ "Batch size": 2, Steps: 3 });
    await expect(fact(studio, "Time")).toContainText("for 3 steps");
    await studio.set({ Steps: 2 });
  });

  await trainButton.click();
  await studio.waitUntilFinished();
  await expect(studio.train).toContainText("Custom, finished");
  expect(await studio.step()).toBe(2);

  await test.step("back to the preset, and back again", async () => {
    await studio.model.getByRole("button", { name: "Back to the preset" }).click();
    await expect(await studio.setting("Width")).toHaveValue("64");
    await expect(studio.model.getByText("changed", { exact: true })).toBeHidden();
    await studio.model.getByRole("button", { name: "Bring back my changes to Nano" }).click();
    await expect(await studio.setting("Width")).toHaveValue("32");
    await expect(await studio.setting("Steps")).toHaveValue("2");
  });
});

test("the speed is not measured while a run trains, and measuring can be cancelled", async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.open();
  await studio.drop(tales);
  await studio.choosePreset("Nano");
  await studio.trainTokenizer(400);
  const measure = studio.model.getByRole("button", { name: "Measure the speed" });
  await measure.click();
  await studio.model.getByRole("button", { name: "Cancel" }).click();
  await expect(measure).toBeEnabled({ timeout: 60_000 });
  await expect(fact(studio, "Time")).toContainText("not measured yet");
  await expect(studio.problemIn(studio.model)).toBeHidden();
  await studio.set({ Steps: 500, "Batch size": 1, "Validate every": 500 });
  await studio.trainModel();
  await expect(measure).toBeDisabled();
  await expect(studio.model).toContainText("Not while a run trains");
  await studio.button("Stop").click();
  await expect(measure).toBeEnabled({ timeout: 60_000 });
});

function fact(studio: Studio, label: string) {
  return studio.model
    .locator("dl > div")
    .filter({ has: studio.page.getByText(label, { exact: true }) });
}
