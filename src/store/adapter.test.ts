import { beforeEach, expect, test, vi } from "vitest";
import type { AdapterReport } from "../worker/api";

const { describeAdapter } = vi.hoisted(() => ({ describeAdapter: vi.fn() }));
vi.mock("../worker/client", () => ({ trainerWorker: { describeAdapter } }));

import { findAdapter } from "./adapter";
import { choosePreset } from "./settings";
import { initialState, studio } from "./studio";

const gpu: AdapterReport = {
  vendor: "",
  architecture: "",
  description: "",
  isFallbackAdapter: false,
  features: [],
  maxBufferSize: 2 ** 30,
  maxStorageBufferBindingSize: 2 ** 30,
};

beforeEach(() => {
  studio.set(initialState);
  vi.stubGlobal("navigator", { gpu: {} });
  describeAdapter.mockResolvedValue(gpu);
});

test("proposes Seed on a GPU and Nano on a software adapter", async () => {
  await findAdapter();
  expect(studio.get()).toMatchObject({ adapter: gpu, preset: "seed", vocabSize: 4_096 });
  studio.set(initialState);
  describeAdapter.mockResolvedValue({ ...gpu, isFallbackAdapter: true });
  await findAdapter();
  expect(studio.get()).toMatchObject({ preset: "nano", vocabSize: 512 });
});

test.each([
  ["a chosen preset", () => choosePreset("small")],
  ["a changed setting", () => studio.set({ training: { ...initialState.training, seed: 9 } })],
  ["another vocabulary", () => studio.set({ vocabSize: 300 })],
])("leaves %s as it is", async (_, change) => {
  change();
  const { preset, training, vocabSize } = studio.get();
  await findAdapter();
  expect(studio.get()).toMatchObject({ adapter: gpu, preset, training, vocabSize });
});

test("says what is missing, and forgets it when a GPU turns up", async () => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("isSecureContext", true);
  await findAdapter();
  expect(studio.get().adapterProblem?.code).toBe("webgpu-missing");
  vi.stubGlobal("navigator", { gpu: {} });
  await findAdapter();
  expect(studio.get()).toMatchObject({ adapterProblem: null, adapter: gpu });
});
