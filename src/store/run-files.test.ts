import fc from "fast-check";
import { expect, test } from "vitest";
import { presetByName } from "../engine/model/config";
import { RunMetrics } from "./metrics";
import { csvFile, jsonFile } from "./run-files";
import type { RunOnPage } from "./studio";
import { evaluation, point } from "./testing";

const losses = fc.array(
  fc.oneof(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.constant(Number.NaN)),
  { maxLength: 1_300 },
);

function metricsOf(losses: number[]): RunMetrics {
  const metrics = new RunMetrics();
  metrics.addPoints(
    losses.map((loss, row) => point(row + 1, loss)),
    1,
  );
  metrics.addEvaluation(evaluation(0, 6.25));
  return metrics;
}

test("every number of the CSV reads back as it was, and a gap is empty", async () => {
  await fc.assert(
    fc.asyncProperty(losses, async (losses) => {
      const file = await csvFile(metricsOf(losses).tables.points, "run.csv");
      const [head, ...lines] = (await file.text()).split("\r\n");
      expect(head).toBe("step,tokens,seconds,loss,learningRate,gradNorm,tokensPerSecond");
      expect(lines.pop()).toBe("");
      const read = lines.map((line) => line.split(","));
      expect(read.map((cells) => cells[3])).toEqual(
        losses.map((loss) => (Number.isNaN(loss) ? "" : String(loss))),
      );
      for (const [row, cells] of read.entries()) {
        const { loss: _, ...rest } = point(row + 1);
        expect(cells.toSpliced(3, 1).map(Number)).toEqual([
          ...[rest.step, rest.tokens, rest.seconds],
          ...[rest.learningRate, rest.gradNorm, rest.tokensPerSecond],
        ]);
      }
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("the JSON reads back with the run's settings and every number", async () => {
  const { model, training } = presetByName("nano");
  const run: RunOnPage = {
    ...{ title: "Nano", model, training, parameters: 131_904, flopsPerToken: 8e5 },
    ...{ step: 3, state: "paused", contents: "run", neededText: null },
    memory: { weights: 1, gradients: 1, optimizer: 2, activations: 3 },
    corpus: { name: 'a "quoted" name.txt', fingerprint: "0" },
  };
  await fc.assert(
    fc.asyncProperty(losses, async (losses) => {
      const file = await jsonFile(run, metricsOf(losses).tables, "run.json");
      const read = JSON.parse(await file.text());
      expect(read).toMatchObject({ title: "Nano", text: 'a "quoted" name.txt', model, training });
      expect(read.points.loss).toEqual(losses.map((loss) => (Number.isNaN(loss) ? null : loss)));
      expect(read.points.step).toEqual(losses.map((_, row) => row + 1));
      expect(read.evaluations).toEqual({
        ...{ step: [0], tokens: [0], seconds: [0], loss: [6.25], bitsPerByte: [3.125] },
      });
    }),
    { seed: 2, numRuns: 20 },
  );
});
