// Rotates the q and k heads of packed qkv rows in place (Hugging Face's half-split layout):
//   (x[j], x[j + h]) <- (x[j] cos - x[j + h] sin, x[j + h] cos + x[j] sin),  h = head_dim / 2
// The angle is position * theta^(-2 j / head_dim); its cosine and sine are looked up. `direction` -1
// rotates back, which is the backward pass. One thread turns one pair.

struct Params {
  rows: u32,
  context: u32, // a row's position is its index modulo this
  heads: u32, // q heads and k heads: they lie next to each other
  half: u32, // head_dim / 2
  row_stride: u32, // elements
  direction: f32, // 1 or -1
}

@group(0) @binding(0) var<storage, read> cosine: array<f32>; // [context, half]
@group(0) @binding(1) var<storage, read> sine: array<f32>; // [context, half]
@group(0) @binding(2) var<storage, read> cursor: array<u32>; // [0]: the first row to turn
@group(0) @binding(3) var<storage, read_write> qkv: array<f32>; // [.., row_stride]
@group(0) @binding(4) var<uniform> params: Params;

override WORKGROUP: u32 = 64;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = (group.y * groups.x + group.x) * WORKGROUP + lane;
  let pairs = params.heads * params.half;
  if (index >= params.rows * pairs) {
    return;
  }
  let row = cursor[0] + index / pairs;
  let head = (index % pairs) / params.half;
  let j = index % params.half;
  let angle = (row % params.context) * params.half + j;
  let c = cosine[angle];
  let s = params.direction * sine[angle];
  let i = row * params.row_stride + 2 * head * params.half + j;
  let x = qkv[i];
  let y = qkv[i + params.half];
  qkv[i] = x * c - y * s;
  qkv[i + params.half] = y * c + x * s;
}
