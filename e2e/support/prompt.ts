import { expect, type Locator, type Page } from "@playwright/test";
import type { Studio } from "../studio";

/** What a visitor does with stories, samples and sheets, by the names that the page shows. */
export class Stories {
  readonly page: Page;
  readonly samples: Locator;
  readonly sheet: Locator;

  constructor(private readonly studio: Studio) {
    this.page = studio.page;
    const region = (name: string) => this.page.getByRole("region", { name, exact: true });
    this.samples = region("Samples");
    this.sheet = region("Story sheet");
  }

  /** One token of the newest story, with its probability as name. */
  get tokens(): Locator {
    return this.studio.story.getByTestId("told");
  }

  /** What else might have come in the place of the token that is looked at. */
  get details(): Locator {
    return this.studio.story.getByRole("region", { name: /^Instead of / });
  }

  async press(name: "Regenerate" | "Continue"): Promise<void> {
    await this.studio.story.getByRole("button", { name, exact: true }).click();
  }

  async waitUntilTold(): Promise<void> {
    await expect(this.studio.story).toHaveAttribute("aria-busy", "false", { timeout: 90_000 });
  }

  private async unfoldSampling(): Promise<Locator> {
    const { model } = this.studio;
    await model
      .locator("summary")
      .filter({ hasText: /^Sampling/ })
      .click();
    return model;
  }

  async switchSamplesOff(): Promise<void> {
    const model = await this.unfoldSampling();
    await model.getByRole("spinbutton", { name: "Samples every" }).fill("0");
  }

  /** Tells samples every so many steps, so many tokens each, from one prompt. */
  async scheduleSamples(every: number, length: number): Promise<void> {
    const model = await this.unfoldSampling();
    await model.getByRole("spinbutton", { name: "Samples every" }).fill(String(every));
    await model.getByRole("spinbutton", { name: "Sample length" }).fill(String(length));
    const remove = model.getByRole("button", { name: /^Remove sample prompt/ });
    while ((await remove.count()) > 1) await remove.last().click();
    await model.getByRole("textbox", { name: "Sample prompt 1" }).fill("The fox");
  }

  async tellSheet(length: number): Promise<void> {
    await this.sheet.getByRole("spinbutton", { name: "Story length" }).fill(String(length));
    await this.sheet.getByRole("button", { name: "Tell the story sheet" }).click();
  }
}
