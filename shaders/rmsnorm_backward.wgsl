// With r = inverse_rms[row] and g = d_y * gain:
// d_x += r * g - x * r^3 * mean(g * x)
// (the residual path already left its gradient in d_x). One workgroup a row.

struct Params {
  rows: u32,
  width: u32, // elements, a multiple of 4
}

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [rows, width]
@group(0) @binding(1) var<storage, read> gain: array<vec4f>; // [width]
@group(0) @binding(2) var<storage, read> inverse_rms: array<f32>; // [rows]
@group(0) @binding(3) var<storage, read> d_y: array<vec4f>; // [rows, width]
@group(0) @binding(4) var<storage, read_write> d_x: array<vec4f>; // [rows, width]
@group(0) @binding(5) var<uniform> params: Params;

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
  var products = 0.0;
  for (var i = lane; i < width4; i += WORKGROUP) {
    products += dot(d_y[base + i] * gain[i], x[base + i]);
  }
  partial[lane] = products;
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < WORKGROUP; i++) {
    sum += partial[i];
  }
  let scale = inverse_rms[row];
  let pull = scale * scale * scale * (sum / f32(params.width));
  for (var i = lane; i < width4; i += WORKGROUP) {
    d_x[base + i] += d_y[base + i] * gain[i] * scale - x[base + i] * pull;
  }
}
