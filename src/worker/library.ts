/** The saved checkpoints, as the trainer worker offers them to the page. */
import { modelOnly } from "../formats/checkpoint";
import { readCheckpoint } from "../formats/checkpoint-read";
import { writeCheckpoint } from "../formats/checkpoint-write";
import { tidyName } from "../lib/checkpoint-name";
import { CheckpointLibrary } from "../storage/checkpoints";
import { opfsFolder } from "../storage/folder";
import { LIBRARY_CHANNEL, type LibraryApi, type OnProgress } from "./api";

const library = new CheckpointLibrary(opfsFolder("checkpoints"), (change) =>
  navigator.locks.request("storyloom-checkpoints", change),
);
const channel = new BroadcastChannel(LIBRARY_CHANNEL);

/** Tells every tab of a change, this one too. */
async function changing<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  channel.postMessage(null);
  return result;
}

/** See `CheckpointLibrary.add`; at most ten reports a second. */
export async function addToLibrary(
  file: Blob,
  label: string,
  name: string | null,
  onProgress: OnProgress,
): Promise<void> {
  const total = file.size;
  let toldAt = 0;
  const onWritten = (done: number) => {
    if (performance.now() - toldAt < 100) return;
    toldAt = performance.now();
    onProgress({ phase: "saving", done, total });
  };
  await changing(library.add(file, label, name, onWritten));
}

export const libraryApi: LibraryApi = {
  listCheckpoints: () => library.list(),
  async addCheckpoint(file, fileName, onProgress) {
    await readCheckpoint(file, fileName);
    const name = tidyName(fileName.replace(/\.safetensors$/i, ""));
    await addToLibrary(file, fileName, name, onProgress);
  },
  storedFile: (id) => library.file(id),
  async storedModel(id) {
    const file = await library.file(id);
    return writeCheckpoint(modelOnly(await readCheckpoint(file, file.name)));
  },
  renameCheckpoint: (id, name) => changing(library.rename(id, name)),
  discardCheckpoint: (id) => changing(library.discard(id)),
  restoreCheckpoint: (id) => changing(library.restore(id)),
  purgeCheckpoint: (id) => changing(library.purge(id)),
};
