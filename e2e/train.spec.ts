import { readFileSync } from "node:fs";
import { expect as impatient, test } from "@playwright/test";
import { Studio } from "./studio";
import { makeStories } from "./support/stories";

/** A story waits for the training steps and measurements before it, which a busy machine does slowly. */
const expect = impatient.configure({ timeout: 60_000 });

/** For software adapters: small batches, few steps. */
const quick = { Steps: 80, "Batch size": 4, "Warm-up": 8, "Validate every": 20 };

test("sample stories to a model that tells while it learns, and on from its checkpoint in a new page", async ({
  page,
  context,
}, info) => {
  test.setTimeout(600_000);
  const file = info.outputPath("checkpoint.safetensors");
  const studio = new Studio(page);
  await studio.open();
  await expect(studio.adapter).toContainText(/swiftshader/i);
  await expect(studio.model).toContainText("Proposed: Nano");
  await expect(studio.model.getByRole("radio", { name: "Nano" })).toBeChecked();

  await studio.startWithSampleStories();
  await studio.trainTokenizer();
  await expect(studio.tokenizer).toContainText("512");
  await expect(studio.model).toContainText("131,904");
  await studio.set(quick);
  await studio.trainModel();

  await test.step("a story streams while training goes on", async () => {
    await studio.waitForStep(2);
    const before = await studio.step();
    await studio.setTelling("Length", 30);
    await studio.tell("Once upon a time");
    await expect.poll(() => studio.told()).not.toBe("");
    const beginning = await studio.told();
    await expect.poll(async () => (await studio.told()).length).toBeGreaterThan(beginning.length);
    expect((await studio.told()).startsWith(beginning)).toBe(true);
    await expect(studio.story).toContainText(/the story ended|reached the length/);
    await studio.waitForStep(before + 2);
    await expect(studio.button("Pause")).toBeVisible();
  });

  await test.step("stop ends a story early", async () => {
    await studio.setTelling("Length", 5_000);
    await studio.tell("One day");
    await expect.poll(() => studio.told()).not.toBe("");
    await studio.prompt.getByRole("button", { name: "Stop telling" }).click();
    await expect(studio.story).toContainText(/stopped ·|the story ended ·/);
  });

  const stopped = await test.step("paused, it stays at its step", async () => {
    await studio.waitForStep(35);
    await studio.button("Pause").click();
    await expect(studio.button("Continue training")).toBeEnabled();
    // The steps that were under way are done first.
    let step = -1;
    await expect(async () => {
      step = await studio.step();
      await page.waitForTimeout(5_000);
      impatient(await studio.step()).toBe(step);
    }).toPass();
    return step;
  });
  expect(await studio.download(file)).toBe(`storyloom-nano-step${stopped}.safetensors`);

  await studio.button("Continue training").click();
  await studio.waitUntilFinished();
  const whole = await studio.validation();
  // An untrained model is as good as guessing among 512 pieces: ln 512 = 6.24 nats.
  expect(whole.get(0)).toBeGreaterThan(6);
  expect(whole.get(80)).toBeLessThan(whole.get(0)! - 1);
  expect(whole.get(80)).toBeLessThan(whole.get(20)!);

  await test.step("a new page goes on from the same step, to the same loss", async () => {
    const again = new Studio(await context.newPage());
    await again.open();
    await again.openCheckpoint(file);
    await expect(again.checkpoint).toContainText(`Nano is open at step ${stopped}`);
    expect(await again.step()).toBe(stopped);
    await again.setTelling("Length", 20);
    await again.tell("Once upon a time");
    await expect(again.story).toContainText(/the story ended|reached the length/);

    await expect(again.button("Continue training")).toBeDisabled();
    await expect(again.checkpoint).toContainText("“sample-stories.txt”");
    await again.checkpoint.getByRole("button", { name: "Use the sample stories" }).click();
    await expect(again.button("Continue training")).toBeEnabled();
    expect(await again.step()).toBe(stopped);
    await again.button("Continue training").click();
    await again.waitUntilFinished();
    expect(await again.validation()).toEqual(whole);
  });
});

test("a dropped text trains, its checkpoint finds its text again, and another text only on request", async ({
  page,
  context,
}, info) => {
  test.setTimeout(400_000);
  const file = info.outputPath("checkpoint.safetensors");
  const tales = { name: "tales.txt", content: makeStories(1_500, 1) };
  const others = { name: "others.txt", content: makeStories(300, 2) };
  const studio = new Studio(page);
  await studio.open();
  await studio.drop(tales);
  await expect(studio.text).toContainText("1,500");
  await expect(studio.text).toContainText("<|endoftext|>");
  await expect(studio.text.getByRole("blockquote")).toContainText("Once upon a time");
  await studio.choosePreset("Nano");
  await studio.trainTokenizer(400);
  await studio.set({ ...quick, Steps: 12, "Validate every": 4 });
  await studio.trainModel();
  await studio.waitUntilFinished();
  const losses = await studio.validation();
  expect(losses.get(12)).toBeLessThan(losses.get(0)!);
  await expect(studio.button("Pause")).toBeHidden();

  await test.step("changing the size asks for another tokenizer", async () => {
    await studio.choosePreset("Small");
    await expect(studio.tokenizer).toContainText("trained for another vocabulary size");
    await expect(studio.button("Train a new model")).toBeDisabled();
    await studio.choosePreset("Nano");
    await studio.tokenizer.getByLabel("Vocabulary size").fill("400");
    await expect(studio.tokenizer).not.toContainText("another vocabulary size");
  });

  await test.step("a new run asks first, and no leaves the old one", async () => {
    await studio.set({ ...quick, Steps: 30 });
    await studio.button("Train a new model").click();
    await studio.answer("Keep it");
    expect(await studio.step()).toBe(12);
    await studio.button("Train a new model").click();
    await studio.answer("Give it up");
    await expect(studio.button("Pause")).toBeVisible();
    await studio.waitForStep(3);
  });
  await test.step("a story streams while it trains", async () => {
    await studio.setTelling("Length", 10);
    await studio.tell("Once upon a time");
    await expect(studio.story).toContainText(/the story ended|reached the length/);
    await expect(studio.button("Pause")).toBeVisible();
  });
  await studio.button("Pause").click();
  await studio.download(file);
  await studio.button("Continue training").click();
  await studio.waitUntilFinished();
  const whole = await studio.validation();
  expect(whole.get(30)).toBeLessThan(whole.get(0)! - 1);
  const checkpoint = { name: "run.safetensors", content: readFileSync(file) };

  await test.step("dropped together, checkpoint and text find each other, and go on to the same losses", async () => {
    const again = new Studio(await context.newPage());
    await again.open();
    await again.drop(tales, checkpoint);
    await expect(again.button("Continue training")).toBeEnabled();
    const step = await again.step();
    expect(step).toBeGreaterThanOrEqual(3);
    await again.button("Continue training").click();
    await again.waitUntilFinished();
    expect(await again.validation()).toEqual(whole);
    await again.page.close();
  });

  await test.step("another text is taken only on request", async () => {
    const again = new Studio(await context.newPage());
    await again.open();
    await again.drop(others);
    await expect(again.text).toContainText("300");
    await again.drop(checkpoint);
    const goOn = again.checkpoint.getByRole("button", { name: "Go on with “others.txt”" });
    await expect(goOn).toBeVisible();
    await expect(again.checkpoint).toContainText("“tales.txt”");
    await expect(again.button("Continue training")).toBeDisabled();
    const step = await again.step();
    await goOn.click();
    await expect(again.button("Continue training")).toBeEnabled();
    await again.button("Continue training").click();
    await again.waitForStep(step + 2);
  });
});
