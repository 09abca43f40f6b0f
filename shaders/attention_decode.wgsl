// Attention of one new token over the cache of packed qkv rows 0 .. position (its own row last):
//   out = sum over s of softmax_s(scale q[position] . k[s]) v[s]
// One workgroup a query head. It walks over the cache CHUNK keys at a time: every thread scores
// some of the chunk's keys, then sums some of the head's dimensions, with an online softmax
// between chunks.

struct Params {
  context: u32, // rows of the cache
  heads: u32,
  kv_heads: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>; // [context, heads + 2 kv_heads, head_dim]
@group(0) @binding(1) var<storage, read> cursor: array<u32>; // [0]: position
@group(0) @binding(2) var<storage, read_write> out: array<vec4f>; // [heads, head_dim]
@group(0) @binding(3) var<uniform> params: Params;

// HEAD4 (head_dim / 4, at most 32) comes before this text as a constant.
const THREADS = 32u;
const CHUNK = 128u;
const MASKED = -3.0e38;

var<workgroup> scores: array<f32, CHUNK>;

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let head = group.x;
  let keys = cursor[0] + 1;
  let kv_head = head / (params.heads / params.kv_heads);
  let row4 = (params.heads + 2 * params.kv_heads) * HEAD4;
  let query0 = cursor[0] * row4 + head * HEAD4;
  let key0 = (params.heads + kv_head) * HEAD4;
  let value0 = key0 + params.kv_heads * HEAD4;

  var largest = MASKED;
  var total = 0.0;
  var sum = vec4f(0); // of dimensions 4 lane .. 4 lane + 3
  for (var first = 0u; first < params.context; first += CHUNK) {
    // Chunks past the last key are empty: the loop's length must not depend on a buffer's content,
    // or the barriers inside would not be in uniform control flow.
    let chunk = min(CHUNK, keys - min(first, keys));
    workgroupBarrier();
    for (var j = lane; j < chunk; j += THREADS) {
      var score = 0.0;
      for (var i = 0u; i < HEAD4; i++) {
        score += dot(qkv[query0 + i], qkv[(first + j) * row4 + key0 + i]);
      }
      scores[j] = score * params.scale;
    }
    workgroupBarrier();
    if (lane < HEAD4 && chunk > 0) {
      var chunk_largest = largest;
      for (var j = 0u; j < chunk; j++) {
        chunk_largest = max(chunk_largest, scores[j]);
      }
      let correction = exp(largest - chunk_largest);
      total *= correction;
      sum *= correction;
      for (var j = 0u; j < chunk; j++) {
        let weight = exp(scores[j] - chunk_largest);
        total += weight;
        sum += weight * qkv[(first + j) * row4 + value0 + lane];
      }
      largest = chunk_largest;
    }
  }
  if (lane < HEAD4) {
    out[head * HEAD4 + lane] = sum / total;
  }
}
