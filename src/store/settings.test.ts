import { beforeEach, expect, test, vi } from "vitest";
import { presetByName, presets } from "../engine/model/config";
import { isChanged, plannedModel, settingsOf } from "./plan";
import { bringBack, choosePreset, setShape, setTraining } from "./settings";
import { initialState, studio } from "./studio";

vi.mock("../worker/client", () => ({ tokenizerWorker: {}, trainerWorker: {} }));
beforeEach(() => studio.set(initialState, true));

test("a preset is a layer under the changes, and choosing it takes them away", () => {
  choosePreset("small");
  expect(isChanged(studio.get())).toBe(false);
  setShape({ num_hidden_layers: 7 });
  expect(plannedModel(studio.get())).toEqual({
    ...presetByName("small").model,
    num_hidden_layers: 7,
  });
  expect(isChanged(studio.get())).toBe(true);
  choosePreset("small");
  expect(isChanged(studio.get())).toBe(false);
  expect(plannedModel(studio.get())).toEqual(presetByName("small").model);
});

test("changes that a preset replaced can be brought back, until something else is changed", () => {
  choosePreset("small");
  expect(studio.get().replaced).toBeNull();
  setTraining({ seed: 9 });
  setShape({ hidden_size: 160 });
  choosePreset("nano");
  const { replaced } = studio.get();
  expect(replaced).toMatchObject({ preset: "small", shape: { hidden_size: 160 } });
  bringBack(replaced!);
  expect(studio.get()).toMatchObject({
    preset: "small",
    shape: { hidden_size: 160 },
    training: { seed: 9 },
    replaced: null,
  });
  choosePreset("nano");
  setTraining({ seed: 3 });
  expect(studio.get().replaced).toBeNull();
});

test("a field that is set to the preset's own value is no change", () => {
  choosePreset("nano");
  setShape({ hidden_size: 128 });
  setShape({ hidden_size: 64 });
  expect(isChanged(studio.get())).toBe(false);
});

test("a run's settings are its preset's, or a preset's with what differs", () => {
  for (const { name, model, training } of presets) {
    const run = { model: { ...model, vocab_size: 300 }, training };
    expect(settingsOf(run, 512, "nano")).toEqual({
      preset: name,
      shape: {},
      vocabSize: 512,
      training,
    });
  }
  const { model, training } = presetByName("small");
  const run = { model: { ...model, hidden_size: 96, vocab_size: 300 }, training };
  const settings = settingsOf(run, 300, "small");
  expect(settings.shape).toEqual({ hidden_size: 96 });
  expect(plannedModel({ ...initialState, ...settings })).toEqual(run.model);
  const other = settingsOf(run, 300, "nano");
  expect(plannedModel({ ...initialState, ...other })).toEqual(run.model);
});
