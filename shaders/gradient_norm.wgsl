// partial[block] = (sum of gradients^2 over the block, 1 if one of them is not finite)
// A block is BLOCK4 vec4 in a row; one workgroup sums one block. gradient_clip adds the blocks up.

struct Params {
  length4: u32, // vec4
}

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>; // [length]
@group(0) @binding(1) var<storage, read_write> partial: array<vec2f>; // [blocks]
@group(0) @binding(2) var<uniform> params: Params;

override WORKGROUP: u32 = 64;
override BLOCK4: u32 = 4096;
var<workgroup> sums: array<vec2f, WORKGROUP>;

// By its bits: comparisons with NaN and infinity are not reliable in WGSL.
fn not_finite(value: vec4f) -> bool {
  let exponent = bitcast<vec4u>(value) & vec4u(0x7f800000u);
  return any(exponent == vec4u(0x7f800000u));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let block_index = group.y * groups.x + group.x;
  let first = block_index * BLOCK4;
  if (first >= params.length4) {
    return;
  }
  let end = min(first + BLOCK4, params.length4);
  var sum = vec2f(0);
  for (var i = first + lane; i < end; i += WORKGROUP) {
    let g = gradients[i];
    sum += vec2f(dot(g, g), select(0.0, 1.0, not_finite(g)));
  }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane == 0) {
    sum = vec2f(0);
    for (var i = 0u; i < WORKGROUP; i++) {
      sum += sums[i];
    }
    partial[block_index] = sum;
  }
}
