import type { AdapterFacts } from "../engine/gpu/device";
import { ELEMENT_BYTES } from "../engine/gpu/tensor";
import { type ModelConfig, presets } from "../engine/model/config";
import { modelSizes, parameterLayout } from "../engine/model/layout";
import { problem } from "../lib/errors";

/** Bytes of the largest single buffer that training takes. */
function largestBuffer(config: ModelConfig, batch: number): number {
  const rows = batch * config.max_position_embeddings;
  const widest = Math.max(2 * config.intermediate_size, modelSizes(config).qkvWidth);
  return ELEMENT_BYTES * Math.max(parameterLayout(config).length, rows * widest);
}

/**
 * Refuses what cannot fit before anything is allocated, and says what would.
 * @throws limit-too-small
 */
export function checkLimits(adapter: AdapterFacts, config: ModelConfig, batch: number): void {
  const needed = largestBuffer(config, batch);
  const limits = ["maxBufferSize", "maxStorageBufferBindingSize"] as const;
  const limit = limits.reduce((a, b) => (adapter[b] < adapter[a] ? b : a));
  const available = adapter[limit];
  if (needed <= available) return;
  let fitting = batch;
  while (fitting >= 1 && largestBuffer(config, fitting) > available) {
    fitting = Math.floor(fitting / 2);
  }
  const preset = presets.findLast(({ model }) => largestBuffer(model, 1) <= available);
  throw problem("limit-too-small", {
    limit,
    needed,
    available,
    what: `A model of this size with ${batch} windows a batch`,
    proposal:
      fitting >= 1
        ? `A batch size of ${fitting} fits.`
        : preset
          ? `The preset ${preset.label} fits.`
          : "Open the page on a device with a larger GPU.",
  });
}
