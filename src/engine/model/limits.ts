import { problem, type StoryloomError } from "../../lib/errors";
import type { AdapterFacts } from "../gpu/device";
import { ELEMENT_BYTES } from "../gpu/tensor";
import { type ModelConfig, presets } from "./config";
import { modelSizes, parameterLayout } from "./layout";

/** Bytes of the largest single buffer that training takes. */
function largestBuffer(config: ModelConfig, batch: number): number {
  const rows = batch * config.max_position_embeddings;
  const widest = Math.max(2 * config.intermediate_size, modelSizes(config).qkvWidth);
  return ELEMENT_BYTES * Math.max(parameterLayout(config).length, rows * widest);
}

/**
 * Why an adapter cannot take a model with this batch (`limit-too-small`), and what it could take; null
 * when it can. Pure, so that the page can say it before anything is allocated.
 */
export function findLimit(
  adapter: Pick<AdapterFacts, "maxBufferSize" | "maxStorageBufferBindingSize">,
  config: ModelConfig,
  batch: number,
): StoryloomError | null {
  const needed = largestBuffer(config, batch);
  const limits = ["maxBufferSize", "maxStorageBufferBindingSize"] as const;
  const limit = limits.reduce((a, b) => (adapter[b] < adapter[a] ? b : a));
  const available = adapter[limit];
  if (needed <= available) return null;
  let fitting = batch;
  while (fitting >= 1 && largestBuffer(config, fitting) > available) {
    fitting = Math.floor(fitting / 2);
  }
  const preset = presets.findLast(({ model }) => largestBuffer(model, 1) <= available);
  return problem("limit-too-small", {
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

/** Refuses what cannot fit before anything is allocated. @throws limit-too-small */
export function checkLimits(adapter: AdapterFacts, config: ModelConfig, batch: number): void {
  const refusal = findLimit(adapter, config, batch);
  if (refusal !== null) throw refusal;
}
