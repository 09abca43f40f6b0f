/** The saved checkpoints: what the page knows of them, and what it does with them. */
import { create } from "zustand";
import { fileNameOf } from "../lib/checkpoint-name";
import { type Problem, toProblem } from "../lib/errors";
import { formatCount } from "../lib/format";
import {
  type CheckpointContents,
  type CheckpointList,
  LIBRARY_CHANNEL,
  type StoredCheckpoint,
} from "../worker/api";
import { trainerWorker } from "../worker/client";
import { forgetSaved, markSaved, openCheckpoint } from "./checkpoint";
import { checkpointName, modelTitle } from "./plan";
import { type RunOnPage, runTask, showProblem, studio } from "./studio";

export interface LibraryState {
  /** Null until it was looked at. */
  list: CheckpointList | null;
  /** Why there is no list. */
  problem: Problem | null;
  /** Deleted on this page a moment ago: they can be brought back. */
  deleted: StoredCheckpoint[];
  /** What the next save or download shall hold. */
  contents: CheckpointContents;
  /** What was done last, for all to hear. */
  said: string;
}

const initialLibrary: LibraryState = {
  list: null,
  problem: null,
  deleted: [],
  contents: "run",
  said: "",
};

export const useLibrary = create<LibraryState>(() => initialLibrary);
const library = { get: useLibrary.getState, set: useLibrary.setState };

/** Milliseconds in which a deletion can be undone. */
export const UNDO_MS = 15_000;
/** A download has read its file after so many milliseconds; until then the file stays. */
const DOWNLOAD_MS = 60_000;
/** After so many milliseconds the library itself removes what another page had deleted and left. */
const LEFT_BEHIND_MS = 65_000;

let looking: Promise<void> | null = null;
let lookAgain = false;
let leftBehind: ReturnType<typeof setTimeout> | undefined;
/** Deletions by id, each with the timer that makes it final. */
const timers = new Map<string, ReturnType<typeof setTimeout>>();
/** When a download of this id began. */
const downloads = new Map<string, number>();

/** Keeps the list fresh: after changes in any tab, and when this one is looked at again. */
export function watchLibrary(): () => void {
  const channel = new BroadcastChannel(LIBRARY_CHANNEL);
  const look = () => {
    if (document.visibilityState === "visible") void refreshLibrary();
  };
  channel.onmessage = look;
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    channel.close();
    document.removeEventListener("visibilitychange", look);
  };
}

/** Looks at the list again; a call while that goes on has it looked at once more. */
export function refreshLibrary(): Promise<void> {
  lookAgain = looking !== null;
  looking ??= (async () => {
    do {
      lookAgain = false;
      await look();
    } while (lookAgain);
    looking = null;
  })();
  return looking;
}

async function look(): Promise<void> {
  try {
    const list = await trainerWorker.listCheckpoints();
    library.set({ list, problem: null });
    if (list.discarded > library.get().deleted.length) {
      clearTimeout(leftBehind);
      leftBehind = setTimeout(refreshLibrary, LEFT_BEHIND_MS);
    }
  } catch (thrown) {
    library.set({ problem: toProblem(thrown) });
  }
}

export interface LibraryRow {
  checkpoint: StoredCheckpoint;
  deleted: boolean;
}

/** What the list shows: those that can be brought back keep their places. */
export function libraryRows({ list, deleted }: Pick<LibraryState, "list" | "deleted">) {
  const gone = new Set(deleted.map(({ id }) => id));
  const rows = (list?.checkpoints ?? [])
    .filter(({ id }) => !gone.has(id))
    .map((checkpoint): LibraryRow => ({ checkpoint, deleted: false }));
  rows.push(...deleted.map((checkpoint) => ({ checkpoint, deleted: true })));
  return rows.sort((a, b) => b.checkpoint.savedAt - a.checkpoint.savedAt);
}

/** As the user called it, else by its model and step. */
export function checkpointTitle({ id, name, content }: StoredCheckpoint): string {
  if (name !== null) return name;
  if ("problem" in content) return id;
  const { config, progress } = content.facts;
  return `${modelTitle(config)}, step ${formatCount(progress.step)}`;
}

/** What a save or download of this run holds: of a model only there is no more. */
export function savedContents(
  run: Pick<RunOnPage, "contents"> | null,
  chosen: CheckpointContents,
): CheckpointContents {
  return run?.contents === "model" ? "model" : chosen;
}

/** Saves the run as it is between two steps; it trains on while the file is written. */
export async function saveNow(): Promise<void> {
  const contents = savedContents(studio.get().run, library.get().contents);
  const saved = await runTask(
    { place: "checkpoint", doing: "Saving the checkpoint" },
    async (onProgress) => {
      markSaved(contents, await trainerWorker.saveCheckpoint(contents, onProgress));
      return true;
    },
  );
  if (saved) await changed("The checkpoint is in the list.");
}

/** Puts a file from disk into the list, without opening it. */
export async function addFile(file: File): Promise<boolean> {
  const added = await runTask(
    { place: "checkpoint", doing: `Adding ${file.name}` },
    async (onProgress) => {
      await trainerWorker.addCheckpoint(file, file.name, onProgress);
      return true;
    },
  );
  if (added) await changed(`${file.name} is in the list.`);
  return added ?? false;
}

/** Opens a file from disk; the page then offers to keep it in the list. */
export async function openFromDisk(file: File): Promise<void> {
  if (!(await openCheckpoint(file, file.name))) return;
  studio.set(({ run }) => ({ run: run && { ...run, unkept: file } }));
}

/** Keeps the file that was opened from disk. */
export async function keepOpened(): Promise<void> {
  const file = studio.get().run?.unkept;
  if (file === undefined || !(await addFile(file))) return;
  studio.set(({ run }) => ({ run: run && { ...run, unkept: undefined } }));
}

/** Opens a checkpoint of the list; asks first when another run would be lost. */
export async function openStored(checkpoint: StoredCheckpoint): Promise<void> {
  const title = checkpointTitle(checkpoint);
  const file = await attempt(() => trainerWorker.storedFile(checkpoint.id));
  if (file !== null) await openCheckpoint(file, title);
}

/** A checkpoint of the list as a file to hand to the browser; null when that failed. */
export async function storedDownload(
  checkpoint: StoredCheckpoint,
  contents: "all" | "model",
): Promise<File | null> {
  const { id } = checkpoint;
  const name = downloadName(checkpoint, contents);
  const type = "application/octet-stream";
  if (contents === "model") {
    return runTask({ place: "checkpoint", doing: `Packing ${name}` }, async () => {
      return new File([await trainerWorker.storedModel(id)], name, { type });
    });
  }
  downloads.set(id, Date.now());
  const file = await attempt(() => trainerWorker.storedFile(id));
  // A file made of a file refers to its bytes on the disk.
  return file && new File([file], name, { type });
}

function downloadName(checkpoint: StoredCheckpoint, contents: "all" | "model"): string {
  const { name, content } = checkpoint;
  if ("problem" in content) return fileNameOf(checkpointTitle(checkpoint));
  const { facts } = content;
  const holds = contents === "all" ? facts.contents : contents;
  if (name === null) return checkpointName(modelTitle(facts.config), facts.progress.step, holds);
  return fileNameOf(holds === facts.contents ? name : `${name} (model)`);
}

export async function renameCheckpoint(id: string, name: string): Promise<void> {
  const renamed = await attempt(async () => {
    await trainerWorker.renameCheckpoint(id, name);
    return true;
  });
  if (renamed) await changed(`It is called ${name.trim()} now.`);
}

/** Takes a checkpoint out of the list; its file goes when it can no longer be brought back. */
export async function deleteCheckpoint(checkpoint: StoredCheckpoint): Promise<void> {
  const { id } = checkpoint;
  if (timers.has(id)) return;
  const downloaded = (downloads.get(id) ?? Number.NEGATIVE_INFINITY) + DOWNLOAD_MS - Date.now();
  timers.set(
    id,
    setTimeout(() => void purge(id), Math.max(UNDO_MS, downloaded)),
  );
  library.set(({ deleted }) => ({
    deleted: [...deleted, checkpoint],
  }));
  const done = await attempt(async () => {
    await trainerWorker.discardCheckpoint(id);
    return true;
  });
  if (!done) {
    forget(id);
    await refreshLibrary();
    return;
  }
  if (!("problem" in checkpoint.content)) forgetSaved(checkpoint.content.facts.progress.step);
  await changed(`${checkpointTitle(checkpoint)} was deleted. Undo brings it back.`);
}

/** Brings back what was deleted a moment ago. */
export async function undoDelete(id: string): Promise<void> {
  const checkpoint = forget(id);
  if (checkpoint === undefined) return;
  // In its place at once, whatever the worker is at.
  library.set(({ list }) => ({
    list: list && {
      ...list,
      checkpoints: [...list.checkpoints.filter((other) => other.id !== id), checkpoint],
    },
  }));
  const restored = await attempt(async () => {
    await trainerWorker.restoreCheckpoint(id);
    return true;
  });
  if (restored) await changed(`${checkpointTitle(checkpoint)} is back.`);
  else await refreshLibrary();
}

async function purge(id: string): Promise<void> {
  forget(id);
  await attempt(() => trainerWorker.purgeCheckpoint(id));
  await refreshLibrary();
}

/** Its deletion is no longer to be undone. */
function forget(id: string): StoredCheckpoint | undefined {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const checkpoint = library.get().deleted.find((entry) => entry.id === id);
  library.set(({ deleted }) => ({ deleted: deleted.filter((entry) => entry.id !== id) }));
  return checkpoint;
}

async function changed(said: string): Promise<void> {
  library.set({ said });
  await refreshLibrary();
}

/** What `work` returns; null when it failed, and the problem is shown. */
async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    showProblem("checkpoint", thrown);
    return null;
  }
}
