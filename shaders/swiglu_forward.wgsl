// out = silu(gate) * up,  silu(x) = x / (1 + exp(-x))
// gate and up lie side by side in a row of gate_up. One thread makes one vec4.

struct Params {
  rows: u32,
  width4: u32, // row length of out in vec4
}

@group(0) @binding(0) var<storage, read> gate_up: array<vec4f>; // [rows, 2 width]
@group(0) @binding(1) var<storage, read_write> out: array<vec4f>; // [rows, width]
@group(0) @binding(2) var<uniform> params: Params;

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
  let i = index + row * params.width4;
  let gate = gate_up[i];
  out[index] = gate / (1.0 + exp(min(-gate, vec4f(80)))) * gate_up[i + params.width4];
}
