/** That the whole does learn: the headless command, Nano, the sample stories. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "storyloom-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first number of the line that begins so. */
function numberAfter(lines: string, beginning: string): number {
  const line = lines.split("\n").find((candidate) => candidate.startsWith(beginning));
  return Number.parseFloat(line?.slice(beginning.length) ?? "");
}

test("Nano's loss on held-out sample stories is half a nat below the entropy of single tokens", async () => {
  // Small batches: on a software adapter, many short steps learn more in a minute than few long ones.
  const options = ["--preset", "nano", "--batch", "2", "--steps", "360"];
  const data = ["--data", "public/sample-stories.txt", "--out", folder];
  const argv = ["tools/run.mjs", "train", ...data, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 2 ** 24 });
  const entropy = numberAfter(stdout, "unigram entropy ");
  const loss = numberAfter(stdout, "validation ");
  console.log(`unigram entropy ${entropy}, held-out loss ${loss} nats a token`);
  expect(entropy).toBeGreaterThan(4);
  expect(loss).toBeLessThan(entropy - 0.5);
}, 900_000);
