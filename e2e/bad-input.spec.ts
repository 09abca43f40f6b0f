import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, expect, type Locator, test } from "@playwright/test";
import type { ProblemCode } from "../src/lib/errors";
import { type NamedFile, Studio } from "./studio";
import { cutShort, ofAnotherArchitecture, withLyingOffsets } from "./support/broken-checkpoints";
import { serveWithoutHeaders } from "./support/servers";
import { makeStories } from "./support/stories";

/** The built site: Playwright's web server has built it by now. */
const dist = join(import.meta.dirname, "..", "dist");
const tales: NamedFile = { name: "tales.txt", content: makeStories(200, 1) };

/** A problem of this kind is shown in a part of the page, with the words that help. */
async function expectProblem(part: Locator, code: ProblemCode, words: RegExp): Promise<void> {
  const notice = part.getByRole("alert");
  await expect(notice).toHaveAttribute("data-code", code, { timeout: 60_000 });
  await expect(notice).toHaveText(words);
}

test("files that are no text are refused with a reason, and the open text stays", async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.open();
  await studio.drop(tales);
  await expect(studio.text).toContainText("200");
  const bad: [NamedFile, ProblemCode, RegExp][] = [
    [{ name: "empty.txt", content: "" }, "file-empty", /“empty\.txt” is empty.*stories in it/s],
    [
      { name: "photo.txt", content: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]) },
      "file-binary",
      /“photo\.txt” is not.*position/s,
    ],
    [
      { name: "latin1.txt", content: Buffer.from("Es war einmal ein M\xe4dchen.", "latin1") },
      "file-not-utf8",
      /“latin1\.txt” is not valid UTF-8.*position 19.*Save the text as UTF-8/s,
    ],
    [
      { name: "one.txt", content: "Once upon a time. The end." },
      "too-few-stories",
      /“one\.txt” holds 1 story.*at least 2.*Add more stories/s,
    ],
  ];
  for (const [file, code, reason] of bad) {
    await test.step(file.name, async () => {
      await studio.drop(file);
      await expectProblem(studio.text, code, reason);
      await expect(studio.text).toContainText("tales.txt");
      await expect(studio.text).toContainText("200");
    });
  }
  await studio.problemIn(studio.text).getByRole("button", { name: "Dismiss" }).click();
  await expect(studio.problemIn(studio.text)).toBeHidden();
  await studio.trainTokenizer(400);
});

test("what cannot be trained or opened leaves the run on the page as it was", async ({
  page,
}, info) => {
  test.setTimeout(240_000);
  const studio = new Studio(page);
  await studio.open();
  await studio.chooseText(tales);
  await studio.trainTokenizer(400);
  await studio.set({ Steps: 5_000, "Batch size": 1, "Validate every": 5_000 });
  await studio.trainModel();
  await studio.waitForStep(2);
  const path = info.outputPath("good.safetensors");
  await studio.download(path);
  const good = readFileSync(path);

  const stillTraining = async () => {
    const step = await studio.step();
    await studio.waitForStep(step + 2);
    await expect(studio.button("Pause")).toBeVisible();
  };
  const broken: [NamedFile, ProblemCode, RegExp][] = [
    [
      { name: "short.safetensors", content: cutShort(good) },
      "file-cut-short",
      /“short\.safetensors” was cut short.*should have [\d,]+ bytes and has [\d,]+.*again/s,
    ],
    [
      { name: "gpt2.safetensors", content: ofAnotherArchitecture() },
      "not-a-checkpoint",
      /“gpt2\.safetensors” is a safetensors file, but not a Storyloom checkpoint/,
    ],
    [
      { name: "lying.safetensors", content: withLyingOffsets(good) },
      "file-malformed",
      /“lying\.safetensors” (cannot be read|was cut short)/,
    ],
  ];
  for (const [file, code, reason] of broken) {
    await test.step(file.name, async () => {
      await studio.openCheckpoint(file);
      await studio.answer("Give it up");
      await expectProblem(studio.checkpoint, code, reason);
      await stillTraining();
    });
  }

  await test.step("a text smaller than one context", async () => {
    await studio.drop({ name: "tiny.txt", content: "A cat sat.\n\nA dog ran.\n\nA cow ate." });
    await expect(studio.text).toContainText("tiny.txt");
    await expect(studio.tokenizer).toContainText("trained on another text");
    await studio.tokenizer.getByRole("button", { name: "Train tokenizer again" }).click();
    await expect(studio.tokenizer).toContainText("on tiny.txt");
    await expect(studio.button("Train a new model")).toBeDisabled();
    await expect(studio.train).toContainText(
      /Context: the training text has \d+ tokens, and one window needs/,
    );
    await stillTraining();
  });

  await test.step("a batch that the GPU has no room for", async () => {
    await studio.chooseText(tales);
    await expect(studio.text).toContainText("tales.txt");
    await studio.choosePreset("Seed 12.6M");
    await studio.tokenizer.getByRole("button", { name: "Train tokenizer again" }).click();
    await expect(studio.tokenizer).toContainText("on tales.txt");
    await studio.set({ "Batch size": 1_024 });
    await expect(studio.button("Train a new model")).toBeDisabled();
    await expect(studio.train).toContainText(
      /Batch size: .*needs max\w+ = [\d,]+, but this GPU allows [\d,]+\..*batch/s,
    );
    await stillTraining();
  });

  await test.step("a vocabulary too small for the text", async () => {
    await studio.tokenizer.getByLabel("Vocabulary size").fill("260");
    await studio.tokenizer.getByRole("button", { name: "Train tokenizer again" }).click();
    await expectProblem(
      studio.tokenizer,
      "vocabulary-too-small",
      /A vocabulary of 260 is too small/,
    );
    await stillTraining();
  });
});

test("without WebGPU the page says which browsers have it, and text and tokenizer still work", async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "gpu", { get: () => undefined });
  });
  const studio = new Studio(page);
  await studio.open();
  await expect(studio.problemIn(studio.model)).toHaveText(
    /This browser has no WebGPU\..*Chrome or Edge.*Safari.*Firefox/s,
  );
  await studio.drop(tales);
  await studio.trainTokenizer(400);
  await expect(studio.train.getByRole("button", { name: "Train model" })).toBeDisabled();
  await expect(studio.train).toContainText("Needs a GPU");
});

test("over plain http from another machine it says why there is no WebGPU", async () => {
  const site = await serveWithoutHeaders(dist);
  const { executablePath } = test.info().project.use.launchOptions ?? {};
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--host-resolver-rules=MAP loom.test 127.0.0.1"],
  });
  const studio = new Studio(await browser.newPage());
  await studio.open(site.address.replace("127.0.0.1", "loom.test"));
  await expect(studio.problemIn(studio.model)).toHaveText(/plain http.*Open the page over https/s);
  await browser.close();
  await site.close();
});

test("where the browser offers no GPU, the page says so and goes on without", async ({
  baseURL,
}) => {
  const { executablePath } = test.info().project.use.launchOptions ?? {};
  // WebGPU is there, but neither a GPU nor a software adapter is.
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"],
  });
  const studio = new Studio(await browser.newPage());
  await studio.open(baseURL);
  await expect(studio.problemIn(studio.model)).toHaveText(
    /offers no GPU to this page.*graphics acceleration/s,
  );
  await studio.drop(tales);
  await studio.trainTokenizer(400);
  await browser.close();
});
