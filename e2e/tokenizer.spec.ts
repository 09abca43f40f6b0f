import { expect, test } from "@playwright/test";
import { Corpus } from "../src/text/corpus";
import { countPieces, measureTokenizer } from "../src/text/measure-tokenizer";
import { trainBpe } from "../src/text/tokenizer/bpe-train";
import { BpeEncoder } from "../src/text/tokenizer/encode";
import { Studio } from "./studio";
import { makeStories } from "./support/stories";

const tales = { name: "tales.txt", content: makeStories(400, 1) };
const trained = Corpus.open(new Blob([tales.content]), tales.name).then(async (corpus) => {
  const { model } = await trainBpe(corpus, 400);
  return { corpus, model };
});

test("the vocabulary is searched and counted, and typed text is cut as the encoder cuts it", async ({
  page,
}) => {
  const { corpus, model } = await trained;
  const studio = new Studio(page);
  await studio.open();
  await studio.drop(tales);
  await studio.trainTokenizer(400);

  await test.step("held-out stories: characters and bytes a token", async () => {
    const { characters, tokens, stories } = await measureTokenizer(corpus, model);
    const shown = (characters / tokens).toPrecision(3);
    await expect(studio.tokenizer).toContainText(`Measured on the ${stories} held-out stories`);
    const fact = studio.tokenizer.locator("dl > div").filter({ hasText: "Characters a token" });
    await expect(fact.locator("dd")).toHaveText(String(Number(shown)));
  });

  const encoder = new BpeEncoder(model);
  const box = studio.tokenizer.getByLabel("Try it");
  const list = studio.tokenizer.getByRole("list", { name: "Tokens" });
  const idsOf = async () =>
    (await list.locator("[data-token]").all()).length &&
    list
      .locator("[data-token]")
      .evaluateAll((items) => items.map((item) => Number(item.getAttribute("data-token"))));

  await test.step("coloured tokens with the encoder's ids, bytes with their character", async () => {
    const typed = "The little fox\nsaw a ☃ 🦊!";
    await box.fill(typed);
    await expect.poll(idsOf).toEqual(encoder.encodeString(typed));
    const snowman = list.getByRole("list", { name: "☃ in bytes" });
    await expect(snowman.locator("[data-token]")).toHaveText([/^E2/, /^98/, /^83/]);
    await expect(list.getByRole("list", { name: "↵ in bytes" })).toContainText("0A");
    const tokens = encoder.encodeString(typed).length;
    await expect(studio.tokenizer).toContainText(`${tokens} tokens, `);
    await studio.tokenizer.getByLabel("Show ids").uncheck();
    await expect(snowman.locator("[data-token]")).toHaveText(["E2", "98", "83"]);
  });

  await test.step("the latest of what is typed wins, and long text is cut", async () => {
    await box.fill("");
    await expect(list.locator("[data-token]")).toHaveCount(0);
    await box.pressSequentially("Once upon a time", { delay: 5 });
    await expect.poll(idsOf).toEqual(encoder.encodeString("Once upon a time"));
    await box.fill("ab ".repeat(4_000));
    await expect(studio.tokenizer).toContainText("Only the first 10,000 characters");
    const cut = encoder.encodeString("ab ".repeat(4_000).slice(0, 10_000));
    await expect(studio.tokenizer).toContainText(`${cut.length.toLocaleString("en")} tokens`);
    await box.fill("Once");
  });

  await test.step("the vocabulary: search, counts, order", async () => {
    await studio.tokenizer.locator("summary").filter({ hasText: "Vocabulary" }).click();
    const table = studio.tokenizer.getByRole("table");
    const rows = table.locator("tbody tr:not([aria-hidden])");
    await expect(rows.first()).toContainText("<unk>");
    // Only what is in sight exists.
    expect(await rows.count()).toBeLessThan(60);
    await expect(table).toHaveAttribute("aria-rowcount", String(model.pieces.length + 1));

    await studio.tokenizer.getByRole("button", { name: "Count pieces in the text" }).click();
    const { counts, tokens, stories } = await countPieces(corpus, model);
    await expect(studio.tokenizer).toContainText(
      `Counted in the ${stories} training stories: ${tokens.toLocaleString("en")} tokens`,
    );
    const unused = counts.filter((count) => count === 0).length;
    await expect(studio.tokenizer).toContainText(`${unused} pieces are never used`);

    await table.getByRole("button", { name: "Count" }).click();
    await expect(table.getByRole("columnheader", { name: "Count" })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    const most = counts.indexOf(Math.max(...counts));
    await expect(rows.first()).toContainText(model.pieces[most]!.piece);
    await expect(rows.first()).toContainText(Math.max(...counts).toLocaleString("en"));

    await studio.tokenizer.getByRole("searchbox", { name: "Search pieces" }).fill(" the");
    const found = model.pieces.filter(({ piece }) => piece.toLowerCase().includes("▁the"));
    await expect(rows).toHaveCount(found.length);
    await expect(rows.first()).toContainText("▁the");
  });

  await test.step("the table scrolls by keyboard to its end", async () => {
    await studio.tokenizer.getByRole("searchbox", { name: "Search pieces" }).fill("");
    await studio.tokenizer.getByRole("button", { name: "Id", exact: true }).click();
    const region = studio.tokenizer.getByRole("region", { name: "Vocabulary" });
    await region.focus();
    await page.keyboard.press("End");
    await expect(region.getByRole("row").last()).toContainText(model.pieces.at(-1)!.piece);
  });
});

test("a checkpoint's tokenizer is shown as well, without counts as long as there is no text", async ({
  page,
  context,
}, info) => {
  const file = info.outputPath("run.safetensors");
  const first = new Studio(page);
  await first.open();
  await first.drop(tales);
  await first.trainTokenizer(400);
  await first.set({ Layers: 1, Context: 16, "Warm-up": 0, Steps: 1, "Batch size": 1 });
  await first.train.getByRole("button", { name: "Train model" }).click();
  await first.waitUntilFinished();
  await first.download(file);

  const studio = new Studio(await context.newPage());
  await studio.open();
  await studio.openCheckpoint(file);
  await expect(studio.tokenizer).toContainText("from the checkpoint", { timeout: 60_000 });
  await expect(studio.tokenizer).toContainText("are measured once a text is open");
  await studio.tokenizer.getByLabel("Try it").fill("a cat");
  const tokens = studio.tokenizer.getByRole("list", { name: "Tokens" }).locator("[data-token]");
  const { model } = await trained;
  await expect(tokens).toHaveCount(new BpeEncoder(model).encodeString("a cat").length);
  await studio.tokenizer.locator("summary").filter({ hasText: "Vocabulary" }).click();
  await expect(studio.tokenizer.getByRole("table")).toContainText("<unk>");
  await expect(studio.tokenizer).toContainText("No counts: there is no text open");

  await test.step("and the run's own settings are on the page", async () => {
    await expect(await studio.setting("Layers")).toHaveValue("1");
    await expect(await studio.setting("Context")).toHaveValue("16");
  });

  await test.step("with a text, it is measured when asked", async () => {
    await studio.drop({ name: "others.txt", content: makeStories(300, 2) });
    await studio.tokenizer.getByRole("button", { name: "Measure on the held-out stories" }).click();
    await expect(studio.tokenizer).toContainText("Bytes a token");
    await expect(
      studio.tokenizer.getByRole("button", { name: "Count pieces in the text" }),
    ).toBeVisible();
  });
});
