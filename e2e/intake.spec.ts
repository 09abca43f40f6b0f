import { gzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import type { ProblemCode } from "../src/lib/errors";
import { type NamedFile, Studio } from "./studio";
import { Intake } from "./support/intake";
import { makeStories } from "./support/stories";

const tales = makeStories(120, 1);
const list = tales.split("\n<|endoftext|>\n").filter(Boolean);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const jsonl = (stories: string[]) =>
  stories.map((story, id) => `${JSON.stringify({ id, story, source: "test" })}\n`).join("");
const csv = (stories: string[]) =>
  `id,title,text\r\n${stories.map((story, i) => `${i},Tale ${i},${quoted(`${story}\nThe end.`)}\r\n`).join("")}`;

async function open(page: Page): Promise<{ studio: Studio; intake: Intake }> {
  const studio = new Studio(page);
  await studio.open();
  return { studio, intake: new Intake(page) };
}

test("each kind of file is read by what is in it, packed or not, and several become one text", async ({
  page,
}) => {
  const { studio, intake } = await open(page);
  const files: [NamedFile, stories: RegExp, first: string][] = [
    [{ name: "tales.txt", content: tales }, /^120\s*split by lines <\|endoftext\|>/, list[0]!],
    [{ name: "tales.txt.gz", content: gzipSync(tales) }, /^120\s*split by lines/, list[0]!],
    // The name lies: the content decides.
    [{ name: "tales.bin", content: gzipSync(tales.repeat(2)) }, /^240\s*split/, list[0]!],
    [{ name: "tales.jsonl", content: jsonl(list) }, /^120\s*from “story”/, list[0]!],
    [{ name: "tales.csv.gz", content: gzipSync(csv(list)) }, /^120\s*from “text”/, "The end."],
    [
      {
        name: "tales.tsv",
        content: `${list.map((story, i) => `${i}\t${quoted(story)}`).join("\n")}`,
      },
      /^120\s*from “column 2”/,
      list[0]!,
    ],
  ];
  for (const [file, stories, first] of files) {
    await test.step(file.name, async () => {
      await studio.drop(file);
      await expect(studio.text.locator("header")).toContainText(file.name);
      await intake.expectFact("Stories", stories);
      await expect(studio.text.getByRole("blockquote")).toContainText(first);
    });
  }
  await test.step("all kinds together, through the file picker", async () => {
    const parts = [files[1]![0], files[3]![0], files[4]![0]];
    await studio.text.getByLabel("Choose another text").setInputFiles(
      parts.map(({ name, content }) => ({
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(content),
      })),
    );
    await intake.expectFact("Stories", /^360\s*files of different kinds/);
    // Twice the same stories, and those of the table with a line more; a few are twice in the list.
    const duplicates = 360 - 2 * new Set(list).size;
    await intake.expectFact(
      "Duplicates",
      new RegExp(`^${duplicates}\\s*equal to an earlier story`),
    );
    const rows = (await intake.unfold(/3 files/)).getByRole("row");
    await expect(rows).toHaveText([
      /File/,
      /tales\.csv\.gz\s*CSV, gzip, “text”\s*120/,
      /tales\.jsonl\s*JSON Lines, “story”\s*120/,
      /tales\.txt\.gz\s*text, gzip, lines <\|endoftext\|>\s*120/,
    ]);
  });
});

test("pasted text is looked at before it is used, and a button does without the clipboard's leave", async ({
  page,
}) => {
  const { studio, intake } = await open(page);
  const dialog = page.getByRole("dialog", { name: "Paste text" });
  await intake.paste("A cat sat.\n\nA dog ran.\n\nA cow ate.");
  await expect(dialog.getByRole("textbox")).toHaveValue(/A dog ran/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(studio.text).not.toContainText("Pasted text");

  await studio.text.getByRole("button", { name: "Paste text" }).click();
  await expect(dialog.getByRole("textbox")).toHaveValue(/A dog ran/);
  await dialog.getByRole("textbox").fill("A cat sat.\n\nA dog ran.\n\nA cow ate.\n\nA hen sang.");
  await dialog.getByRole("button", { name: "Use this text" }).click();
  await expect(studio.text.locator("header")).toContainText("Pasted text");
  await intake.expectFact("Stories", /^4\s*split by blank lines/);

  await test.step("in a field, pasting is the field's", async () => {
    const field = studio.prompt.getByLabel("How the story begins");
    await field.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "Once");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    });
    await expect(dialog).toBeHidden();
  });
});

test("separator, share and column can be changed, and what was read before stays until it is done", async ({
  page,
}) => {
  const { studio, intake } = await open(page);
  await studio.drop({
    name: "tales.txt",
    content: Array.from(
      { length: 40 },
      (_, i) => `One ${i}.\nMore.\n\nTwo ${i}.\n\nThree ${i}.\nEnd ${i}.`,
    ).join("\n\n"),
  });
  await intake.expectFact("Stories", /^120\s*split by blank lines/);
  await studio.trainTokenizer(400);
  await intake.readAgain({ separator: "line" });
  await intake.expectFact("Stories", /^200\s*one story a line/);
  await expect(studio.tokenizer).toContainText("trained on another text");
  await expect(studio.text.locator("header")).toContainText("tales.txt (split by lines)");
  await intake.readAgain({ separator: "auto", heldOut: 40 });
  await intake.expectFact("Held out", /^(3|4)\d(\.\d)?%\s*\d\d stories/);

  await test.step("a share out of bounds is not taken", async () => {
    const part = await intake.unfold(/How the text is read/);
    const share = part.getByRole("spinbutton", { name: "Held out" });
    await share.fill("80");
    await expect(share).toHaveAttribute("aria-invalid", "true");
    await share.blur();
    await expect(share).toHaveValue("40");
  });

  await test.step("another column", async () => {
    await studio.drop({ name: "tales.csv", content: csv(list) });
    await intake.expectFact("Stories", /^120\s*from “text”/);
    const part = await intake.unfold(/How the text is read/);
    await expect(part.getByRole("radio")).toHaveCount(3);
    await expect(part.getByRole("radio", { name: /^text/ })).toBeChecked();
    await intake.readAgain({ column: "title" });
    await intake.expectFact("Stories", /^120\s*from “title”/);
    await expect(studio.text.getByRole("blockquote")).toHaveText("Tale 0");
  });

  await test.step("cancelled, the text that is open stays, and can be read again", async () => {
    // Large enough that there is time to cancel.
    await page.evaluate(() => {
      const part = new Blob([
        `${"Once upon a time there was a fox. ".repeat(30)}\n`.repeat(10_000),
      ]);
      const transfer = new DataTransfer();
      transfer.items.add(new File(Array(60).fill(part), "large.txt"));
      window.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }));
    });
    await expect(
      studio.text.getByRole("progressbar", { name: /Reading large\.txt/ }),
    ).toBeVisible();
    await studio.text.getByRole("button", { name: "Cancel" }).click();
    await expect(studio.text.getByRole("progressbar")).toBeHidden();
    await expect(studio.problemIn(studio.text)).toBeHidden();
    await intake.expectFact("Stories", /^120\s*from “title”/);
    await intake.readAgain({ column: "text" });
    await intake.expectFact("Stories", /^120\s*from “text”/);
  });
});

test("what is odd in a text is found: lengths, duplicates, garbled, invisible and rare characters", async ({
  page,
}) => {
  const { studio, intake } = await open(page);
  const odd = "â€œHelloâ€\u009d said Zoë\u200b. \ufffd\u0007 The ca\u0301t\u00a0sat.";
  const plain = list.slice(0, 100).map((story) => story.repeat(10));
  await studio.drop({ name: "odd.txt", content: [...plain, plain[0], plain[1], odd].join("\n\n") });
  await intake.expectFact("Duplicates", /^2\s*equal to an earlier story/);
  await expect(studio.text.getByRole("figure", { name: /Story lengths/ })).toContainText(
    /the shortest has 3\d/,
  );
  const lengths = studio.text.getByRole("table", { name: "Stories by their length in characters" });
  const counts = await lengths.locator("tbody td").allInnerTexts();
  expect(counts.map(Number).reduce((a, b) => a + b)).toBe(103);

  const part = await intake.unfold(/Odd characters/);
  const table = part.getByRole("table", { name: "Odd characters" });
  await expect(table).toContainText(/Garbled characters.*2 in all/);
  await expect(table).toContainText(/was ““”, U\+201C punctuation\s*1/);
  await expect(table).toContainText(/Lost characters.*U\+FFFD replacement character/);
  await expect(table).toContainText(/Control characters.*U\+0007 bell/);
  await expect(table).toContainText(/Invisible characters.*U\+200B zero width space/);
  await expect(table).toContainText("U+00A0 no-break space");

  await test.step("more stories can be paged through", async () => {
    const first = await studio.text.getByRole("blockquote").innerText();
    await studio.text.getByRole("button", { name: "Next sample story" }).click();
    await expect(studio.text).toContainText(/Story \d+ of 103/);
    await expect(studio.text.getByRole("blockquote")).not.toHaveText(first);
    await studio.text.getByRole("button", { name: "Previous sample story" }).click();
    await expect(studio.text.getByRole("blockquote")).toHaveText(first);
  });
});

test("files that cannot be read are refused with the place and the way out, and the open text stays", async ({
  page,
}) => {
  const { studio, intake } = await open(page);
  await studio.drop({ name: "tales.txt", content: tales });
  await intake.expectFact("Stories", /^120/);
  const packed = gzipSync(tales);
  const bad: [NamedFile[], ProblemCode, RegExp][] = [
    [
      [{ name: "cut.txt.gz", content: packed.subarray(0, packed.length / 2) }],
      "gzip-damaged",
      /“cut\.txt\.gz” could not be unpacked.*again/s,
    ],
    [
      [{ name: "two.gz", content: Buffer.concat([packed, packed]) }],
      "gzip-damaged",
      /several gzip parts/,
    ],
    [
      [{ name: "latin.txt.gz", content: gzipSync(Buffer.from(`${tales}Zo\xeb`, "latin1")) }],
      "file-not-utf8",
      new RegExp(`position ${tales.length + 2}`),
    ],
    [
      [{ name: "broken.jsonl", content: `${jsonl(list)}{"story": "x"\n` }],
      "line-broken",
      /Line 121 of “broken\.jsonl”.*not valid JSON/s,
    ],
    [
      [{ name: "open.csv", content: `${csv(list)}7,x,"never closed` }],
      "row-broken",
      /Row 122 of “open\.csv”.*never closed/s,
    ],
    [
      [{ name: "stories.zip", content: Buffer.from("PK\x03\x04rest") }],
      "file-packed",
      /is a ZIP file.*Unpack/s,
    ],
    [
      [
        { name: "tales.txt", content: tales },
        { name: "void.txt", content: "" },
      ],
      "file-empty",
      /“void\.txt” is empty/,
    ],
    [
      [{ name: "numbers.jsonl", content: '{"n": 1}\n{"n": 2}\n' }],
      "column-missing",
      /“numbers\.jsonl” has no text/,
    ],
  ];
  for (const [files, code, words] of bad) {
    await test.step(files.at(-1)!.name, async () => {
      await studio.drop(...files);
      const notice = studio.problemIn(studio.text);
      await expect(notice).toHaveAttribute("data-code", code);
      await expect(notice).toHaveText(words);
      await intake.expectFact("Stories", /^120/);
    });
  }
});

test("a run learns from tokens in the browser's storage, whose files go when they are not needed", async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const { studio, intake } = await open(page);
  await studio.drop({ name: "tales.txt.gz", content: gzipSync(tales) });
  await intake.expectFact("Stories", /^120/);
  await studio.choosePreset("Nano");
  await studio.trainTokenizer(400);
  await studio.set({ Steps: 4, "Batch size": 1, "Warm-up": 1, "Validate every": 4 });
  await studio.trainModel();
  await studio.waitUntilFinished();
  const losses = await studio.validation();
  expect(losses.get(4)).toBeLessThan(losses.get(0)!);
  expect(await intake.tokenFiles()).toEqual(["held-out-1", "train-1"]);

  await test.step("another run leaves no files but its own and those that were open while it was made", async () => {
    for (const run of [2, 3]) {
      const end = 4 + run;
      await studio.set({ Steps: end });
      await studio.button("Train a new model").click();
      await studio.answer("Give it up");
      const names = ["held-out", "train"].flatMap((name) => [
        `${name}-${run - 1}`,
        `${name}-${run}`,
      ]);
      await expect.poll(() => intake.tokenFiles(), { timeout: 60_000 }).toEqual(names);
      await expect.poll(() => studio.step(), { timeout: 60_000 }).toBe(end);
      await studio.waitUntilFinished();
      expect((await studio.validation()).get(0)).toBe(losses.get(0));
    }
  });

  await test.step("another tab leaves the files of a tab that lives, and removes those of one that is gone", async () => {
    const startElsewhere = async () => {
      const other = await context.newPage();
      const elsewhere = await open(other);
      await elsewhere.studio.drop({ name: "tales.txt", content: tales });
      await elsewhere.studio.trainTokenizer(400);
      await elsewhere.studio.set({ Steps: 4, "Batch size": 1, "Warm-up": 1 });
      await elsewhere.studio.trainModel();
      await elsewhere.studio.waitUntilFinished();
      return { other, files: await elsewhere.intake.tokenFiles() };
    };
    const before = await intake.tokenFiles();
    const second = await startElsewhere();
    expect(second.files).toHaveLength(before.length + 2);
    expect(before).toContain("train-3");
    await page.close();
    await second.other.close();
    const third = await startElsewhere();
    expect(third.files).toHaveLength(2);
    await third.other.close();
  });
});

test("Get TinyStories says where it is and which file to take, and fetches nothing", async ({
  page,
}) => {
  const studio = new Studio(page);
  await studio.openWhole();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await studio.text.getByRole("button", { name: "Get TinyStories" }).click();
  const dialog = page.getByRole("dialog", { name: "Get TinyStories" });
  await expect(dialog).toContainText(/TinyStories-valid\.txt\s*19\.4 MB/);
  await expect(dialog).toContainText(/TinyStories-train\.txt\s*1\.92 GB/);
  await expect(dialog).toContainText("CDLA-Sharing-1.0");
  const link = dialog.getByRole("link");
  await expect(link).toHaveAttribute(
    "href",
    /^https:\/\/huggingface\.co\/datasets\/roneneldan\/TinyStories/,
  );
  await expect(link).toHaveAttribute("target", "_blank");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(requests).toEqual([]);
});
