import type { MemoryEstimate } from "../../engine/model/config";

export type MemoryPartName = Exclude<keyof MemoryEstimate, "total">;

const labels: Record<MemoryPartName, string> = {
  weights: "Weights",
  gradients: "Gradients",
  optimizer: "Optimizer",
  activations: "Activations",
};

export interface MemoryPart {
  name: MemoryPartName;
  label: string;
  bytes: number;
  /** Of the total, from 0 to 1. */
  share: number;
}

/** The parts of the memory in the order of the bar; their shares add up to 1. */
export function memoryParts(memory: MemoryEstimate): MemoryPart[] {
  return (Object.keys(labels) as MemoryPartName[]).map((name) => ({
    name,
    label: labels[name],
    bytes: memory[name],
    share: memory[name] / memory.total,
  }));
}
