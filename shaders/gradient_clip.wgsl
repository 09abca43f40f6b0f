// gradient_norm = sqrt(sum of the blocks)
// clip_scale = min(1, max_norm / (gradient_norm + 1e-6))      (as torch.nn.utils.clip_grad_norm_)
// skipped = 1 where the loss or a gradient is not finite: AdamW then leaves everything as it is.
// One workgroup; each thread sums a stride, then thread 0 adds the parts in order.

struct Params {
  blocks: u32,
  max_norm: f32,
}

struct Metrics {
  loss: f32,
  gradient_norm: f32,
  clip_scale: f32,
  skipped: f32,
}

@group(0) @binding(0) var<storage, read> partial: array<vec2f>; // [blocks], from gradient_norm
@group(0) @binding(1) var<storage, read_write> metrics: Metrics;
@group(0) @binding(2) var<uniform> params: Params;

override WORKGROUP: u32 = 64;
var<workgroup> sums: array<vec2f, WORKGROUP>;

fn not_finite(value: f32) -> bool {
  return (bitcast<u32>(value) & 0x7f800000u) == 0x7f800000u;
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) lane: u32) {
  var sum = vec2f(0);
  for (var i = lane; i < params.blocks; i += WORKGROUP) {
    sum += partial[i];
  }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane == 0) {
    sum = vec2f(0);
    for (var i = 0u; i < WORKGROUP; i++) {
      sum += sums[i];
    }
    let norm = sqrt(sum.x);
    let bad = sum.y > 0.0 || not_finite(sum.x) || not_finite(metrics.loss);
    metrics.gradient_norm = norm;
    metrics.clip_scale = min(1.0, params.max_norm / (norm + 1e-6));
    metrics.skipped = select(0.0, 1.0, bad);
  }
}
