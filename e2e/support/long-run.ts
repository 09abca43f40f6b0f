import { presetByName } from "../../src/engine/model/config";
import type { CheckpointTensors } from "../../src/formats/checkpoint";
import { writeCheckpoint } from "../../src/formats/checkpoint-write";
import { llamaTensorShapes } from "../../src/formats/llama-tensors";
import { writeSentencePieceModel } from "../../src/formats/sentencepiece-model";
import { Rng } from "../../src/lib/rng";
import { Corpus } from "../../src/text/corpus";
import { encodeCorpus } from "../../src/text/encode-corpus";
import { trainBpe } from "../../src/text/tokenizer/bpe-train";

/** A step whose loss stands out from 100,000 others. */
export const SPIKE = { step: 54_321, loss: 40 };

/** A checkpoint of a Nano that has trained for so many steps: small weights, and a history like a real one. */
export async function longRun(stories: string, steps: number): Promise<Buffer> {
  const corpus = await Corpus.open(new Blob([stories]), "tales.txt");
  const tokenizer = (await trainBpe(corpus, 400)).model;
  const { fingerprint } = await encodeCorpus(corpus, tokenizer);
  const nano = presetByName("nano");
  const config = { ...nano.model, vocab_size: tokenizer.pieces.length };
  const rng = new Rng(1);
  const tensors = (scale: number): CheckpointTensors =>
    new Map(
      [...llamaTensorShapes(config)].map(([name, shape]) => {
        const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
        return [name, values.map(() => scale * (rng.next() - 0.5))];
      }),
    );
  const tokensPerStep = 64;
  const at = (step: number) => ({ step, tokens: tokensPerStep * step, seconds: step / 20 });
  const loss = (step: number) => 1.5 + 4.5 * Math.exp(-step / 9_000);
  const points = Array.from({ length: steps }, (_, i) => {
    const noise = 0.5 * (rng.next() + rng.next() - 1);
    return {
      ...at(i + 1),
      loss: i + 1 === SPIKE.step ? SPIKE.loss : loss(i + 1) + noise,
      learningRate: 5e-3 * Math.min((i + 1) / 500, 1 - (0.9 * i) / steps),
      gradNorm: 0.4 + rng.next() ** 4,
      tokensPerSecond: 1_300 + 50 * rng.next(),
    };
  });
  const every = Math.max(40, steps / 100);
  const evaluations = Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => ({
    ...at(every * i),
    loss: loss(every * i) + 0.05,
    bitsPerByte: loss(every * i) / 2,
  }));
  const file = writeCheckpoint({
    contents: "run",
    config,
    losses: { training: points.at(-1)?.loss ?? null, validation: null },
    training: { ...nano.training, max_steps: 2 * steps, batch_size: 1, eval_steps: 10 * steps },
    progress: at(steps),
    sampler: { epoch: 0, index: 0, seed: 1 },
    corpus: { name: "tales.txt", fingerprint },
    variants: { matmul: "tiled" },
    parameters: tensors(0.04),
    expAvg: tensors(0),
    expAvgSq: tensors(0),
    tokenizer: new Uint8Array(writeSentencePieceModel(tokenizer)),
    history: { points, evaluations, rounds: [] },
  });
  return Buffer.from(await file.arrayBuffer());
}
