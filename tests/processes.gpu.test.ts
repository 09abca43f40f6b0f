/** What only a second process can show: nothing that a run needs is left in memory. */
import { execFile } from "node:child_process";
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunCheckpoint } from "../src/formats/checkpoint";
import { readCheckpoint } from "../src/formats/checkpoint-read";
import { Rng } from "../src/lib/rng";

const folder = mkdtempSync(join(tmpdir(), "storyloom-"));
const text = join(folder, "stories.txt");
const small = ["--batch", "1", "--context", "16", "--vocab", "300"];

beforeAll(() => {
  const words = "the a cat dog bird sun moon tree ran sat saw found lost big small red".split(" ");
  const rng = new Rng(11);
  const story = () => Array.from({ length: 40 }, () => words[rng.below(words.length)]).join(" ");
  const stories = Array.from({ length: 60 }, story).join(".\n<|endoftext|>\n");
  writeFileSync(text, stories);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the headless command in a process of its own. */
async function train(out: string, ...options: string[]): Promise<string[]> {
  const argv = ["tools/run.mjs", "train", "--data", text, "--out", join(folder, out), ...options];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return stdout.split("\n");
}

async function tensorsOf(out: string): Promise<RunCheckpoint> {
  const file = await openAsBlob(join(folder, out, "checkpoint.safetensors"));
  const checkpoint = await readCheckpoint(file, out);
  if (checkpoint.contents !== "run") throw new Error("a model only");
  return checkpoint;
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function losses(lines: string[]): string[] {
  return lines.filter((line) => line.startsWith("step "));
}

test("the same seed has the same losses in two processes, another seed has others", async () => {
  const options = ["--preset", "nano", "--steps", "6", "--pause-at", "6", ...small];
  const first = losses(await train("first", ...options));
  expect(first).toHaveLength(6);
  expect(losses(await train("second", ...options))).toEqual(first);
  expect(losses(await train("other", ...options, "--seed", "2"))).not.toEqual(first);
});

test("10 steps, a checkpoint, a new process and 10 more equal 20 steps, bit for bit", async () => {
  const options = ["--preset", "nano", "--steps", "20", ...small];
  const whole = losses(await train("whole", ...options, "--pause-at", "20"));
  const half = losses(await train("half", ...options, "--pause-at", "10"));
  const checkpoint = join(folder, "half", "checkpoint.safetensors");
  const rest = await train("rest", "--resume", checkpoint, "--pause-at", "20");
  expect(rest).toContain("resumed at step 10");
  expect([...half, ...losses(rest)]).toEqual(whole);
  expect(whole).toHaveLength(20);
  // Losses say nothing of the last step's update: weights, moments and the place in the text do.
  const [straight, resumed] = [await tensorsOf("whole"), await tensorsOf("rest")];
  expect(resumed.progress.tokens).toBe(straight.progress.tokens);
  expect(resumed.sampler).toEqual(straight.sampler);
  for (const group of ["parameters", "expAvg", "expAvgSq"] as const) {
    expect(resumed[group].size).toBeGreaterThan(10);
    for (const [name, values] of resumed[group]) {
      expect(Buffer.compare(bytesOf(values), bytesOf(straight[group].get(name)!)), name).toBe(0);
    }
  }
});

test("a run to the end prints its validation loss and three stories, and a prompt is continued from its checkpoint", async () => {
  const lines = await train("end", "--preset", "nano", "--steps", "3", ...small);
  expect(lines).toContainEqual(
    expect.stringMatching(/^validation \d+\.\d+ nats\/token \d+\.\d+ bits\/byte$/),
  );
  expect(lines.filter((line) => /^story \d$/.test(line))).toEqual([
    "story 1",
    "story 2",
    "story 3",
  ]);
  const checkpoint = join(folder, "end", "checkpoint.safetensors");
  const argv = ["tools/run.mjs", "generate", "--checkpoint", checkpoint, "--prompt", "the cat"];
  const { stdout } = await promisify(execFile)(process.execPath, [...argv, "--length", "20"]);
  expect(stdout.startsWith("the cat")).toBe(true);
  expect(stdout.trimEnd().length).toBeGreaterThan("the cat".length);
});

test("a missing file and a wrong option end with a message and an exit code", async () => {
  await expect(train("none", "--preset", "huge")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--preset must be one of nano"),
  });
  const missing = join(folder, "nowhere.safetensors");
  await expect(train("none", "--resume", missing)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/“.*nowhere\.safetensors” cannot be opened/),
  });
});
