import { problem } from "../lib/errors";
import type { TextChoices, TextFile } from "../worker/api";
import { tokenizerWorker } from "../worker/client";
import { cancelTokenizerWorker } from "./cancel";
import { compareText } from "./checkpoint";
import { intake, usualChoices } from "./intake";
import { runTask, studio } from "./studio";

const SAMPLE_NAME = "sample-stories.txt";

/** Reads a text; the earlier one stays when that fails. A run that waits for its text is offered this one. */
export async function openText(files: TextFile[]): Promise<void> {
  // What another text needed says nothing about this one; how much to hold out is the user's habit.
  const { heldOutShare } = intake.get().choices;
  await read(files, { ...usualChoices, heldOutShare });
}

/** Reads the open text again, with the choices on the page. */
export async function readTextAgain(): Promise<void> {
  const { files, choices } = intake.get();
  if (files.length > 0) await read(files, choices);
}

async function read(files: TextFile[], choices: TextChoices): Promise<void> {
  const [first] = files;
  const what = files.length === 1 ? first!.name : `${files.length} files`;
  const opened = await runTask(
    { place: "text", doing: `Reading ${what}`, cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.openCorpus(files, choices, onProgress),
  );
  if (opened === null) return;
  const { summary, report } = opened;
  studio.set({ text: summary });
  intake.set({ files, report, choices });
  if (studio.get().run?.neededText) await compareText("same-only");
}

/** Reads what was typed or pasted. It stays in its dialog, to be mended where it cannot be read. */
export async function openPasted(): Promise<void> {
  const { pasted } = intake.get();
  intake.set({ pasteOpen: false });
  await openText([{ name: "Pasted text", blob: new Blob([pasted], { type: "text/plain" }) }]);
}

/** Reads the stories that come with the page. */
export async function openSample(): Promise<void> {
  const fetched = await runTask(
    { place: "text", doing: "Fetching the sample stories" },
    fetchSample,
  );
  if (fetched !== null) await openText([{ name: SAMPLE_NAME, blob: fetched }]);
}

let sample: Promise<Blob> | null = null;

/** The sample stories, fetched once: early when the page is idle, so that they are there without a network. */
export function fetchSample(): Promise<Blob> {
  sample ??= download();
  sample.catch(() => {
    sample = null;
  });
  return sample;
}

async function download(): Promise<Blob> {
  const failed = (reason: string) => problem("download-failed", { name: SAMPLE_NAME, reason });
  const response = await fetch(new URL(SAMPLE_NAME, document.baseURI)).catch(() => {
    throw failed("no answer from the server");
  });
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  return response.blob();
}
