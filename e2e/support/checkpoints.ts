import { expect, type Locator, type Page, type Worker } from "@playwright/test";
import type { Studio } from "../studio";

/** The list of saved checkpoints, by the names that the page shows. */
export class SavedCheckpoints {
  private readonly part: Locator;
  readonly list: Locator;
  readonly rows: Locator;

  constructor(private readonly studio: Studio) {
    this.part = studio.checkpoint;
    this.list = this.part.getByRole("list", { name: "Saved in this browser" });
    this.rows = this.list.getByRole("article");
  }

  row(name: string): Locator {
    return this.list.getByRole("article", { name, exact: true });
  }

  /** Saves the run and waits for the row that it makes. @returns what the row is called */
  async save(): Promise<string> {
    const before = await this.rows.count();
    await this.part.getByRole("button", { name: "Save now" }).click();
    await expect(this.rows).toHaveCount(before + 1, { timeout: 60_000 });
    return (await this.rows.first().getAttribute("aria-label"))!;
  }

  async choose(contents: "With optimizer state, to go on" | "Model only, for sharing") {
    await this.part.getByRole("radio", { name: contents }).check();
  }

  /** One of the row's numbers, as it is shown. */
  fact(row: Locator, label: string): Locator {
    const facts = row.locator("dl > div");
    return facts.filter({ has: this.studio.page.getByText(label, { exact: true }) }).locator("dd");
  }

  async rename(from: string, to: string): Promise<void> {
    await this.row(from)
      .getByRole("button", { name: `Rename ${from}` })
      .click();
    await this.part.getByLabel("New name").fill(to);
    await this.part.getByLabel("New name").press("Enter");
  }

  async delete(name: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: `Delete ${name}` })
      .click();
  }

  /** In the place of a deleted checkpoint. */
  undo(name: string): Locator {
    const item = this.list.getByRole("listitem").filter({ hasText: `${name} was deleted.` });
    return item.getByRole("button", { name: "Undo" });
  }

  async open(name: string): Promise<void> {
    await this.row(name)
      .getByRole("button", { name: `Open ${name}` })
      .click();
  }
}

/** Names of the files that the browser really keeps, without the list's own notes. */
export function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("checkpoints", { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) if (name !== "library.json") names.push(name);
    return names.sort();
  });
}

/** Puts a file where the saved checkpoints are, behind the page's back. */
export async function plantFile(page: Page, name: string, content: string): Promise<void> {
  await page.evaluate(
    async ([name, content]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("checkpoints", { create: true });
      const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writable.write(content);
      await writable.close();
    },
    [name, content] as const,
  );
}

/** Limits what the browser lets this site keep, as a full disk does. */
export async function limitStorage(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: bytes });
}

/** Takes the site's storage away, as a private window does; the page's own script cannot do it in a worker. */
export async function forbidStorage(page: Page): Promise<void> {
  const isTrainer = async (worker: Worker) =>
    (await worker.evaluate(() => self.name)) === "trainer";
  for (const worker of page.workers()) {
    if (!(await isTrainer(worker))) continue;
    await worker.evaluate(() => {
      StorageManager.prototype.getDirectory = () =>
        Promise.reject(new DOMException("It is not allowed here.", "SecurityError"));
    });
  }
}
