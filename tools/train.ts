/** Trains on a text file without a browser; the same session as in the page. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Preset, presets, withSteps } from "../src/engine/model/config";
import {
  readSentencePieceModel,
  writeSentencePieceModel,
} from "../src/formats/sentencepiece-model";
import { problem } from "../src/lib/errors";
import type { Session } from "../src/session/session";
import type { SessionEvent } from "../src/session/types";
import { Corpus } from "../src/text/corpus";
import { type EncodedCorpus, encodeCorpus } from "../src/text/encode-corpus";
import { unigramEntropy } from "../src/text/entropy";
import { trainBpe } from "../src/text/tokenizer/bpe-train";
import type { TokenizerModel } from "../src/text/tokenizer/model";
import { FileStore } from "./file-store";
import {
  Listener,
  openSession,
  optionalNumber,
  required,
  runCommand,
  UsageError,
} from "./headless";
import { openFile } from "./open-file";

const names = presets.map(({ name }) => name).join("|");
const usage = `Usage:
  npm run train -- --data FILE --preset ${names} --out DIR
      [--steps N] [--batch B] [--context T] [--seed S] [--lr X] [--vocab V]
  npm run train -- --data FILE --resume CHECKPOINT --out DIR
      goes on where the checkpoint stopped
  --pause-at N stops after step N, saves the checkpoint and tells no stories`;

const prompts = ["Once upon a time", "One day, a little girl", "The dog"];
const sampling = {
  temperature: 0.8,
  top_k: 0,
  top_p: 0.95,
  min_p: 0,
  repetition_penalty: 1,
  max_new_tokens: 200,
};

function parseOptions() {
  const text = { type: "string" } as const;
  return parseArgs({
    options: {
      data: text,
      preset: text,
      resume: text,
      steps: text,
      batch: text,
      context: text,
      seed: text,
      lr: text,
      vocab: text,
      out: text,
      "pause-at": text,
    },
  }).values;
}
type Options = ReturnType<typeof parseOptions>;

/** The preset with what the command line changes. */
function chosenPreset(values: Options): Preset {
  const name = required(values.preset, "preset");
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset === undefined) throw new UsageError(`--preset must be one of ${names}`);
  const number = (option: "steps" | "batch" | "context" | "seed" | "lr" | "vocab") =>
    optionalNumber(values[option], option);
  const { model, training } = preset;
  return {
    ...preset,
    model: {
      ...model,
      vocab_size: number("vocab") ?? model.vocab_size,
      max_position_embeddings: number("context") ?? model.max_position_embeddings,
    },
    training: {
      ...withSteps(training, number("steps") ?? training.max_steps),
      batch_size: number("batch") ?? training.batch_size,
      seed: number("seed") ?? training.seed,
      learning_rate: number("lr") ?? training.learning_rate,
    },
  };
}

const tokenFiles = { train: "train.tokens", heldOut: "held-out.tokens" };

/** Token streams go into files, as in the page: memory does not grow with the text. */
type Encode = (tokenizer: TokenizerModel) => Promise<EncodedCorpus>;

async function startRun(
  session: Session,
  corpus: Corpus,
  encode: Encode,
  preset: Preset,
): Promise<void> {
  const { model, training } = preset;
  const tokenizer = (await trainBpe(corpus, model.vocab_size)).model;
  const encoded = await encode(tokenizer);
  console.log(`pieces ${tokenizer.pieces.length}`);
  console.log(`tokens ${encoded.train.length} training ${encoded.heldOut.length} held out`);
  console.log(`unigram entropy ${unigramEntropy(encoded.train).toFixed(4)} nats/token`);
  const { parameters } = await session.start({
    model: { ...model, vocab_size: tokenizer.pieces.length },
    training,
    tokenizer: writeSentencePieceModel(tokenizer),
    corpus: encoded,
  });
  console.log(`parameters ${parameters}`);
}

async function resumeRun(session: Session, encode: Encode, path: string): Promise<void> {
  const { file, name } = await openFile(path);
  const opened = await session.open(file, name);
  if (opened.corpus === null) throw problem("model-only", { action: "Training on" });
  const encoded = await encode(readSentencePieceModel(opened.tokenizer));
  if (encoded.fingerprint !== opened.corpus.fingerprint) {
    console.error(`another text than ${opened.corpus.name}: training starts at its beginning`);
  }
  await session.attach(encoded);
  console.log(`resumed at step ${opened.run.step}`);
  await session.resume();
}

async function main(): Promise<void> {
  const values = parseOptions();
  const data = required(values.data, "data");
  const out = required(values.out, "out");
  const text = await openFile(data);
  const corpus = await Corpus.open(text.file, text.name);
  const { stories, heldOutStories } = corpus.summary;
  console.log(`stories ${stories} of which ${heldOutStories} held out`);

  const listener = new Listener();
  let validation = "";
  let diverged: string | null = null;
  const session = await openSession((event: SessionEvent) => {
    listener.hear(event);
    if (event.type === "metrics") {
      for (const { step, loss } of event.points) {
        // 9 digits tell any two float32 apart.
        console.log(`step ${step} loss ${loss.toPrecision(9)}`);
      }
    } else if (event.type === "evaluation") {
      const { step, loss, bitsPerByte } = event.evaluation;
      validation = `validation ${loss.toFixed(4)} nats/token ${bitsPerByte.toFixed(4)} bits/byte`;
      console.error(`after step ${step}: ${validation}`);
    } else if (event.type === "problem") diverged = event.problem.what;
  });
  const pauseAt = optionalNumber(values["pause-at"], "pause-at");
  session.pauseAt = pauseAt ?? null;
  const store = new FileStore(out);
  const encode: Encode = (tokenizer) =>
    encodeCorpus(corpus, tokenizer, {}, { store, ...tokenFiles });
  if (values.resume === undefined) await startRun(session, corpus, encode, chosenPreset(values));
  else await resumeRun(session, encode, values.resume);
  await session.idle();

  mkdirSync(out, { recursive: true });
  const path = join(out, "checkpoint.safetensors");
  const checkpoint = await session.saveCheckpoint("run");
  writeFileSync(path, new Uint8Array(await checkpoint.arrayBuffer()));
  if (pauseAt === undefined && diverged === null) {
    console.log(validation);
    for (const [i, prompt] of prompts.entries()) {
      const text = await listener.tell(session, { id: i, prompt, ...sampling, seed: i });
      console.log(`\nstory ${i + 1}\n${prompt}${text}`);
    }
    console.log("");
  }
  for (const name of Object.values(tokenFiles)) await store.remove(name);
  console.log(`checkpoint ${path}`);
  if (diverged !== null) throw new Error(diverged);
}

await runCommand(main, usage);
