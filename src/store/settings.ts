/** Changing what the next run shall be. */
import { type PresetName, presetByName, type TrainingConfig } from "../engine/model/config";
import { isChanged } from "./plan";
import { usualSamples } from "./sheet";
import { type ModelShape, type Settings, studio } from "./studio";

/** Takes a preset with all its defaults; what was changed before can be brought back. */
export function choosePreset(name: PresetName): void {
  const { preset, shape, vocabSize, training } = studio.get();
  const before = { preset, shape, vocabSize, training };
  takePreset(name);
  studio.set({ presetChosen: true, replaced: isChanged(before) ? before : null });
}

export function takePreset(name: PresetName): void {
  const { model, training } = presetByName(name);
  studio.set(({ samples }) => ({
    preset: name,
    shape: {},
    vocabSize: model.vocab_size,
    training,
    samples: { ...samples, every: usualSamples(training).every },
  }));
}

/** Undoes what the last choice of a preset replaced. */
export function bringBack(replaced: Settings): void {
  studio.set({ ...replaced, replaced: null });
}

export function setTraining(change: Partial<TrainingConfig>): void {
  studio.set(({ training }) => ({ training: { ...training, ...change }, replaced: null }));
}

export function setShape(change: Partial<ModelShape>): void {
  studio.set(({ shape }) => ({ shape: { ...shape, ...change }, replaced: null }));
}
