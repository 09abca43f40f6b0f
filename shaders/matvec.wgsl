// y[n] = sum over k of w[n, k] x[k], or residual[n] + that: a linear layer for one token.
// The input is row `cursor * x_row4` of x and the output goes to row `cursor * y_row` of y, so that
// one recorded dispatch serves every position of the cache; a row length of 0 pins it to row 0.
// A workgroup makes ROWS outputs with LANES threads each: neighbours read neighbouring vec4 of w.

struct Params {
  n: u32,
  k4: u32, // row length of w in vec4
  x_row4: u32, // vec4 from one position to the next in x, or 0
  y_row: u32, // elements from one position to the next in y, or 0
}

@group(0) @binding(0) var<storage, read> w: array<vec4f>; // [n, k]
@group(0) @binding(1) var<storage, read> x: array<vec4f>; // [.., k]
@group(0) @binding(2) var<storage, read> residual: array<f32>; // [n], read by EPILOGUE 2 alone
@group(0) @binding(3) var<storage, read> cursor: array<u32>; // [0]: position
@group(0) @binding(4) var<storage, read_write> y: array<f32>; // [.., n]
@group(0) @binding(5) var<uniform> params: Params;

// EPILOGUE (0 store, 2 residual) comes before this text as a constant.
const ROWS = 8u;
const LANES = 8u;
var<workgroup> partial: array<f32, ROWS * LANES>;

@compute @workgroup_size(LANES, ROWS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let n = (group.y * groups.x + group.x) * ROWS + local.y;
  let x0 = cursor[0] * params.x_row4;
  var sum = 0.0;
  if (n < params.n) {
    for (var i = local.x; i < params.k4; i += LANES) {
      sum += dot(w[n * params.k4 + i], x[x0 + i]);
    }
  }
  partial[local.y * LANES + local.x] = sum;
  workgroupBarrier();
  if (local.x == 0 && n < params.n) {
    sum = 0.0;
    for (var i = 0u; i < LANES; i++) {
      sum += partial[local.y * LANES + i];
    }
    if (EPILOGUE == 2) {
      sum += residual[n];
    }
    y[cursor[0] * params.y_row + n] = sum;
  }
}
