// out[row, :] = table[ids[row], :]
// One thread copies one vec4 of one row.

struct Params {
  rows: u32,
  width4: u32, // row length in vec4
}

@group(0) @binding(0) var<storage, read> ids: array<u32>; // [rows]
@group(0) @binding(1) var<storage, read> table: array<vec4f>; // [vocab, width]
@group(0) @binding(2) var<storage, read_write> out: array<vec4f>; // [rows, width]
@group(0) @binding(3) var<uniform> params: Params;

override WORKGROUP: u32 = 64;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = (group.y * groups.x + group.x) * WORKGROUP + lane;
  if (index >= params.rows * params.width4) {
    return;
  }
  let row = index / params.width4;
  let column = index % params.width4;
  out[index] = table[ids[row] * params.width4 + column];
}
