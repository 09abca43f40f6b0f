import { problem } from "../lib/errors";
import { tokenizerWorker } from "../worker/client";
import { cancelTokenizerWorker } from "./cancel";
import { compareText } from "./checkpoint";
import { runTask, studio } from "./studio";

const SAMPLE_NAME = "sample-stories.txt";

/** Reads a text; the earlier one stays when that fails. A run that waits for its text is offered this one. */
export async function openText(file: Blob, name: string): Promise<void> {
  const text = await runTask(
    { place: "text", doing: `Reading ${name}`, cancel: cancelTokenizerWorker },
    (onProgress) => tokenizerWorker.openCorpus(file, name, onProgress),
  );
  if (text === null) return;
  studio.set({ text });
  if (studio.get().run?.neededText) await compareText("same-only");
}

/** Reads the stories that come with the page. */
export async function openSample(): Promise<void> {
  const sample = await runTask(
    { place: "text", doing: "Fetching the sample stories" },
    fetchSample,
  );
  if (sample !== null) await openText(sample, SAMPLE_NAME);
}

async function fetchSample(): Promise<Blob> {
  const failed = (reason: string) => problem("download-failed", { name: SAMPLE_NAME, reason });
  const response = await fetch(new URL(SAMPLE_NAME, document.baseURI)).catch(() => {
    throw failed("no answer from the server");
  });
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  return response.blob();
}
