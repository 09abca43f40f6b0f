import { expect, type Locator, type Page } from "@playwright/test";

/** What a visitor can do with a text, by the names that the page shows. */
export class Intake {
  readonly page: Page;
  readonly text: Locator;

  constructor(page: Page) {
    this.page = page;
    this.text = page.getByRole("region", { name: "Text", exact: true });
  }

  /** The value of a fact such as `Stories`, and its note. */
  async fact(label: string): Promise<string> {
    const facts = this.text.locator("dl > div");
    const fact = facts.filter({ has: this.page.getByText(label, { exact: true }) });
    return fact.locator("dd").innerText();
  }

  async expectFact(label: string, words: RegExp): Promise<void> {
    await expect.poll(() => this.fact(label), { timeout: 30_000 }).toMatch(words);
  }

  /** A folded part of the text's panel, unfolded. */
  async unfold(title: RegExp): Promise<Locator> {
    const details = this.text.locator("details").filter({ hasText: title });
    if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
    return details;
  }

  /** Changes how the text is read, and has it read again. */
  async readAgain(change: {
    separator?: string;
    heldOut?: number;
    column?: string;
  }): Promise<void> {
    const part = await this.unfold(/How the text is read/);
    if (change.separator !== undefined) {
      await part.getByLabel("Between stories").selectOption(change.separator);
    }
    if (change.heldOut !== undefined) {
      await part.getByRole("spinbutton", { name: "Held out" }).fill(String(change.heldOut));
    }
    if (change.column !== undefined) {
      await part.getByRole("radio", { name: new RegExp(`^${change.column}`) }).check();
    }
    await part.getByRole("button", { name: "Read the text again" }).click();
  }

  /** As Ctrl+V does, when the focus is on nothing that takes text. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, text);
  }

  /** Files that the browser's storage holds for token streams, of all tabs: their names in order. */
  tokenFiles(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const names: string[] = [];
      const origin = await navigator.storage.getDirectory();
      const root = await origin.getDirectoryHandle("tokens", { create: true });
      for await (const folder of root.values()) {
        if (!(folder instanceof FileSystemDirectoryHandle)) continue;
        for await (const file of folder.values()) {
          if (file instanceof FileSystemFileHandle && (await file.getFile()).size > 0) {
            names.push(file.name);
          }
        }
      }
      return names.sort();
    });
  }
}
