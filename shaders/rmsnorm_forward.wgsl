// inverse_rms[row] = 1 / sqrt(mean(x[row, :]^2) + eps)
// y[row, :] = x[row, :] * inverse_rms[row] * gain
// One workgroup a row; its threads stride over the row in vec4.

struct Params {
  rows: u32,
  width: u32, // elements, a multiple of 4
  eps: f32,
}

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [rows, width]
@group(0) @binding(1) var<storage, read> gain: array<vec4f>; // [width]
@group(0) @binding(2) var<storage, read_write> y: array<vec4f>; // [rows, width]
@group(0) @binding(3) var<storage, read_write> inverse_rms: array<f32>; // [rows]
@group(0) @binding(4) var<uniform> params: Params;

override WORKGROUP: u32 = 32;
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
  let width4 = params.width / 4;
  let base = row * width4;
  var squares = 0.0;
  for (var i = lane; i < width4; i += WORKGROUP) {
    squares += dot(x[base + i], x[base + i]);
  }
  partial[lane] = squares;
  workgroupBarrier();
  // Every thread adds the same numbers in the same order: one barrier instead of a tree of them.
  var sum = 0.0;
  for (var i = 0u; i < WORKGROUP; i++) {
    sum += partial[i];
  }
  let scale = 1.0 / sqrt(sum / f32(params.width) + params.eps);
  for (var i = lane; i < width4; i += WORKGROUP) {
    y[base + i] = x[base + i] * scale * gain[i];
  }
  if (lane == 0) {
    inverse_rms[row] = scale;
  }
}
