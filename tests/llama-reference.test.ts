import { describe, expect, it } from "vitest";
import { adamW, clipScale, globalNorm } from "../src/engine/reference/adamw";
import { relativeL2 } from "../src/engine/reference/compare";
import { llama } from "../src/engine/reference/llama";
import { type LlamaFixture, llamaFixtureNames, loadLlamaFixture } from "./fixtures/llama/load";

const toFloat64 = (tensors: Map<string, Float32Array>) =>
  new Map([...tensors].map(([name, tensor]) => [name, Float64Array.from(tensor)]));

/** The fixture's numbers were float64; its tensors are stored with float32's 24 bits (6e-8). */
const storedAsFloat32 = 1e-7;

function train(fixture: LlamaFixture) {
  const { config, training, batch, context } = fixture;
  let weights: Map<string, Float64Array> = toFloat64(fixture.initial);
  const zeros = (): Map<string, Float64Array> =>
    new Map([...weights].map(([name, w]) => [name, new Float64Array(w.length)]));
  const m = zeros();
  const v = zeros();
  const steps = fixture.steps.map(({ learningRate, ids, targets }, i) => {
    const { loss, gradients } = llama(config, weights, { ids, targets, batch, context });
    const gradNorm = globalNorm(Float64Array.from([...gradients.values()].map(globalNorm)));
    weights = new Map(
      [...weights].map(([name, w]) => {
        const next = adamW(w, gradients.get(name)!, m.get(name)!, v.get(name)!, {
          learningRate,
          beta1: training.adam_beta1,
          beta2: training.adam_beta2,
          eps: training.adam_epsilon,
          weightDecay: name.endsWith("norm.weight") ? 0 : training.weight_decay,
          step: i + 1,
          clipScale: clipScale(gradNorm, training.max_grad_norm),
        });
        m.set(name, next.m);
        v.set(name, next.v);
        return [name, next.p];
      }),
    );
    return { loss, gradNorm };
  });
  return { steps, weights };
}

describe.each(llamaFixtureNames)("the float64 model on the fixture %s", (name) => {
  const fixture = loadLlamaFixture(name);
  const { config, batch, context, start } = fixture;

  it("has Hugging Face's logits, loss and every named gradient", () => {
    const result = llama(config, toFloat64(fixture.initial), { ...start, batch, context });
    expect(relativeL2(result.logits, start.logits)).toBeLessThan(storedAsFloat32);
    expect(result.loss / start.loss).toBeCloseTo(1, 12);
    expect([...result.gradients.keys()].sort()).toEqual([...start.gradients.keys()].sort());
    for (const [tensor, gradient] of start.gradients) {
      expect(relativeL2(result.gradients.get(tensor)!, gradient), tensor).toBeLessThan(
        storedAsFloat32,
      );
    }
  });

  it("takes PyTorch's 20 AdamW steps, clipped and decayed", () => {
    const { steps, weights } = train(fixture);
    expect(steps).toHaveLength(20);
    fixture.steps.forEach((expected, i) => {
      expect(steps[i]!.loss / expected.loss, `loss of step ${i + 1}`).toBeCloseTo(1, 10);
      expect(steps[i]!.gradNorm / expected.gradNorm, `norm of step ${i + 1}`).toBeCloseTo(1, 10);
    });
    expect([...weights.keys()].sort()).toEqual([...fixture.final.keys()].sort());
    for (const [tensor, final] of fixture.final) {
      expect(relativeL2(weights.get(tensor)!, final), tensor).toBeLessThan(storedAsFloat32);
    }
  });
});
