// With s = 1 / (1 + exp(-gate)):
//   d_gate = d_out * up * s * (1 + gate * (1 - s)),  d_up = d_out * gate * s
// They take the places of gate and up. One thread makes one vec4 of each.

struct Params {
  rows: u32,
  width4: u32, // row length of d_out in vec4
}

@group(0) @binding(0) var<storage, read> d_out: array<vec4f>; // [rows, width]
@group(0) @binding(1) var<storage, read_write> gate_up: array<vec4f>; // [rows, 2 width]
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
  let up = gate_up[i + params.width4];
  let s = 1.0 / (1.0 + exp(min(-gate, vec4f(80)))); // 80: exp must not overflow
  gate_up[i] = d_out[index] * up * s * (1.0 + gate * (1.0 - s));
  gate_up[i + params.width4] = d_out[index] * gate * s;
}
