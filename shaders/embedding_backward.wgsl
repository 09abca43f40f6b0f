// d_table[token, :] += sum of d_out[row, :] over the rows that hold this token
// The rows come sorted by token (positions, and where each token's run starts), so that the sum
// has a fixed order and needs no atomics. One thread adds up one vec4 of one token.

struct Params {
  vocab: u32,
  width4: u32, // row length in vec4
}

@group(0) @binding(0) var<storage, read> starts: array<u32>; // [vocab + 1], into positions
@group(0) @binding(1) var<storage, read> positions: array<u32>; // [rows]
@group(0) @binding(2) var<storage, read> d_out: array<vec4f>; // [rows, width]
@group(0) @binding(3) var<storage, read_write> d_table: array<vec4f>; // [vocab, width]
@group(0) @binding(4) var<uniform> params: Params;

override WORKGROUP: u32 = 64;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = (group.y * groups.x + group.x) * WORKGROUP + lane;
  if (index >= params.vocab * params.width4) {
    return;
  }
  let token = index / params.width4;
  let column = index % params.width4;
  let end = starts[token + 1];
  var sum = vec4f(0);
  for (var i = starts[token]; i < end; i++) {
    sum += d_out[positions[i] * params.width4 + column];
  }
  d_table[index] += sum;
}
