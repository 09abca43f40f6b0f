// AdamW (Loshchilov and Hutter, arXiv 1711.05101; torch.optim.AdamW), with g = clip_scale * gradient:
//   m <- beta1 m + (1 - beta1) g
//   v <- beta2 v + (1 - beta2) g^2
//   w <- w (1 - learning_rate * decay) - learning_rate * m' / (sqrt(v') + epsilon)
// where m' and v' are bias-corrected. The decayed parameters come first in the buffer. One thread
// updates one vec4. A step with a gradient that is not finite changes nothing.

struct Params {
  length4: u32, // vec4
  decayed4: u32, // vec4 from the start that weight decay applies to
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weight_decay: f32,
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

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>; // [length]
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read> metrics: Metrics;
@group(0) @binding(3) var<storage, read_write> weights: array<vec4f>; // [length]
@group(0) @binding(4) var<storage, read_write> first_moment: array<vec4f>; // [length]
@group(0) @binding(5) var<storage, read_write> second_moment: array<vec4f>; // [length]
@group(0) @binding(6) var<uniform> params: Params;

override WORKGROUP: u32 = 64;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = (group.y * groups.x + group.x) * WORKGROUP + lane;
  if (i >= params.length4 || metrics.skipped != 0.0) {
    return;
  }
  let g = gradients[i] * metrics.clip_scale;
  let m = params.beta1 * first_moment[i] + (1.0 - params.beta1) * g;
  let v = params.beta2 * second_moment[i] + (1.0 - params.beta2) * g * g;
  first_moment[i] = m;
  second_moment[i] = v;
  let decay = select(0.0, params.weight_decay, i < params.decayed4);
  let denominator = sqrt(v * step.bias_correction2) + params.epsilon;
  weights[i] = weights[i] * (1.0 - step.learning_rate * decay)
    - step.learning_rate * (m * step.bias_correction1) / denominator;
}
