import type { Recorder } from "../gpu/plan";
import type { Tensor } from "../gpu/tensor";
import { crossEntropy, lossSum } from "../kernels/loss";
import { paddedWidth, recordMatmul } from "../kernels/matmul";
import { lossChunkRows } from "./config";
import { blockOf, type Model } from "./model";

export interface LossTensors {
  /** [rows]; 0xFFFFFFFF where nothing is to be predicted. */
  targets: Tensor;
  /** The step's numbers: see StepState. */
  step: Tensor;
  /** Gets the loss added. */
  metrics: Tensor;
}

export interface HeadGradients {
  /** Flat, in the layout's order; the head's part is added to. */
  gradients: Tensor;
  /** Out: gradient of `normed`, [rows, hidden]. */
  dNormed: Tensor;
}

/**
 * Records head matmul, loss and their gradient in chunks of rows, so that memory does not grow with
 * rows × vocabulary.
 * @param normed the final norm's output, [rows, hidden]
 * @param backward null: the loss alone
 */
export function recordLoss(
  recorder: Recorder,
  model: Model,
  rows: number,
  normed: Tensor,
  { targets, step, metrics }: LossTensors,
  backward: HeadGradients | null,
): void {
  const { hidden_size: hidden, vocab_size: vocab } = model.config;
  const stride = paddedWidth(vocab);
  const weight = blockOf(model.weights, model.layout.head);
  const losses = recorder.temp("losses", rows);
  const style = model.variants.matmul;
  const chunk = lossChunkRows(vocab);
  for (let first = 0; first < rows; first += chunk) {
    const count = Math.min(chunk, rows - first);
    const x = normed.slice(first * hidden, count * hidden);
    const logits = recorder.temp(`logits from row ${first}`, count * stride);
    recordMatmul(recorder, style, "nt", {
      a: x,
      b: weight,
      c: logits,
      m: count,
      n: vocab,
      k: hidden,
    });
    recorder.dispatch(
      crossEntropy,
      {
        targets: targets.slice(first, count),
        step,
        logits,
        losses: losses.slice(first, count),
      },
      { rows: count, vocab, stride },
    );
    if (backward !== null) {
      const { gradients, dNormed } = backward;
      const dX = dNormed.slice(first * hidden, count * hidden);
      recordMatmul(recorder, style, "nn", {
        a: logits,
        b: weight,
        c: dX,
        m: count,
        n: hidden,
        k: vocab,
      });
      recordMatmul(recorder, style, "tn", {
        a: logits,
        b: x,
        c: blockOf(gradients, model.layout.head),
        m: vocab,
        n: hidden,
        k: count,
        accumulate: true,
      });
    }
  }
  recorder.dispatch(lossSum, { losses, step, metrics }, { rows });
}
