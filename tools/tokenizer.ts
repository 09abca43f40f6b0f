import { open, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  readSentencePieceModel,
  writeSentencePieceModel,
} from "../src/formats/sentencepiece-model";
import { Corpus } from "../src/text/corpus";
import { trainBpe } from "../src/text/tokenizer/bpe-train";
import { decode } from "../src/text/tokenizer/decode";
import { BpeEncoder } from "../src/text/tokenizer/encode";
import { openFile } from "./open-file";

const usage = `Usage:
  npm run tokenizer -- train --data FILE --vocab N --out FILE.model
      trains byte-fallback BPE on the training stories of a text file
  npm run tokenizer -- lines --data FILE --out FILE
      writes the lines that train would read, so that another trainer can read the same
  npm run tokenizer -- encode --model FILE.model --text "…"
      prints the ids of a text
  npm run tokenizer -- encode --model FILE.model --lines FILE
      prints the ids of each line of a file
  npm run tokenizer -- decode --model FILE.model --ids "1 2 3"
      prints the text of ids`;

class UsageError extends Error {}

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
}

async function train(data: string, vocab: number, out: string): Promise<void> {
  if (!Number.isInteger(vocab)) throw new UsageError("--vocab must be a whole number");
  const started = performance.now();
  const text = await openFile(data);
  const corpus = await Corpus.open(text.file, text.name);
  const { separator, stories, trainStories, heldOutStories } = corpus.summary;
  console.log(
    `corpus ${stories} stories (${trainStories} to train on, ${heldOutStories} held out)`,
  );
  console.log(`separator ${separator}`);
  const { model, skippedLines } = await trainBpe(corpus, vocab);
  await writeFile(out, writeSentencePieceModel(model));
  console.log(`pieces ${model.pieces.length}`);
  console.log(`skipped lines ${skippedLines}`);
  console.log(`seconds ${((performance.now() - started) / 1000).toFixed(2)}`);
}

async function writeTrainingLines(data: string, out: string): Promise<void> {
  const text = await openFile(data);
  const corpus = await Corpus.open(text.file, text.name);
  const file = await open(out, "w");
  try {
    for await (const { stories } of corpus.batches()) {
      for (const { bytes, heldOut } of stories) {
        if (heldOut) continue;
        await file.write(bytes);
        await file.write("\n");
      }
    }
  } finally {
    await file.close();
  }
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      vocab: { type: "string" },
      out: { type: "string" },
      model: { type: "string" },
      text: { type: "string" },
      lines: { type: "string" },
      ids: { type: "string" },
    },
  });
  const readModel = async () =>
    readSentencePieceModel(await readFile(required(values.model, "model")));
  switch (positionals[0]) {
    case "train": {
      const data = required(values.data, "data");
      const vocab = Number(required(values.vocab, "vocab"));
      return train(data, vocab, required(values.out, "out"));
    }
    case "lines":
      return writeTrainingLines(required(values.data, "data"), required(values.out, "out"));
    case "encode": {
      const encoder = new BpeEncoder(await readModel());
      const lines =
        values.lines === undefined
          ? [required(values.text, "text")]
          : (await readFile(values.lines, "utf8")).split("\n");
      for (const line of lines) console.log(encoder.encodeString(line).join(" "));
      return;
    }
    case "decode": {
      const ids = required(values.ids, "ids").split(/\s+/).filter(Boolean).map(Number);
      console.log(decode(await readModel(), ids));
      return;
    }
    default:
      throw new UsageError(`unknown command ${positionals[0] ?? "(none)"}`);
  }
}

try {
  await main();
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown));
  const badArguments = thrown instanceof UsageError || thrown instanceof TypeError;
  if (badArguments) console.error(usage);
  process.exitCode = 1;
}
