import { expect, type Locator, type Page } from "@playwright/test";

export interface NamedFile {
  name: string;
  content: string | Buffer;
}

export type ChartTitle =
  | "Loss"
  | "Perplexity"
  | "Bits per byte"
  | "Gradient norm"
  | "Learning rate"
  | "Speed";

/** Settings of a run as the page labels them. */
export type SettingLabel =
  | "Steps"
  | "Batch size"
  | "Learning rate"
  | "Warm-up"
  | "Validate every"
  | "Seed"
  | "Width"
  | "Layers"
  | "Attention heads"
  | "Key and value heads"
  | "Feed-forward width"
  | "Context"
  | "Batches a step";

/** What a visitor can do on the page, by the names that the page shows. */
export class Studio {
  readonly page: Page;
  readonly text: Locator;
  readonly model: Locator;
  readonly tokenizer: Locator;
  readonly train: Locator;
  readonly prompt: Locator;
  readonly checkpoint: Locator;

  constructor(page: Page) {
    this.page = page;
    const region = (name: string) => page.getByRole("region", { name, exact: true });
    this.text = region("Text");
    this.model = region("Model size");
    this.tokenizer = region("Tokenizer");
    this.train = region("Train");
    this.prompt = region("Prompt");
    this.checkpoint = region("Checkpoints");
  }

  /** Opens the page and waits until it knows which GPU there is. */
  async open(address = "./"): Promise<void> {
    await this.page.goto(address);
    // A software GPU that another page trains on takes its time to answer.
    await expect(this.adapter).not.toContainText("Looking for a GPU", { timeout: 60_000 });
  }

  /** Opens the page and waits until it has fetched all that it will ever need. */
  async openWhole(): Promise<void> {
    const parts = ["charts", "try-it", "vocabulary-table", "tokenizer", "sample-stories"];
    const fetched = parts.map((part) =>
      this.page.waitForEvent("requestfinished", {
        predicate: (request) => new RegExp(`/${part}[-.]`).test(request.url()),
        timeout: 60_000,
      }),
    );
    await this.open();
    await Promise.all(fetched);
  }

  get adapter(): Locator {
    return this.page.getByRole("status", { name: "Graphics adapter" });
  }

  /** The message of a problem in a part of the page. */
  problemIn(part: Locator): Locator {
    return part.getByRole("alert");
  }

  async startWithSampleStories(): Promise<void> {
    await this.text.getByRole("button", { name: "Start with sample stories" }).click();
    await expect(this.text).toContainText("sample-stories.txt", { timeout: 30_000 });
    await expect(this.text).toContainText("The first story", { timeout: 30_000 });
  }

  /** Through the file picker of the text. */
  async chooseText(file: NamedFile): Promise<void> {
    await this.text.getByLabel(/Choose (text files|another text)/).setInputFiles(asUpload(file));
  }

  /** Drops files anywhere on the page. */
  async drop(...files: NamedFile[]): Promise<void> {
    const sent = files.map(({ name, content }) => ({
      name,
      base64: Buffer.from(content).toString("base64"),
    }));
    const transfer = await this.page.evaluateHandle((files) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    }, sent);
    await this.page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
    await this.page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  }

  async choosePreset(label: string): Promise<void> {
    await this.model.getByRole("radio", { name: label, exact: true }).check();
  }

  async set(settings: Partial<Record<SettingLabel, number>>): Promise<void> {
    for (const [label, value] of Object.entries(settings)) {
      await (await this.setting(label as SettingLabel)).fill(String(value));
    }
  }

  /** The input of a setting, in its section unfolded. */
  async setting(label: SettingLabel): Promise<Locator> {
    const input = this.page.getByLabel(label, { exact: true });
    const section = this.model.locator("details").filter({ has: input });
    if ((await section.getAttribute("open")) === null) await section.locator("summary").click();
    return section.getByLabel(label, { exact: true });
  }

  async trainTokenizer(vocabSize?: number): Promise<void> {
    if (vocabSize !== undefined) {
      await this.tokenizer.getByLabel("Vocabulary size").fill(String(vocabSize));
    }
    await this.tokenizer.getByRole("button", { name: /^Train tokenizer/ }).click();
    await expect(this.tokenizer.getByText("Pieces it learned first")).toBeVisible({
      timeout: 60_000,
    });
  }

  /** Starts a run and waits until it trains. */
  async trainModel(): Promise<void> {
    await this.train.getByRole("button", { name: "Train model" }).click();
    await expect(this.button("Pause")).toBeVisible({ timeout: 60_000 });
  }

  /** A button of the run. */
  button(name: "Pause" | "Continue training" | "Stop" | "Train a new model"): Locator {
    return this.train.getByRole("button", { name, exact: true });
  }

  /** Answers the dialog that asks before something is lost. */
  async answer(name: "Give it up" | "Keep it"): Promise<void> {
    await this.page.getByRole("alertdialog").getByRole("button", { name }).click();
  }

  /** Optimizer steps done, as the page shows them. */
  async step(): Promise<number> {
    return Number((await this.train.getByTestId("step").innerText()).replaceAll(",", ""));
  }

  async waitForStep(step: number, timeout = 90_000): Promise<void> {
    await expect.poll(() => this.step(), { timeout }).toBeGreaterThanOrEqual(step);
  }

  async waitUntilFinished(timeout = 120_000): Promise<void> {
    await expect(this.train.getByText(/, finished$/)).toBeVisible({ timeout });
  }

  /** One of the run's numbers, such as `Training loss`. */
  async number(label: string): Promise<number> {
    const fact = this.train.locator("dl > div").filter({ has: this.page.getByText(label) });
    return Number.parseFloat(await fact.locator("dd").innerText());
  }

  /** A chart by its title, with its buttons and its table. */
  chart(title: ChartTitle): Locator {
    return this.train.getByRole("figure", { name: new RegExp(`^${title}\\b`) });
  }

  /** Validation losses of a finished run by step, from the table view of the loss chart. */
  async validation(): Promise<Map<number, number>> {
    const loss = this.chart("Loss");
    const asTable = loss.getByRole("button", { name: "Show as a table" });
    await asTable.click();
    const rows = loss.getByRole("table").locator("tbody tr");
    const cells = () =>
      rows.evaluateAll((rows) =>
        rows.map((row) => {
          const step = row.querySelector("th")!.textContent!.replaceAll(",", "");
          return [Number(step), row.querySelector("td:last-child")!.textContent!] as const;
        }),
      );
    // The newest row comes first, with the last step's own evaluation.
    const newest = async () => (await cells())[0]?.join(": ");
    await expect.poll(newest).toMatch(new RegExp(`^${await this.step()}: \\d`));
    const measured = (await cells()).filter(([, loss]) => loss !== "");
    await asTable.click();
    return new Map(measured.map(([step, loss]) => [step, Number(loss)]));
  }

  async setTelling(label: "Temperature" | "Length", value: number): Promise<void> {
    const details = this.prompt.locator("details").filter({ hasText: "How it tells" });
    if ((await details.getAttribute("open")) === null) {
      await details.getByText("How it tells", { exact: true }).click();
    }
    await details.getByRole("spinbutton", { name: label, exact: true }).fill(String(value));
  }

  async tell(prompt: string): Promise<void> {
    await this.prompt.getByLabel("How the story begins").fill(prompt);
    await this.prompt.getByRole("button", { name: "Tell", exact: true }).click();
  }

  /** The newest story. */
  get story(): Locator {
    return this.prompt.getByRole("article", { name: "Story", exact: true });
  }

  /** What the model added to the prompt so far. */
  async told(): Promise<string> {
    return (await this.story.getByTestId("told").allTextContents()).join("");
  }

  /** Downloads the checkpoint to `path` and returns its proposed name. */
  async download(path: string): Promise<string> {
    const [file] = await Promise.all([
      this.page.waitForEvent("download"),
      this.checkpoint.getByRole("button", { name: "Download checkpoint" }).click(),
    ]);
    await file.saveAs(path);
    return file.suggestedFilename();
  }

  async openCheckpoint(file: string | NamedFile): Promise<void> {
    await this.checkpoint
      .getByLabel("Open a checkpoint")
      .setInputFiles(typeof file === "string" ? file : asUpload(file));
  }
}

function asUpload({ name, content }: NamedFile) {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.from(content) };
}
