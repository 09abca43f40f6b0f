import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { presetByName } from "../engine/model/config";
import { problem } from "../lib/errors";
import type { StoredCheckpoint } from "../worker/api";
import {
  checkpointTitle,
  deleteCheckpoint,
  libraryRows,
  refreshLibrary,
  savedContents,
  storedDownload,
  UNDO_MS,
  undoDelete,
  useLibrary,
} from "./library";
import { initialState, studio } from "./studio";

const { trainerWorker } = vi.hoisted(() => ({
  trainerWorker: {
    listCheckpoints: vi.fn(),
    discardCheckpoint: vi.fn(),
    restoreCheckpoint: vi.fn(),
    purgeCheckpoint: vi.fn(),
    storedFile: vi.fn(),
    storedModel: vi.fn(),
  },
}));
vi.mock("../worker/client", () => ({ tokenizerWorker: {}, trainerWorker }));

function stored(id: string, savedAt: number, name: string | null = null): StoredCheckpoint {
  const { model, training } = presetByName("nano");
  return {
    ...{ id, name, bytes: 100, savedAt },
    content: {
      facts: {
        contents: "run",
        config: model,
        training,
        progress: { step: 1_200, tokens: 9, seconds: 9 },
        losses: { training: 3, validation: null },
      },
    },
  };
}

const [a, b, c] = [stored("a", 3), stored("b", 2), stored("c", 1)];
/** What the library holds, and what of it was discarded. */
let held: StoredCheckpoint[];
let discarded: Set<string>;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  held = [a, b, c];
  discarded = new Set();
  trainerWorker.listCheckpoints.mockImplementation(async () => ({
    checkpoints: held.filter(({ id }) => !discarded.has(id)),
    discarded: discarded.size,
    space: null,
  }));
  trainerWorker.discardCheckpoint.mockImplementation(async (id: string) => void discarded.add(id));
  trainerWorker.restoreCheckpoint.mockImplementation(
    async (id: string) => void discarded.delete(id),
  );
  trainerWorker.purgeCheckpoint.mockImplementation(async (id: string) => {
    held = held.filter((entry) => entry.id !== id);
    discarded.delete(id);
  });
  studio.set(initialState);
  useLibrary.setState({ list: null, problem: null, deleted: [], contents: "run", said: "" });
  await refreshLibrary();
});
afterEach(async () => {
  await vi.runAllTimersAsync();
  vi.useRealTimers();
});

const shown = () =>
  libraryRows(useLibrary.getState()).map(
    ({ checkpoint, deleted }) => checkpoint.id + (deleted ? " deleted" : ""),
  );

test("a deleted checkpoint keeps its place in the list until the time to undo is over, then its file goes", async () => {
  await deleteCheckpoint(b);
  expect(shown()).toEqual(["a", "b deleted", "c"]);
  await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
  expect(trainerWorker.purgeCheckpoint).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(trainerWorker.purgeCheckpoint.mock.calls).toEqual([["b"]]);
  expect(shown()).toEqual(["a", "c"]);
});

test("several deletions are undone one by one, and each has its own time", async () => {
  await deleteCheckpoint(a);
  await vi.advanceTimersByTimeAsync(1_000);
  await deleteCheckpoint(c);
  expect(shown()).toEqual(["a deleted", "b", "c deleted"]);
  await undoDelete("a");
  expect(shown()).toEqual(["a", "b", "c deleted"]);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(shown()).toEqual(["a", "b"]);
  expect(trainerWorker.purgeCheckpoint.mock.calls).toEqual([["c"]]);
});

test("what the library had no room to note as deleted is shown as deleted all the same", async () => {
  trainerWorker.discardCheckpoint.mockResolvedValue(undefined);
  await deleteCheckpoint(b);
  expect(shown()).toEqual(["a", "b deleted", "c"]);
  await vi.advanceTimersByTimeAsync(UNDO_MS);
  expect(shown()).toEqual(["a", "c"]);
});

test("what cannot be deleted stays, with the problem shown", async () => {
  const reason = problem("library-failed", { action: "Deleting", reason: "a lock" });
  trainerWorker.discardCheckpoint.mockRejectedValue(reason);
  await deleteCheckpoint(a);
  expect(shown()).toEqual(["a", "b", "c"]);
  expect(studio.get().problems.checkpoint?.code).toBe("library-failed");
  await vi.advanceTimersByTimeAsync(2 * UNDO_MS);
  expect(trainerWorker.purgeCheckpoint).not.toHaveBeenCalled();
});

test("a file stays for a minute after its download began", async () => {
  trainerWorker.storedFile.mockResolvedValue(new File(["x"], "a"));
  expect((await storedDownload(a, "all"))?.name).toBe("storyloom-nano-step1200.safetensors");
  await deleteCheckpoint(a);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(trainerWorker.purgeCheckpoint).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(trainerWorker.purgeCheckpoint).toHaveBeenCalledWith("a");
});

test("the list is looked at once more when a change comes while it is read", async () => {
  trainerWorker.listCheckpoints.mockClear();
  const both = [refreshLibrary(), refreshLibrary(), refreshLibrary()];
  await Promise.all(both);
  expect(trainerWorker.listCheckpoints).toHaveBeenCalledTimes(2);
});

test("what another page deleted and left is looked at again once it is due", async () => {
  discarded.add("b");
  await refreshLibrary();
  expect(shown()).toEqual(["a", "c"]);
  trainerWorker.listCheckpoints.mockClear();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(trainerWorker.listCheckpoints).not.toHaveBeenCalled();
  discarded.clear();
  held = [a, c];
  await vi.advanceTimersByTimeAsync(10_000);
  expect(trainerWorker.listCheckpoints).toHaveBeenCalledTimes(1);
});

test("a list that cannot be had says why, and the next one that can takes that away", async () => {
  trainerWorker.listCheckpoints.mockRejectedValueOnce(
    problem("library-unavailable", { reason: "private" }),
  );
  await refreshLibrary();
  expect(useLibrary.getState().problem?.code).toBe("library-unavailable");
  await refreshLibrary();
  expect(useLibrary.getState().problem).toBeNull();
});

test("a checkpoint is called by its name, else by model and step, else by its file", async () => {
  expect(checkpointTitle(stored("x", 1, "Fox tales"))).toBe("Fox tales");
  expect(checkpointTitle(a)).toBe("Nano, step 1,200");
  const broken = problem("file-empty", { name: "x" }).problem;
  expect(checkpointTitle({ ...a, content: { problem: broken } })).toBe("a");
});

test("a download is called as the checkpoint is, and says when it is the model only", async () => {
  trainerWorker.storedFile.mockResolvedValue(new File(["x"], "a"));
  trainerWorker.storedModel.mockResolvedValue(new Blob(["x"]));
  const named = stored("n", 1, "Fox / 1");
  expect((await storedDownload(named, "all"))?.name).toBe("Fox - 1.safetensors");
  expect((await storedDownload(named, "model"))?.name).toBe("Fox - 1 (model).safetensors");
  expect((await storedDownload(a, "model"))?.name).toBe(
    "storyloom-nano-step1200-model.safetensors",
  );
});

test("of a model only, no more can be saved", () => {
  expect(savedContents({ contents: "model" }, "run")).toBe("model");
  expect(savedContents({ contents: "run" }, "run")).toBe("run");
  expect(savedContents(null, "model")).toBe("model");
});
