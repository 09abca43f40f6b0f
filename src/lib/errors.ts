import { browsersWithWebGpu } from "./browsers";

/**
 * Every error that a user can meet, in one place: what happened, with the numbers, and the way out.
 * A new error is a new line in `catalogue`; its facts become the argument type of `problem(...)`.
 */
const catalogue = {
  "file-empty": (f: { name: string }) => [
    `“${f.name}” is empty.`,
    "Choose a text file with stories in it.",
  ],
  "file-binary": (f: { name: string; offset: number }) => [
    `“${f.name}” is not a text file: it holds a zero byte at position ${f.offset}.`,
    "Choose a plain .txt file.",
  ],
  "file-not-utf8": (f: { name: string; offset: number }) => [
    `“${f.name}” is not valid UTF-8: the bytes at position ${f.offset} are no character.`,
    "Save the text as UTF-8 in an editor and drop it again.",
  ],
  "file-unreadable": (f: { name: string; reason: string }) => [
    `“${f.name}” cannot be read: ${f.reason}. It may have been changed or moved, or it is a folder.`,
    "Drop the file itself again.",
  ],
  "file-packed": (f: { name: string; kind: string }) => [
    `“${f.name}” is a ${f.kind} file, which is not read here.`,
    "Unpack or convert it first, and drop the .txt, .gz, .jsonl or .csv file that comes out.",
  ],
  "gzip-damaged": (f: { name: string; reason: string }) => [
    `“${f.name}” could not be unpacked: ${f.reason}.`,
    "Download or copy it again. A file of several gzip parts has to be unpacked first; then drop what comes out.",
  ],
  "too-many-files": (f: { files: number; most: number }) => [
    `${f.files.toLocaleString("en")} files are more than the ${f.most} that are read at once.`,
    "Join them into fewer files, or drop a part of them.",
  ],
  "line-broken": (f: { name: string; line: number; reason: string }) => [
    `Line ${f.line.toLocaleString("en")} of “${f.name}” cannot be used: ${f.reason}.`,
    "Each line has to be one JSON object or string of its own (JSON Lines). Mend that line, or rename the file to .txt to read it as plain text.",
  ],
  "row-broken": (f: { name: string; row: number; reason: string }) => [
    `Row ${f.row.toLocaleString("en")} of “${f.name}” cannot be used: ${f.reason}.`,
    "Put text that holds separators, line ends or quotes into quotes, and write a quote in it twice.",
  ],
  "column-missing": (f: { name: string; column: string; columns: string[] }) => [
    `“${f.name}” has no text in “${f.column}”.`,
    f.columns.length > 0
      ? `Choose another column; it has ${f.columns.map((column) => `“${column}”`).join(", ")}.`
      : "Choose a file whose lines are objects or strings with text in them.",
  ],
  "storage-full": (f: { what: string; written: number; quota: number }) => [
    `The browser's storage has no room for ${f.what}: it took ${f.written.toLocaleString("en")} bytes and no more. It allows this page ${f.quota.toLocaleString("en")} in all, as far as the disk has room; private windows keep them in memory.`,
    "Free some space, leave the private window, or use a smaller text; what you had before is still there.",
  ],
  "storage-failed": (f: { what: string; reason: string }) => [
    `The browser's storage could not keep ${f.what}: ${f.reason}.`,
    "Try again; if it happens again, reload the page.",
  ],
  "too-few-stories": (f: { name: string; stories: number }) => [
    f.stories === 1
      ? `“${f.name}” holds 1 story; training and held-out text need at least 2.`
      : `The ${f.stories.toLocaleString("en")} stories of “${f.name}” are all the same; training and held-out text need at least 2 that differ.`,
    "Add more stories, each closed by a line <|endoftext|> or a blank line.",
  ],
  "text-too-short": (f: { tokens: number; needed: number; part: "training" | "held-out" }) => [
    `The ${f.part} text has ${f.tokens} tokens, but one window of this model needs ${f.needed}.`,
    "Use more text, or a smaller context.",
  ],
  "vocabulary-too-small": (f: { requested: number; minimum: number }) => [
    `A vocabulary of ${f.requested} is too small for this text: its characters, the 256 bytes and the special tokens need ${f.minimum}.`,
    "Choose a larger vocabulary.",
  ],
  "tokenizer-unsupported": (f: { reason: string }) => [
    `This tokenizer cannot be used here: ${f.reason}.`,
    "Use a tokenizer that Storyloom trained (byte-fallback BPE with LLaMA's settings).",
  ],
  "tokenizer-malformed": (f: { reason: string }) => [
    `The bytes are no SentencePiece model: ${f.reason}.`,
    "Download or copy the file again.",
  ],
  cancelled: (f: { what: string }) => [
    `${f.what} was cancelled.`,
    "What you had before is still there.",
  ],
  "webgpu-missing": (f: { secureContext: boolean }) => [
    f.secureContext
      ? "This browser has no WebGPU."
      : "WebGPU is hidden on this page, because it came over plain http from another machine.",
    f.secureContext ? `Use ${browsersWithWebGpu}.` : "Open the page over https, or from localhost.",
  ],
  "adapter-missing": (_: Record<never, never>) => [
    "The browser offers no GPU to this page.",
    "Switch on graphics acceleration in the browser's settings, update the graphics driver, and reload the page.",
  ],
  "limit-too-small": (f: {
    limit: string;
    needed: number;
    available: number;
    what: string;
    proposal: string;
  }) => [
    `${f.what} needs ${f.limit} = ${f.needed.toLocaleString("en")}, but this GPU allows ${f.available.toLocaleString("en")}.`,
    f.proposal,
  ],
  "out-of-memory": (f: { bytes: number; proposal: string }) => [
    `The GPU could not set aside ${f.bytes.toLocaleString("en")} bytes.`,
    f.proposal,
  ],
  "device-lost": (f: { reason: string }) => [
    `The GPU device was lost (${f.reason}).`,
    "Reload the page and open your last checkpoint.",
  ],
  "shader-invalid": (f: { kernel: string; listing: string }) => [
    `The kernel ${f.kernel} does not compile on this GPU.\n${f.listing}`,
    "Please report this with the name of your GPU and browser.",
  ],
  "gpu-failed": (f: { message: string }) => [
    `The GPU refused a command: ${f.message}`,
    "Please report this with the name of your GPU and browser.",
  ],
  "config-invalid": (f: { field: string; value: number | string; rule: string }) => [
    `${f.field} = ${f.value} is not possible: ${f.rule}.`,
    `Change ${f.field}.`,
  ],
  "file-cut-short": (f: { name: string; expected: number; actual: number }) => [
    `“${f.name}” was cut short: it should have ${f.expected.toLocaleString("en")} bytes and has ${f.actual.toLocaleString("en")}.`,
    "Download or copy the file again.",
  ],
  "file-malformed": (f: { name: string; reason: string }) => [
    `“${f.name}” cannot be read: ${f.reason}.`,
    "Choose a checkpoint that Storyloom saved (.safetensors).",
  ],
  "tensor-damaged": (f: { name: string; tensor: string }) => [
    `“${f.name}” is damaged: the checksum of tensor ${f.tensor} does not match.`,
    "Download or copy the file again.",
  ],
  "not-a-checkpoint": (f: { name: string; reason: string }) => [
    `“${f.name}” is a safetensors file, but not a Storyloom checkpoint: ${f.reason}.`,
    "Choose a checkpoint that Storyloom saved.",
  ],
  "schema-too-new": (f: { name: string; version: number; supported: number }) => [
    `“${f.name}” was saved by a newer Storyloom (schema ${f.version}; this one reads up to ${f.supported}).`,
    "Reload the page to get the newest Storyloom.",
  ],
  "model-only": (f: { action: string }) => [
    `${f.action} is not possible: this checkpoint holds the model only, without optimizer state.`,
    "Open a checkpoint that was saved with optimizer state, or train a new model.",
  ],
  "library-unavailable": (f: { reason: string }) => [
    `This browser gives the page no room for saved checkpoints (${f.reason}).`,
    "Download the checkpoint instead. Private windows often have no storage: an ordinary one may.",
  ],
  "library-full": (f: { name: string; bytes: number; available: number | null }) => [
    `“${f.name}” could not be saved: it needs ${f.bytes.toLocaleString("en")} bytes${
      f.available === null
        ? ", and the browser's storage is full"
        : `, and the browser has ${f.available.toLocaleString("en")} left for this page`
    }.`,
    "Download the checkpoint instead, or delete saved ones first.",
  ],
  "library-failed": (f: { action: string; reason: string }) => [
    `${f.action} failed: ${f.reason}.`,
    "Try again. If it fails again, download the checkpoint instead.",
  ],
  "checkpoint-gone": (_: Record<never, never>) => [
    "This checkpoint is no longer in the list.",
    "It may have been deleted in another tab; download checkpoints that you want to be sure of.",
  ],
  "training-diverged": (f: { step: number; steps: number }) => [
    `The loss or gradient was not finite for ${f.steps} steps, the last of them step ${f.step}. Those steps were skipped.`,
    "Start again from a checkpoint with a lower learning rate.",
  ],
  "wrong-state": (f: { action: string; state: string }) => [
    `${f.action} is not possible while the run is ${f.state}.`,
    "Wait for it, or stop it first.",
  ],
  "still-busy": (f: { doing: string }) => [
    `${f.doing} is still under way.`,
    "Wait until it is done, or cancel it first.",
  ],
  "download-failed": (f: { name: string; reason: string }) => [
    `${f.name} could not be fetched: ${f.reason}.`,
    "Check the connection and try again, or drop a text file of your own.",
  ],
  "worker-broken": (f: { worker: string; message: string | undefined }) => [
    `The ${f.worker} part of Storyloom did not start${f.message ? `: ${f.message}` : ""}.`,
    "Reload the page. If it happens again, update the browser.",
  ],
  unexpected: (f: { message: string }) => [
    `Something went wrong: ${f.message}`,
    "Reload the page. If it happens again, please report it.",
  ],
} satisfies Record<string, (facts: never) => [what: string, wayOut: string]>;

export type ProblemCode = keyof typeof catalogue;
type Facts<C extends ProblemCode> = Parameters<(typeof catalogue)[C]>[0];

/** An error as plain data, so that it survives a trip between threads. */
export interface Problem {
  code: ProblemCode;
  /** What happened, with the numbers: one sentence. */
  what: string;
  /** What the user can do about it: one sentence. */
  wayOut: string;
}

export class StoryloomError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.what} ${problem.wayOut}`);
    this.name = "StoryloomError";
    this.problem = problem;
  }
}

/** Makes the error of a code: `throw problem("file-empty", { name })`. */
export function problem<C extends ProblemCode>(code: C, facts: Facts<C>): StoryloomError {
  const [what, wayOut] = (catalogue[code] as (facts: Facts<C>) => [string, string])(facts);
  return new StoryloomError({ code, what, wayOut });
}

/** Whatever was thrown, as plain data. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof StoryloomError) return thrown.problem;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return problem("unexpected", { message }).problem;
}
