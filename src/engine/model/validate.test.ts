import { expect, test } from "vitest";
import { presets } from "./config";
import { modelIssues, trainingIssues, validateModel, validateTraining } from "./validate";

const { model, training } = presets[0]!;

test.each(presets)("$label breaks no rule", ({ model, training }) => {
  expect(modelIssues(model)).toEqual([]);
  expect(trainingIssues(training)).toEqual([]);
  validateModel(model);
  validateTraining(training);
});

test("names every impossible combination of a model, each at the field to change", () => {
  expect(modelIssues({ ...model, num_attention_heads: 5, intermediate_size: 170 })).toEqual([
    { field: "intermediate_size", value: 170, rule: "it must be a multiple of 4" },
    { field: "num_attention_heads", value: 5, rule: "it must divide hidden_size 64" },
    { field: "num_key_value_heads", value: 4, rule: "it must divide num_attention_heads 5" },
  ]);
  expect(modelIssues({ ...model, num_attention_heads: 32, num_key_value_heads: 32 })).toEqual([
    {
      field: "num_attention_heads",
      value: 32,
      rule: "hidden_size / num_attention_heads is 2, but must be a multiple of 4 up to 128",
    },
  ]);
  expect(modelIssues({ ...model, hidden_size: 1024 })[0]).toMatchObject({
    rule: "hidden_size / num_attention_heads is 256, but must be a multiple of 4 up to 128",
  });
  expect(modelIssues({ ...model, num_key_value_heads: 3 })).toMatchObject([
    { field: "num_key_value_heads", rule: "it must divide num_attention_heads 4" },
  ]);
});

test("says nothing of a combination whose parts are no numbers", () => {
  expect(modelIssues({ ...model, hidden_size: 0.5 })).toEqual([
    { field: "hidden_size", value: 0.5, rule: "it must be a whole number above 0" },
  ]);
});

test.each([
  ["vocab_size", 65_537],
  ["vocab_size", 0],
  ["num_hidden_layers", 1.5],
  ["max_position_embeddings", Number.NaN],
  ["rms_norm_eps", 0],
  ["rope_theta", -1],
] as const)("refuses a model whose %s is %d", (field, value) => {
  expect(modelIssues({ ...model, [field]: value })).toMatchObject([{ field }]);
  expect(() => validateModel({ ...model, [field]: value })).toThrow(`Change ${field}.`);
});

test.each([
  ["warmup_steps", training.max_steps + 1],
  ["warmup_steps", -1],
  ["max_steps", 0],
  ["batch_size", 0],
  ["gradient_accumulation_steps", 1.5],
  ["eval_steps", 0],
  ["learning_rate", 1.1],
  ["min_lr_rate", -0.1],
  ["weight_decay", 2],
  ["adam_beta1", 1],
  ["adam_beta2", 1],
  ["adam_epsilon", 0],
  ["max_grad_norm", 0],
  ["seed", 0.5],
] as const)("refuses a training whose %s is %d", (field, value) => {
  const issues = trainingIssues({ ...training, [field]: value });
  expect(issues.map((issue) => issue.field)).toContain(field);
  expect(() => validateTraining({ ...training, [field]: value })).toThrow("is not possible");
});

test("a warm-up as long as the run is possible", () => {
  expect(trainingIssues({ ...training, warmup_steps: training.max_steps })).toEqual([]);
});
