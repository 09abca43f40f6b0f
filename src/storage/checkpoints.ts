/**
 * The library of saved checkpoints: a folder with one safetensors file each, of the same format as a
 * download. A file never changes; what the user calls it, and that it is about to be deleted, is in a
 * manifest beside it. Losing the manifest loses names and undoes such deletions, no more.
 */
import * as v from "valibot";
import type { CheckpointFacts } from "../formats/checkpoint";
import { readCheckpointFacts } from "../formats/checkpoint-read";
import { nameProblem } from "../lib/checkpoint-name";
import { type Problem, problem, StoryloomError, toProblem } from "../lib/errors";
import { errorName, type Folder, type Space } from "./folder";

export interface StoredCheckpoint {
  /** Its file in the folder, for good. */
  id: string;
  /** As the user called it; null where nobody did. */
  name: string | null;
  bytes: number;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** What its header says, or why that cannot be read. */
  content: { facts: CheckpointFacts } | { problem: Problem };
}

export interface CheckpointList {
  /** The newest first; without those that are about to be deleted. */
  checkpoints: StoredCheckpoint[];
  /** How many are about to be deleted, here or in another tab. */
  discarded: number;
  space: Space | null;
}

const MANIFEST = "library.json";
/** Milliseconds after which a list removes what was discarded: the page that could undo it is long gone. */
export const DISCARDED_MS = 60_000;

const noteSchema = v.object({
  name: v.optional(
    v.pipe(
      v.string(),
      v.check((name) => nameProblem(name) === null),
    ),
  ),
  /** When it was discarded: milliseconds since 1970. */
  discardedAt: v.optional(v.number()),
});
type Note = v.InferOutput<typeof noteSchema>;
const manifestSchema = v.record(v.string(), v.fallback(noteSchema, {}));
/** By file. */
type Notes = Map<string, Note>;

export class CheckpointLibrary {
  /** @param exclusive runs a change of the manifest while no other tab makes one */
  constructor(
    private readonly folder: Folder,
    private readonly exclusive: <T>(change: () => Promise<T>) => Promise<T>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Rejects with `library-unavailable`. A file that cannot be read is listed with the reason. */
  async list(): Promise<CheckpointList> {
    try {
      return await this.read();
    } catch (thrown) {
      throw problem("library-unavailable", { reason: reasonOf(thrown) });
    }
  }

  /**
   * Keeps a file. Nothing of it is left when that fails: `library-full`, `library-unavailable` or
   * `library-failed`.
   * @param label what messages call it
   * @param name what the user calls it
   */
  async add(
    content: Blob,
    label: string,
    name: string | null,
    onWritten?: (bytes: number) => void,
  ): Promise<string> {
    const id = `${this.now()}-${crypto.randomUUID().slice(0, 8)}.safetensors`;
    try {
      await this.folder.write(id, content, onWritten);
    } catch (thrown) {
      throw await this.refusal(thrown, content.size, label);
    }
    // A checkpoint without its name is better than none.
    if (name !== null) await this.note(id, { name }).catch(() => undefined);
    return id;
  }

  /** Its bytes stay on the disk until they are asked for. Rejects with `checkpoint-gone`. */
  async file(id: string): Promise<File> {
    const file = await this.folder.file(id);
    if (file === null) throw problem("checkpoint-gone", {});
    return file;
  }

  async rename(id: string, name: string): Promise<void> {
    const wrong = nameProblem(name);
    if (wrong !== null) throw new RangeError(wrong);
    await this.attempt("Renaming", () => this.note(id, { name: name.trim() }));
  }

  /** Takes it out of the list; `restore` brings it back until it is purged. */
  async discard(id: string): Promise<void> {
    await this.attempt("Deleting", async () => {
      try {
        await this.note(id, { discardedAt: this.now() });
      } catch (thrown) {
        // With no room left even for the note, deleting must still be possible: only `purge` counts.
        if (errorName(thrown) !== "QuotaExceededError") throw thrown;
      }
    });
  }

  async restore(id: string): Promise<void> {
    await this.attempt("Undoing the deletion", () => this.note(id, { discardedAt: undefined }));
  }

  /** Deletes it for good. */
  async purge(id: string): Promise<void> {
    await this.attempt("Deleting", () => this.folder.remove(id));
  }

  private async read(): Promise<CheckpointList> {
    const notes = await this.notes();
    const list: CheckpointList = { checkpoints: [], discarded: 0, space: null };
    for (const [id, file] of await this.folder.files()) {
      if (id === MANIFEST) continue;
      const { name, discardedAt } = notes.get(id) ?? {};
      if (discardedAt === undefined) {
        list.checkpoints.push({
          id,
          name: name ?? null,
          bytes: file.size,
          savedAt: file.lastModified,
          content: await contentOf(file, name ?? id),
        });
      } else if (this.now() - discardedAt > DISCARDED_MS) {
        // One that cannot be removed now is tried again with the next list.
        await this.folder.remove(id).catch(() => undefined);
      } else list.discarded += 1;
    }
    list.checkpoints.sort((a, b) => b.savedAt - a.savedAt || (a.id < b.id ? 1 : -1));
    list.space = await this.folder.space().catch(() => null);
    return list;
  }

  private async notes(): Promise<Notes> {
    const file = await this.folder.file(MANIFEST);
    if (file === null) return new Map();
    try {
      return new Map(Object.entries(v.parse(manifestSchema, JSON.parse(await file.text()))));
    } catch {
      return new Map();
    }
  }

  private note(id: string, change: Note): Promise<void> {
    return this.exclusive(async () => {
      const files = await this.folder.files();
      if (!files.has(id)) throw problem("checkpoint-gone", {});
      const notes = await this.notes();
      notes.set(id, { ...notes.get(id), ...change });
      const kept = [...notes].filter(([file]) => files.has(file));
      await this.folder.overwrite(MANIFEST, JSON.stringify(Object.fromEntries(kept)));
    });
  }

  private async attempt(action: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (thrown instanceof StoryloomError) throw thrown;
      throw problem("library-failed", { action, reason: reasonOf(thrown) });
    }
  }

  /** Why a file could not be written. */
  private async refusal(thrown: unknown, bytes: number, label: string): Promise<StoryloomError> {
    const reason = reasonOf(thrown);
    if (errorName(thrown) !== "QuotaExceededError") {
      return errorName(thrown) === "SecurityError"
        ? problem("library-unavailable", { reason })
        : problem("library-failed", { action: `Saving “${label}”`, reason });
    }
    const space = await this.folder.space().catch(() => null);
    const available = space && Math.max(0, space.quota - space.used);
    return problem("library-full", { name: label, bytes, available });
  }
}

async function contentOf(file: File, name: string): Promise<StoredCheckpoint["content"]> {
  try {
    return { facts: await readCheckpointFacts(file, name) };
  } catch (thrown) {
    return { problem: toProblem(thrown) };
  }
}

function reasonOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.replace(/\.$/, "");
}
