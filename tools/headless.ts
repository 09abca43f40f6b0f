/** What the headless commands share. */
import { Gpu } from "../src/engine/gpu/device";
import { Session } from "../src/session/session";
import type { GenerationRequest, SessionEvent } from "../src/session/types";
import { installGpu } from "./gpu";

/** The command line is wrong: the usage text helps. */
export class UsageError extends Error {}

export function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

/** A number option; undefined where it was not given. */
export function optionalNumber(value: string | undefined, name: string): number | undefined {
  if (value === undefined) return undefined;
  const parsed = Number(value);
  if (value.trim() === "" || !Number.isFinite(parsed)) {
    throw new UsageError(`--${name} must be a number, not "${value}"`);
  }
  return parsed;
}

/** Runs a command to its end: Dawn keeps Node alive, so the process is ended here. */
export async function runCommand(main: () => Promise<void>, usage: string): Promise<void> {
  try {
    await main();
    process.exit(0);
  } catch (thrown) {
    console.error(thrown instanceof Error ? thrown.message : String(thrown));
    // parseArgs throws TypeErrors with a code of its own.
    const isUsage =
      thrown instanceof UsageError || (thrown instanceof TypeError && "code" in thrown);
    if (isUsage) console.error(usage);
    process.exit(1);
  }
}

/**
 * A session on this machine's GPU, or on a software driver. A problem ends the process, except for
 * training that diverged: what was learned before can still be saved.
 */
export async function openSession(onEvent: (event: SessionEvent) => void): Promise<Session> {
  const fail = (what: string) => {
    console.error(what);
    process.exit(1);
  };
  const gpu = await Gpu.open(installGpu(), (problem) => fail(problem.what));
  console.error(`adapter ${gpu.adapter.description || gpu.adapter.vendor}`);
  return new Session(gpu, (event) => {
    const fatal = event.type === "problem" && event.problem.code !== "training-diverged";
    if (fatal) fail(event.problem.what);
    onEvent(event);
  });
}

/** Collects the text of a story from a session's events. */
export class Listener {
  private text = "";
  private end: (text: string) => void = () => {};

  hear(event: SessionEvent): void {
    if (event.type === "text") this.text += event.text;
    if (event.type === "generation-ended") this.end(this.text);
  }

  /** The continuation of the prompt. */
  async tell(session: Session, request: GenerationRequest): Promise<string> {
    this.text = "";
    const told = new Promise<string>((resolve) => {
      this.end = resolve;
    });
    await session.generate(request);
    return told;
  }
}
