// sums[:] += sum over rows of x[row, :]
// One thread adds up one vec4 of columns, rows in order.

struct Params {
  rows: u32,
  width4: u32, // row length in vec4
}

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [rows, width]
@group(0) @binding(1) var<storage, read_write> sums: array<vec4f>; // [width]
@group(0) @binding(2) var<uniform> params: Params;

override WORKGROUP: u32 = 64;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let column = thread.x;
  if (column >= params.width4) {
    return;
  }
  var sum = vec4f(0);
  for (var row = 0u; row < params.rows; row++) {
    sum += x[row * params.width4 + column];
  }
  sums[column] += sum;
}
