// partial[block, :] = sum of d_y[row, :] * x[row, :] * inverse_rms[row] over the block's rows
// Blocks keep the sum parallel and its order fixed; column_sum adds the blocks up.
// One thread sums one vec4 of columns over one block of ROWS_PER_BLOCK rows.

struct Params {
  rows: u32,
  width4: u32, // row length in vec4
}

@group(0) @binding(0) var<storage, read> x: array<vec4f>; // [rows, width]
@group(0) @binding(1) var<storage, read> inverse_rms: array<f32>; // [rows]
@group(0) @binding(2) var<storage, read> d_y: array<vec4f>; // [rows, width]
@group(0) @binding(3) var<storage, read_write> partial: array<vec4f>; // [blocks, width]
@group(0) @binding(4) var<uniform> params: Params;

override WORKGROUP: u32 = 64;
override ROWS_PER_BLOCK: u32 = 32;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = (group.y * groups.x + group.x) * WORKGROUP + lane;
  let block_index = index / params.width4;
  let column = index % params.width4;
  let first = block_index * ROWS_PER_BLOCK;
  if (first >= params.rows) {
    return;
  }
  let last = min(first + ROWS_PER_BLOCK, params.rows);
  var sum = vec4f(0);
  for (var row = first; row < last; row++) {
    let i = row * params.width4 + column;
    sum += d_y[i] * x[i] * inverse_rms[row];
  }
  partial[index] = sum;
}
