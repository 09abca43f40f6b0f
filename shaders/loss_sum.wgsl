// metrics.loss += loss_scale * sum of losses[:]
// One workgroup; each thread sums a stride, then thread 0 adds the parts in order.

struct Params {
  rows: u32,
}

struct Step {
  learning_rate: f32,
  bias_correction1: f32, // 1 / (1 - beta1^t)
  bias_correction2: f32, // 1 / (1 - beta2^t)
  loss_scale: f32, // 1 / predicted tokens of the whole optimizer step
}

struct Metrics {
  loss: f32,
  gradient_norm: f32,
  clip_scale: f32,
  skipped: f32,
}

@group(0) @binding(0) var<storage, read> losses: array<f32>; // [rows]
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read_write> metrics: Metrics;
@group(0) @binding(3) var<uniform> params: Params;

override WORKGROUP: u32 = 64;
var<workgroup> partial: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = 0.0;
  for (var row = lane; row < params.rows; row += WORKGROUP) {
    sum += losses[row];
  }
  partial[lane] = sum;
  workgroupBarrier();
  if (lane == 0) {
    sum = 0.0;
    for (var i = 0u; i < WORKGROUP; i++) {
      sum += partial[i];
    }
    metrics.loss += sum * step.loss_scale;
  }
}
