// loss[row] = log(sum over j of exp(logits[row, j])) - logits[row, target]     (nats)
// logits[row, j] <- (softmax(logits[row])[j] - [j == target]) * scale           (its gradient)
// Rows whose target is IGNORED have loss 0 and gradient 0. Columns from vocab up to the stride are
// padding: never read, set to 0. One workgroup a row.

struct Params {
  rows: u32,
  vocab: u32,
  stride: u32, // elements from one row to the next
}

struct Step {
  learning_rate: f32,
  bias_correction1: f32, // 1 / (1 - beta1^t)
  bias_correction2: f32, // 1 / (1 - beta2^t)
  loss_scale: f32, // 1 / predicted tokens of the whole optimizer step
}

@group(0) @binding(0) var<storage, read> targets: array<u32>; // [rows]
@group(0) @binding(1) var<storage, read> step: Step;
@group(0) @binding(2) var<storage, read_write> logits: array<f32>; // [rows, stride]
@group(0) @binding(3) var<storage, read_write> losses: array<f32>; // [rows]
@group(0) @binding(4) var<uniform> params: Params;

override WORKGROUP: u32 = 64;
const IGNORED = 0xffffffffu;
const SMALLEST = -3.0e38;

var<workgroup> partial: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = group.y * groups.x + group.x;
  if (row >= params.rows) {
    return;
  }
  let base = row * params.stride;
  let goal = targets[row];

  var largest = SMALLEST;
  for (var j = lane; j < params.vocab; j += WORKGROUP) {
    largest = max(largest, logits[base + j]);
  }
  partial[lane] = largest;
  workgroupBarrier();
  for (var i = 0u; i < WORKGROUP; i++) {
    largest = max(largest, partial[i]);
  }
  workgroupBarrier();

  var total = 0.0;
  for (var j = lane; j < params.vocab; j += WORKGROUP) {
    total += exp(logits[base + j] - largest);
  }
  partial[lane] = total;
  workgroupBarrier();
  total = 0.0;
  for (var i = 0u; i < WORKGROUP; i++) {
    total += partial[i];
  }

  if (lane == 0) {
    losses[row] = 0.0;
    if (goal != IGNORED) {
      // The difference first: the two may be large and close, and their loss small.
      losses[row] = log(total) - (logits[base + goal] - largest);
    }
  }
  // The loss reads a logit that another thread is about to overwrite.
  storageBarrier();
  workgroupBarrier();
  let scale = select(step.loss_scale, 0.0, goal == IGNORED);
  for (var j = lane; j < params.stride; j += WORKGROUP) {
    let probability = exp(logits[base + j] - largest) / total;
    let d_logit = (probability - select(0.0, 1.0, j == goal)) * scale;
    logits[base + j] = select(0.0, d_logit, j < params.vocab);
  }
}
