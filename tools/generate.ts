/** Tells a story from a checkpoint without a browser. */
import { parseArgs } from "node:util";
import { Listener, openSession, optionalNumber, required, runCommand } from "./headless";
import { openFile } from "./open-file";

const usage = `Usage:
  npm run generate -- --checkpoint FILE --prompt "Once upon a time"
      [--temperature X] [--top-k N] [--top-p X] [--min-p X] [--repetition-penalty X]
      [--seed S] [--length N]
      prints the prompt and its continuation; temperature 0 always takes the likeliest token`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      checkpoint: { type: "string" },
      prompt: { type: "string" },
      temperature: { type: "string" },
      "top-k": { type: "string" },
      "top-p": { type: "string" },
      "min-p": { type: "string" },
      "repetition-penalty": { type: "string" },
      seed: { type: "string" },
      length: { type: "string" },
    },
  });
  const path = required(values.checkpoint, "checkpoint");
  const prompt = required(values.prompt, "prompt");
  const number = (name: Exclude<keyof typeof values, "checkpoint" | "prompt">, usual: number) =>
    optionalNumber(values[name], name) ?? usual;
  const { file, name } = await openFile(path);
  const listener = new Listener();
  const session = await openSession((event) => listener.hear(event));
  await session.open(file, name);
  const text = await listener.tell(session, {
    id: 0,
    prompt,
    temperature: number("temperature", 0.8),
    top_k: number("top-k", 0),
    top_p: number("top-p", 0.95),
    min_p: number("min-p", 0),
    repetition_penalty: number("repetition-penalty", 1),
    seed: number("seed", 1),
    max_new_tokens: number("length", 200),
  });
  console.log(prompt + text);
}

await runCommand(main, usage);
