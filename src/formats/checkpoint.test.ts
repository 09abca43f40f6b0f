import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../lib/crc32";
import { StoryloomError } from "../lib/errors";
import { Rng } from "../lib/rng";
import { modelOnly, type RunCheckpoint } from "./checkpoint";
import { readCheckpoint, readCheckpointFacts } from "./checkpoint-read";
import { writeCheckpoint } from "./checkpoint-write";
import { llamaTensorShapes } from "./llama-tensors";
import { encodeSafetensors, type NewTensor, openSafetensors } from "./safetensors";

function makeCheckpoint(): RunCheckpoint {
  const rng = new Rng(12);
  const config = {
    vocab_size: 13,
    hidden_size: 8,
    intermediate_size: 12,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    max_position_embeddings: 6,
    rms_norm_eps: 1e-5,
    rope_theta: 10_000,
    tie_word_embeddings: false,
  };
  const tensors = () =>
    new Map(
      [...llamaTensorShapes(config)].map(([name, shape]) => [
        name,
        Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => rng.normal()),
      ]),
    );
  return {
    contents: "run",
    config,
    training: {
      max_steps: 600,
      batch_size: 8,
      gradient_accumulation_steps: 2,
      learning_rate: 5e-3,
      min_lr_rate: 0.2,
      warmup_steps: 30,
      weight_decay: 0.05,
      adam_beta1: 0.8,
      adam_beta2: 0.99,
      adam_epsilon: 1e-9,
      max_grad_norm: 2,
      seed: -7,
      eval_steps: 50,
    },
    progress: { step: 2, tokens: 1536, seconds: 1.25 },
    losses: { training: 2.25, validation: { step: 2, loss: 2.375 } },
    sampler: { epoch: 1, index: 32, seed: 7 },
    corpus: { name: "tales “ü”.txt", fingerprint: "1a2b" },
    variants: { matmul: "tiled" },
    parameters: tensors(),
    expAvg: tensors(),
    expAvgSq: tensors(),
    tokenizer: Uint8Array.of(10, 2, 8, 1, 255),
    history: {
      points: [
        {
          ...{ step: 1, loss: 2.5, learningRate: 1 / 3, gradNorm: 4 },
          ...{ tokensPerSecond: 1e5, tokens: 760, seconds: 0.5 },
        },
        {
          ...{ step: 2, loss: 2.25, learningRate: 2 / 3, gradNorm: 3 },
          ...{ tokensPerSecond: 1e5 + 0.1, tokens: 1536, seconds: 1.25 },
        },
      ],
      evaluations: [{ step: 2, loss: 2.375, bitsPerByte: 1.1, tokens: 1536, seconds: 1.25 }],
      rounds: [
        {
          step: 2,
          kind: "samples",
          sampling: {
            ...{ temperature: 0.8, top_k: 40, top_p: 0.95, min_p: 0.05, repetition_penalty: 1.1 },
            ...{ max_new_tokens: 9, seed: 3 },
          },
          stories: [{ prompt: "Once “ü”", text: " there 🦊", end: "length", tokens: 9 }],
        },
      ],
    },
  };
}

const checkpoint = makeCheckpoint();
const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

interface Parts {
  metadata: Record<string, string>;
  tensors: NewTensor[];
}

/** The checkpoint's file with a change; `seal` makes the checksums fit the changed parts. */
async function changed(change: (parts: Parts) => void, seal = true): Promise<Blob> {
  const file = await openSafetensors(writeCheckpoint(checkpoint), "x");
  const parts: Parts = { metadata: Object.fromEntries(file.metadata), tensors: [] };
  for (const [name, { dtype, shape }] of file.tensors) {
    parts.tensors.push({ name, dtype, shape, bytes: await file.read(name) });
  }
  change(parts);
  if (seal) {
    const { checksums: _, ...described } = parts.metadata;
    const sorted = Object.entries(described).sort(([a], [b]) => (a < b ? -1 : 1));
    parts.metadata.checksums = JSON.stringify({
      ...Object.fromEntries(parts.tensors.map(({ name, bytes }) => [name, crc32(bytes)])),
      __metadata__: crc32(new TextEncoder().encode(JSON.stringify(sorted))),
    });
  }
  return new Blob(encodeSafetensors(parts.tensors, parts.metadata));
}

/** With other fields in one of the JSON strings; undefined takes a field away. */
const withFields = (key: string, fields: Record<string, unknown>) =>
  changed(({ metadata }) => {
    metadata[key] = JSON.stringify({ ...JSON.parse(metadata[key]!), ...fields });
  });

/** With one string of the metadata replaced; undefined takes it away. */
const withMetadata = (key: string, value: string | undefined, seal = true) =>
  changed(({ metadata }) => {
    if (value === undefined) delete metadata[key];
    else metadata[key] = value;
  }, seal);

const withoutTensor = (name: string) =>
  changed((parts) => {
    parts.tensors = parts.tensors.filter((tensor) => tensor.name !== name);
  });

const replaceTensor = (parts: Parts, name: string, changes: Partial<NewTensor>) => {
  parts.tensors = parts.tensors.map((t) => (t.name === name ? { ...t, ...changes } : t));
};

async function readRun(file: Blob): Promise<RunCheckpoint> {
  const read = await readCheckpoint(file, "x.safetensors");
  if (read.contents !== "run") throw new Error("the file holds the model only");
  return read;
}

async function problemOf(file: Blob) {
  const thrown: unknown = await readCheckpoint(file, "x.safetensors").then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(StoryloomError);
  return (thrown as StoryloomError).problem;
}

describe("a checkpoint", () => {
  it("comes back as it went", async () => {
    expect(await readCheckpoint(writeCheckpoint(checkpoint), "x.safetensors")).toEqual(checkpoint);
  });

  it("gives the same bytes each time, also after it was read", async () => {
    const file = writeCheckpoint(checkpoint);
    const again = writeCheckpoint(await readCheckpoint(file, "x.safetensors"));
    expect(await bytesOf(again)).toEqual(await bytesOf(file));
  });

  it("may hold views into larger buffers", async () => {
    const parameters = new Map(
      [...checkpoint.parameters].map(([name, values]) => {
        const larger = new Float32Array(values.length + 7);
        larger.set(values, 3);
        return [name, larger.subarray(3, 3 + values.length)];
      }),
    );
    const file = writeCheckpoint({ ...checkpoint, parameters });
    expect(await bytesOf(file)).toEqual(await bytesOf(writeCheckpoint(checkpoint)));
  });

  it("may be one of a run that has not begun", async () => {
    const fresh: RunCheckpoint = {
      ...checkpoint,
      progress: { step: 0, tokens: 0, seconds: 0 },
      variants: {},
      history: { points: [], evaluations: [], rounds: [] },
    };
    expect(await readCheckpoint(writeCheckpoint(fresh), "x.safetensors")).toEqual(fresh);
  });

  it("keeps when the run tells samples", async () => {
    const samples = {
      every: 50,
      prompts: ["Once upon a time", ""],
      sampling: checkpoint.history.rounds[0]!.sampling,
    };
    const file = writeCheckpoint({ ...checkpoint, samples });
    expect(await readCheckpoint(file, "x.safetensors")).toEqual({ ...checkpoint, samples });
  });

  it("fills in settings of told stories that older files have not got", async () => {
    const { min_p: _, repetition_penalty: __, ...older } = checkpoint.history.rounds[0]!.sampling;
    const rounds = [{ ...checkpoint.history.rounds[0]!, sampling: older }];
    const file = await changed((parts) => {
      const bytes = new TextEncoder().encode(JSON.stringify(rounds));
      replaceTensor(parts, "history.rounds", { shape: [bytes.length], bytes });
    });
    const { history } = await readRun(file);
    expect(history.rounds[0]!.sampling).toEqual({ ...older, min_p: 0, repetition_penalty: 1 });
  });

  it("leaves out measurements that are no numbers", async () => {
    const skipped = { ...checkpoint.history.points[0]!, loss: Number.NaN };
    const points = [skipped, ...checkpoint.history.points];
    const file = writeCheckpoint({ ...checkpoint, history: { ...checkpoint.history, points } });
    const { history } = await readRun(file);
    expect(history.points).toEqual(checkpoint.history.points);
  });

  it("is not written when it could not be read back", () => {
    const missing = new Map(checkpoint.expAvg);
    missing.delete("lm_head.weight");
    expect(() => writeCheckpoint({ ...checkpoint, expAvg: missing })).toThrow(
      "expAvg has no tensor lm_head.weight",
    );
    const short = new Map(checkpoint.parameters).set("lm_head.weight", new Float32Array(3));
    expect(() => writeCheckpoint({ ...checkpoint, parameters: short })).toThrow(
      "lm_head.weight: 12 bytes for F32 [13,8]",
    );
    const training = { ...checkpoint.training, learning_rate: Number.NaN };
    expect(() => writeCheckpoint({ ...checkpoint, training })).toThrow("training.learning_rate");
  });
});

describe("a checkpoint with the model only", () => {
  const model = modelOnly(checkpoint);

  it("comes back as it went", async () => {
    const file = writeCheckpoint(model);
    expect(await readCheckpoint(file, "x.safetensors")).toEqual(model);
    const { contents, config, training, progress, losses } = model;
    const facts = { contents, config, training, progress, losses };
    expect(await readCheckpointFacts(file, "x.safetensors")).toEqual(facts);
  });

  it("holds parameters and tokenizer, and no word of the text, the run's place in it, or its stories", async () => {
    const file = writeCheckpoint(model);
    const { tensors, metadata } = await openSafetensors(file, "x");
    const names = [...checkpoint.parameters.keys(), "tokenizer.model"];
    expect([...tensors.keys()].sort()).toEqual(names.sort());
    expect([...metadata.keys()].sort()).toEqual([
      ...["checksums", "config", "contents", "format", "losses", "progress"],
      ...["storyloom_schema", "training"],
    ]);
    const text = await file.text();
    for (const told of ["tales", "1a2b", "Once", "there", "optimizer", "history"]) {
      expect(text).not.toContain(told);
    }
  });

  it.each<[reason: string, change: (parts: Parts) => void]>([
    [
      "tensor optimizer.exp_avg.model.norm.weight is no part of the model",
      ({ metadata, tensors }) => {
        metadata.contents = '"model"';
        const keep = "optimizer.exp_avg.model.norm.weight";
        tensors.splice(
          0,
          tensors.length,
          ...tensors.filter(({ name }) => name === keep || !/^(optimizer|history)/.test(name)),
        );
      },
    ],
    [
      "tensor optimizer.exp_avg.model.embed_tokens.weight is missing",
      (parts) => {
        parts.tensors = parts.tensors.filter(({ name }) => !name.startsWith("optimizer."));
      },
    ],
    [
      'contents should be ("run" | "model") and is "weights"',
      ({ metadata }) => {
        metadata.contents = '"weights"';
      },
    ],
  ])("must be told apart from a run's: %s", async (reason, change) => {
    const { code, what } = await problemOf(await changed(change));
    expect(code).toBe("not-a-checkpoint");
    expect(what).toContain(reason);
  });
});

describe("the facts of a checkpoint", () => {
  it("are read from its header alone: damaged tensors do not show, a damaged header does", async () => {
    const file = writeCheckpoint(checkpoint);
    const bytes = await bytesOf(file);
    const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    bytes.fill(255, headerEnd);
    const facts = await readCheckpointFacts(new Blob([bytes]), "x");
    expect(facts.losses).toEqual({ training: 2.25, validation: { step: 2, loss: 2.375 } });
    expect(facts.progress.step).toBe(2);
    const cut = file.slice(0, file.size - 1);
    await expect(readCheckpointFacts(cut, "x")).rejects.toMatchObject({
      problem: { code: "file-cut-short" },
    });
    await expect(
      readCheckpointFacts(await withFields("progress", { step: -1 }), "x"),
    ).rejects.toMatchObject({ problem: { code: "not-a-checkpoint" } });
  });
});

describe("the gate for checkpoints", () => {
  it("fills defaults and drops what it does not know", async () => {
    const training = { max_steps: 9, batch_size: 1, learning_rate: 1e-3, seed: 1, eval_steps: 3 };
    const file = await changed(({ metadata, tensors }) => {
      metadata.training = JSON.stringify({ ...training, colour: "red" });
      metadata.config = JSON.stringify({ ...JSON.parse(metadata.config!), colour: "red" });
      metadata.colour = "red";
      tensors.push({ name: "colour", dtype: "U8", shape: [3], bytes: Uint8Array.of(255, 0, 0) });
    });
    const read = await readCheckpoint(file, "x.safetensors");
    expect(read.training).toEqual({
      ...training,
      gradient_accumulation_steps: 1,
      min_lr_rate: 0.1,
      warmup_steps: 0,
      weight_decay: 0.1,
      adam_beta1: 0.9,
      adam_beta2: 0.95,
      adam_epsilon: 1e-8,
      max_grad_norm: 1,
    });
    expect({ ...read, training: checkpoint.training }).toEqual(checkpoint);
  });

  it("says of a file that was cut short how long it should be", async () => {
    const whole = writeCheckpoint(checkpoint);
    const { code, what } = await problemOf(whole.slice(0, whole.size - 100));
    expect(code).toBe("file-cut-short");
    expect(what).toContain(whole.size.toLocaleString("en"));
    expect(what).toContain((whole.size - 100).toLocaleString("en"));
  });

  it("refuses offsets that lie", async () => {
    const bytes = await bytesOf(writeCheckpoint(checkpoint));
    const text = new TextDecoder("latin1").decode(bytes);
    const at = text.indexOf("[40,152]");
    expect(at).toBeGreaterThan(0);
    bytes.set(new TextEncoder().encode("[32,152]"), at);
    const { code, what } = await problemOf(new Blob([bytes]));
    expect(code).toBe("file-malformed");
    expect(what).toContain(
      "“history.points” needs 112 bytes for its shape, but its offsets span 120",
    );
  });

  it("refuses a newer schema, with both numbers", async () => {
    const { code, what } = await problemOf(await withMetadata("storyloom_schema", "3"));
    expect(code).toBe("schema-too-new");
    expect(what).toContain("schema 3; this one reads up to 2");
  });

  it("reads schema 1, and fills what its tables did not hold as if all steps had been alike", async () => {
    const rows = Float64Array.of(1, 2.5, 0.1, 4, 1e5, 2, 2.25, 0.2, 3, 1e5);
    const losses = Float64Array.of(2, 2.375, 1.1);
    const file = await changed((parts) => {
      const { columns: _c, contents: _k, losses: _l, ...metadata } = parts.metadata;
      parts.metadata = { ...metadata, storyloom_schema: "1" };
      parts.tensors = parts.tensors.filter(({ name }) => name !== "history.rounds");
      const bytes = new Uint8Array(rows.buffer);
      replaceTensor(parts, "history.points", { shape: [2, 5], bytes });
      const lossBytes = new Uint8Array(losses.buffer);
      replaceTensor(parts, "history.evaluations", { shape: [1, 3], bytes: lossBytes });
    });
    const { contents, losses: newest, history } = await readRun(file);
    expect(contents).toBe("run");
    expect(newest).toEqual({ training: null, validation: null });
    expect(history.points).toEqual([
      {
        ...{ step: 1, loss: 2.5, learningRate: 0.1, gradNorm: 4 },
        ...{ tokensPerSecond: 1e5, tokens: 768, seconds: 0.625 },
      },
      {
        ...{ step: 2, loss: 2.25, learningRate: 0.2, gradNorm: 3 },
        ...{ tokensPerSecond: 1e5, tokens: 1536, seconds: 1.25 },
      },
    ]);
    expect(history.evaluations).toEqual(checkpoint.history.evaluations);
    expect(history.rounds).toEqual([]);
  });

  it("finds every changed byte, in tensors and in metadata", async () => {
    const bytes = await bytesOf(writeCheckpoint(checkpoint));
    const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const jsonEnd = bytes.lastIndexOf("}".charCodeAt(0), headerEnd - 1) + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, x) => {
          // Of the spaces that fill up the header one may become another kind of space.
          fc.pre(at < jsonEnd || at >= headerEnd);
          const bad = bytes.slice();
          bad[at]! ^= x;
          const problem = await problemOf(new Blob([bad]));
          if (at >= headerEnd) expect(problem.code).toBe("tensor-damaged");
        },
      ),
      { seed: 3, numRuns: 1500 },
    );
  });

  it("names the tensor that is damaged", async () => {
    const name = "optimizer.exp_avg_sq.model.norm.weight";
    const file = await changed((parts) => {
      const { bytes } = parts.tensors.find((t) => t.name === name)!;
      const bad = bytes.slice();
      bad[bad.length - 1]! ^= 1;
      replaceTensor(parts, name, { bytes: bad });
    }, false);
    const { code, what } = await problemOf(file);
    expect(code).toBe("tensor-damaged");
    expect(what).toContain(name);
  });

  it("notices a changed setting", async () => {
    const file = await changed(({ metadata }) => {
      metadata.training = metadata.training!.replace("0.005", "0.007");
    }, false);
    const { code, what } = await problemOf(file);
    expect(code).toBe("tensor-damaged");
    expect(what).toContain("__metadata__");
  });

  it.each<[reason: string, file: () => Promise<Blob>]>([
    [
      "storyloom_schema is missing",
      async () => new Blob(encodeSafetensors([], { format: "pt", config: "{}" })),
    ],
    ["storyloom_schema is missing", () => withMetadata("storyloom_schema", "first")],
    [
      'config.model_type should be "llama" and is "gpt2"',
      () => withFields("config", { model_type: "gpt2" }),
    ],
    ["config.model_type is missing", () => withFields("config", { model_type: undefined })],
    [
      'config.architectures.0 should be "LlamaForCausalLM" and is "MistralForCausalLM"',
      () => withFields("config", { architectures: ["MistralForCausalLM"] }),
    ],
    [
      'config.hidden_act should be "silu" and is "gelu"',
      () => withFields("config", { hidden_act: "gelu" }),
    ],
    [
      "config.attention_bias should be false and is true",
      () => withFields("config", { attention_bias: true }),
    ],
    [
      "config.rope_scaling should be null",
      () => withFields("config", { rope_scaling: { factor: 2 } }),
    ],
    ["config.hidden_size is missing", () => withFields("config", { hidden_size: undefined })],
    [
      'config.hidden_size should be number and is "8"',
      () => withFields("config", { hidden_size: "8" }),
    ],
    [
      "config.num_hidden_layers should be <=1024",
      () => withFields("config", { num_hidden_layers: 1e9 }),
    ],
    ["config.rms_norm_eps should be >0", () => withFields("config", { rms_norm_eps: 0 })],
    [
      "hidden_size is no even multiple of num_attention_heads",
      () => withFields("config", { num_attention_heads: 3 }),
    ],
    [
      "num_attention_heads is no multiple of num_key_value_heads",
      () => withFields("config", { num_key_value_heads: 3 }),
    ],
    [
      "tensor model.embed_tokens.weight should be F32 [13,16] and is F32 [13,8]",
      () => withFields("config", { hidden_size: 16 }),
    ],
    [
      "tensor model.layers.2.self_attn.q_proj.weight is missing",
      () => withFields("config", { num_hidden_layers: 3 }),
    ],
    [
      "tensor model.layers.1.self_attn.q_proj.weight is no part of the model",
      () =>
        changed((parts) => {
          const config = JSON.parse(parts.metadata.config!);
          parts.metadata.config = JSON.stringify({ ...config, num_hidden_layers: 1 });
          // The order in which the file's tensors lie decides which is met first.
          parts.tensors = parts.tensors.filter(
            ({ name }) => !name.includes("layers.1") || /^model.*q_proj/.test(name),
          );
        }),
    ],
    [
      "tensor lm_head.weight is no part of the model",
      () => withFields("config", { tie_word_embeddings: true }),
    ],
    [
      "tensor optimizer.exp_avg.model.norm.weight is missing",
      () => withoutTensor("optimizer.exp_avg.model.norm.weight"),
    ],
    ["tensor tokenizer.model is missing", () => withoutTensor("tokenizer.model")],
    [
      "tensor model.norm.weight should be F32 [8] and is BF16 [8]",
      () =>
        changed((parts) => {
          replaceTensor(parts, "model.norm.weight", { dtype: "BF16", bytes: new Uint8Array(16) });
        }),
    ],
    [
      "tensor model.norm.weight should be F32 [8] and is F32 [8,1]",
      () => changed((parts) => replaceTensor(parts, "model.norm.weight", { shape: [8, 1] })),
    ],
    [
      "tensor history.points should be F64 [any,7] and is F64 [7,2]",
      () => changed((parts) => replaceTensor(parts, "history.points", { shape: [7, 2] })),
    ],
    [
      "in columns.points, one of step, loss,",
      () => withFields("columns", { points: Array(7).fill("loss") }),
    ],
    [
      'history.rounds.0.kind should be ("samples" | "sheet") and is "poem"',
      () =>
        changed((parts) => {
          const bytes = new TextEncoder().encode('[{"step":1,"kind":"poem"}]');
          replaceTensor(parts, "history.rounds", { shape: [bytes.length], bytes });
        }),
    ],
    [
      "history.rounds is no JSON",
      () =>
        changed((parts) => {
          replaceTensor(parts, "history.rounds", { shape: [1], bytes: Uint8Array.of(255) });
        }),
    ],
    ["training.batch_size should be >=1 and is 0", () => withFields("training", { batch_size: 0 })],
    ["training.adam_beta2 should be <1 and is 1", () => withFields("training", { adam_beta2: 1 })],
    [
      "training.learning_rate should be <=10 and is Infinity",
      () =>
        changed(({ metadata }) => {
          metadata.training = metadata.training!.replace("0.005", "1e999");
        }),
    ],
    ["progress.step should be >=0 and is -1", () => withFields("progress", { step: -1 })],
    ["sampler.index", () => withFields("sampler", { index: 0.5 })],
    ["corpus.name should be string and is 3", () => withFields("corpus", { name: 3 })],
    ["variants.matmul should be string", () => withFields("variants", { matmul: null })],
    ["training is no JSON", () => withMetadata("training", "{")],
    ["progress is missing", () => withMetadata("progress", undefined)],
    ["checksums is missing", () => withMetadata("checksums", undefined, false)],
  ])("refuses another model or a broken description: %s", async (reason, file) => {
    const { code, what } = await problemOf(await file());
    expect(what).toContain(reason);
    expect(code).toBe("not-a-checkpoint");
    expect(what.length).toBeLessThan(300);
  });

  it("is not fooled by a checksum that is missing", async () => {
    const file = await changed(({ metadata }) => {
      const { "lm_head.weight": _, ...rest } = JSON.parse(metadata.checksums!);
      metadata.checksums = JSON.stringify(rest);
    }, false);
    expect(await problemOf(file)).toMatchObject({
      code: "tensor-damaged",
      what: expect.stringContaining("lm_head.weight"),
    });
  });
});
