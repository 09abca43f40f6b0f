/** The few numbers that change from step to step: `struct Step` of the shaders. */
export interface StepState {
  learningRate: number;
  /** 1 / (1 - beta1^t). */
  biasCorrection1: number;
  /** 1 / (1 - beta2^t). */
  biasCorrection2: number;
  /** Factor on every loss and its gradient: 1 / predicted tokens of the optimizer step. */
  lossScale: number;
}

export const STEP_ELEMENTS = 4;

export function packStepState(state: StepState): Float32Array<ArrayBuffer> {
  return new Float32Array([
    state.learningRate,
    state.biasCorrection1,
    state.biasCorrection2,
    state.lossScale,
  ]);
}

export interface StepMetrics {
  /** Mean nats a predicted token. */
  loss: number;
  /** Global L2 norm before clipping. */
  gradNorm: number;
  /** A loss or gradient was not finite: the update was left out. */
  skipped: boolean;
}

/** `struct Metrics` of the shaders: loss, gradient norm, clip scale, skipped. */
export const METRICS_ELEMENTS = 4;

export function unpackMetrics(values: Float32Array): StepMetrics {
  return { loss: values[0]!, gradNorm: values[1]!, skipped: values[3] !== 0 };
}
