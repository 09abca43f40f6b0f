import { beforeEach, describe, expect, it } from "vitest";
import { modelOnly, type RunCheckpoint } from "../formats/checkpoint";
import { writeCheckpoint } from "../formats/checkpoint-write";
import { llamaTensorShapes } from "../formats/llama-tensors";
import { CheckpointLibrary, DISCARDED_MS } from "./checkpoints";
import type { Folder } from "./folder";

/** As OPFS behaves, in memory; `fail` is thrown by the next calls that write. */
class MemoryFolder implements Folder {
  readonly held = new Map<string, File>();
  fail: Error | null = null;
  blocked = false;
  now = 0;

  async files() {
    if (this.blocked) throw new DOMException("Storage is not allowed here.", "SecurityError");
    return new Map(this.held);
  }
  async file(name: string) {
    if (this.blocked) throw new DOMException("Storage is not allowed here.", "SecurityError");
    return this.held.get(name) ?? null;
  }
  async write(name: string, content: Blob, onWritten?: (bytes: number) => void) {
    if (this.blocked) throw new DOMException("Storage is not allowed here.", "SecurityError");
    if (this.fail !== null) throw this.fail;
    this.held.set(name, new File([content], name, { lastModified: this.now }));
    onWritten?.(content.size);
  }
  overwrite(name: string, content: string) {
    return this.write(name, new Blob([content]));
  }
  async remove(name: string) {
    this.held.delete(name);
  }
  async space() {
    return { used: 70, quota: 100 };
  }
}

const config = {
  vocab_size: 13,
  hidden_size: 8,
  intermediate_size: 12,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 2,
  max_position_embeddings: 6,
  rms_norm_eps: 1e-5,
  rope_theta: 10_000,
  tie_word_embeddings: true,
};

function checkpointAt(step: number): RunCheckpoint {
  const tensors = () =>
    new Map(
      [...llamaTensorShapes(config)].map(([name, shape]) => [
        name,
        new Float32Array(shape.reduce((a, b) => a * b)).fill(step),
      ]),
    );
  return {
    contents: "run",
    config,
    training: {
      ...{ max_steps: 600, batch_size: 8, gradient_accumulation_steps: 1, learning_rate: 1e-3 },
      ...{ min_lr_rate: 0.1, warmup_steps: 3, weight_decay: 0.1, adam_beta1: 0.9 },
      ...{ adam_beta2: 0.95, adam_epsilon: 1e-8, max_grad_norm: 1, seed: 1, eval_steps: 50 },
    },
    progress: { step, tokens: 64 * step, seconds: step },
    losses: { training: 6 - step / 100, validation: { step, loss: 5 - step / 100 } },
    sampler: { epoch: 0, index: step, seed: 1 },
    corpus: { name: "tales.txt", fingerprint: "1a2b" },
    variants: { matmul: "tiled" },
    parameters: tensors(),
    expAvg: tensors(),
    expAvgSq: tensors(),
    tokenizer: Uint8Array.of(1, 2),
    history: { points: [], evaluations: [], rounds: [] },
  };
}

let folder: MemoryFolder;
let library: CheckpointLibrary;
beforeEach(() => {
  folder = new MemoryFolder();
  library = open();
});

/** Another tab, or the same after a reload: it knows what is in the folder, no more. */
function open() {
  return new CheckpointLibrary(
    folder,
    (change) => change(),
    () => folder.now,
  );
}

async function addAt(now: number, content: Blob, name: string | null = null) {
  folder.now = now;
  return library.add(content, "The checkpoint", name);
}

const whole = (step: number) => writeCheckpoint(checkpointAt(step));
const ids = async () => (await open().list()).checkpoints.map(({ id }) => id);

describe("the library", () => {
  it("lists what was saved with the facts from its header, the newest first", async () => {
    const first = await addAt(1_000, whole(10));
    const second = await addAt(2_000, writeCheckpoint(modelOnly(checkpointAt(20))), "Fox tales");
    const { checkpoints, space, discarded } = await open().list();
    expect(checkpoints).toMatchObject([
      {
        ...{ id: second, name: "Fox tales", savedAt: 2_000 },
        content: { facts: { contents: "model", progress: { step: 20 } } },
      },
      {
        ...{ id: first, name: null, savedAt: 1_000, bytes: whole(10).size },
        content: {
          facts: {
            contents: "run",
            progress: { step: 10 },
            losses: { training: 5.9, validation: { step: 10, loss: 4.9 } },
          },
        },
      },
    ]);
    expect({ space, discarded }).toEqual({ space: { used: 70, quota: 100 }, discarded: 0 });
  });

  it("gives the file back as it was saved, and tells how far a save is", async () => {
    const file = whole(3);
    const told: number[] = [];
    const id = await library.add(file, "x", null, (bytes) => told.push(bytes));
    expect(told).toEqual([file.size]);
    expect(await (await library.file(id)).bytes()).toEqual(await file.bytes());
  });

  it("never writes over another file, even within a millisecond", async () => {
    const made = [await addAt(5, whole(1)), await addAt(5, whole(2)), await addAt(5, whole(3))];
    expect(new Set(made).size).toBe(3);
    expect((await ids()).sort()).toEqual(made.sort());
  });

  it("reads headers only: a file that lost its tensors' bytes is told by its length alone", async () => {
    const file = whole(1);
    let read = 0;
    class Counted extends File {
      override slice(start?: number, end?: number, type?: string) {
        read += (end ?? this.size) - (start ?? 0);
        return super.slice(start, end, type);
      }
    }
    folder.held.set("a.safetensors", new Counted([file], "a.safetensors"));
    expect((await library.list()).checkpoints[0]).toMatchObject({ content: { facts: {} } });
    const header = Number(new DataView(await file.slice(0, 8).arrayBuffer()).getBigUint64(0, true));
    expect(read).toBe(8 + header);
  });

  it("lists broken and foreign files with the reason, and deletes them", async () => {
    const good = await addAt(9, whole(1));
    const put = (name: string, content: Blob) =>
      folder.held.set(name, new File([content], name, { lastModified: 1 }));
    put("cut.safetensors", whole(2).slice(0, 4_000));
    put("empty.safetensors", new Blob([]));
    put("notes.txt", new Blob(["not a checkpoint at all"]));
    const { checkpoints } = await library.list();
    expect(checkpoints[0]).toMatchObject({ id: good, content: { facts: {} } });
    const reasons = checkpoints
      .slice(1)
      .map(({ id, content }) => [id, "problem" in content && content.problem.code]);
    expect(Object.fromEntries(reasons)).toEqual({
      "cut.safetensors": "file-cut-short",
      "empty.safetensors": "file-cut-short",
      "notes.txt": "file-malformed",
    });
    for (const { id } of checkpoints.slice(1)) await library.purge(id);
    expect(await ids()).toEqual([good]);
  });

  it("keeps a name, without the space around it, and refuses what is none", async () => {
    const id = await addAt(1, whole(1));
    await library.rename(id, "  Before the fox ");
    expect((await open().list()).checkpoints[0]!.name).toBe("Before the fox");
    await expect(library.rename(id, " ")).rejects.toThrow("at least one character");
    await expect(library.rename("no-such", "x")).rejects.toMatchObject({
      problem: { code: "checkpoint-gone" },
    });
  });

  it.each<[what: string, manifest: (id: string) => string | null]>([
    ["lost", () => null],
    ["damaged", () => "{"],
    ["another's", () => '[1, {"files": 3}]'],
    ["holding what is no name", (id) => JSON.stringify({ [id]: { name: "a\u0000b" } })],
    ["of other types", (id) => JSON.stringify({ [id]: { name: 7, discardedAt: "x" } })],
  ])("loses names only when its manifest is %s", async (_, manifest) => {
    const id = await addAt(1, whole(1), "Mine");
    const damaged = manifest(id);
    if (damaged === null) await folder.remove("library.json");
    else await folder.overwrite("library.json", damaged);
    expect((await library.list()).checkpoints).toMatchObject([{ id, name: null }]);
    await library.rename(id, "Mine again");
    expect((await library.list()).checkpoints).toMatchObject([{ id, name: "Mine again" }]);
  });
});

describe("deleting", () => {
  it("takes a checkpoint out of every tab's list, and undo brings it back with its name", async () => {
    const id = await addAt(1, whole(1), "Mine");
    await library.discard(id);
    expect(await open().list()).toMatchObject({ checkpoints: [], discarded: 1 });
    expect(folder.held.has(id)).toBe(true);
    await library.restore(id);
    expect((await open().list()).checkpoints).toMatchObject([{ id, name: "Mine" }]);
  });

  it("is final with purge", async () => {
    const [kept, id] = [await addAt(1, whole(1)), await addAt(2, whole(2))];
    await library.discard(id);
    await library.purge(id);
    expect(await ids()).toEqual([kept]);
    const gone = { problem: { code: "checkpoint-gone" } };
    await expect(library.file(id)).rejects.toMatchObject(gone);
    await expect(library.restore(id)).rejects.toMatchObject(gone);
    // Twice, from two tabs, is no error.
    await library.purge(id);
  });

  it("is made final by a later list when the page that began it was left", async () => {
    const id = await addAt(1, whole(1));
    folder.now = 10_000;
    await library.discard(id);
    folder.now += DISCARDED_MS;
    await open().list();
    expect(folder.held.has(id)).toBe(true);
    folder.now += 1;
    expect(await open().list()).toMatchObject({ checkpoints: [], discarded: 0 });
    expect(folder.held.has(id)).toBe(false);
  });

  it("works when there is no room left even for a note", async () => {
    const id = await addAt(1, whole(1));
    folder.fail = new DOMException("full", "QuotaExceededError");
    await library.discard(id);
    await library.purge(id);
    expect(folder.held.has(id)).toBe(false);
  });
});

describe("a save that fails", () => {
  it("says how much room there was and was needed", async () => {
    folder.fail = new DOMException("The disk is full", "QuotaExceededError");
    const file = whole(1);
    await expect(library.add(file, "The checkpoint", null)).rejects.toMatchObject({
      problem: {
        code: "library-full",
        what: expect.stringMatching(
          new RegExp(`needs ${file.size.toLocaleString("en")} bytes, .* has 30 left`),
        ),
        wayOut: expect.stringContaining("Download the checkpoint instead"),
      },
    });
    expect(folder.held.size).toBe(0);
  });

  it("says when the browser allows no storage at all, and so does the list", async () => {
    folder.blocked = true;
    const refused = { problem: { code: "library-unavailable" } };
    await expect(library.add(whole(1), "The checkpoint", null)).rejects.toMatchObject(refused);
    await expect(library.list()).rejects.toMatchObject(refused);
  });

  it("passes on any other reason", async () => {
    folder.fail = new DOMException("A wire is loose.", "UnknownError");
    await expect(library.add(whole(1), "The checkpoint", null)).rejects.toMatchObject({
      problem: { code: "library-failed", what: expect.stringContaining("A wire is loose.") },
    });
  });

  it("of the name alone still keeps the checkpoint", async () => {
    const overwrite = folder.overwrite;
    folder.overwrite = async () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const id = await library.add(whole(1), "The checkpoint", "Mine");
    folder.overwrite = overwrite;
    expect((await library.list()).checkpoints).toMatchObject([{ id, name: null }]);
  });
});
