// Causal attention with an online softmax (Milakov and Gimelshein, arXiv 1805.02867; FlashAttention,
// arXiv 2205.14135): no T x T matrix is ever written.
//   out[t] = sum over s <= t of softmax_s(scale q[t] . k[s]) v[s]
//   log_sum_exp[t] = log sum over s <= t of exp(scale q[t] . k[s])
// qkv holds in each row the q heads, then the k heads, then the v heads. Query head h uses
// key-value head h / (heads / kv_heads). One thread owns one query; a workgroup owns QUERIES
// queries of one head and walks over the keys, KEYS of them at a time in workgroup memory.

struct Params {
  batch: u32,
  context: u32,
  heads: u32,
  kv_heads: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>; // [batch context, heads + 2 kv_heads, head_dim]
@group(0) @binding(1) var<storage, read_write> out: array<vec4f>; // [batch context, heads, head_dim]
@group(0) @binding(2) var<storage, read_write> log_sum_exp: array<f32>; // [batch context, heads]
@group(0) @binding(3) var<uniform> params: Params;

// HEAD4 (head_dim / 4) comes before this text as a constant.
const QUERIES = 64u;
const KEYS = 16u;
const MASKED = -3.0e38; // finite: infinity is not reliable in WGSL

var<workgroup> key_tile: array<vec4f, KEYS * HEAD4>;
var<workgroup> value_tile: array<vec4f, KEYS * HEAD4>;

@compute @workgroup_size(QUERIES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let blocks = (params.context + QUERIES - 1) / QUERIES;
  let index = group.y * groups.x + group.x;
  if (index >= params.batch * params.heads * blocks) {
    return;
  }
  let first_query = (index % blocks) * QUERIES;
  let head = (index / blocks) % params.heads;
  let row0 = (index / blocks / params.heads) * params.context;
  let kv_head = head / (params.heads / params.kv_heads);
  let row4 = (params.heads + 2 * params.kv_heads) * HEAD4;
  let key0 = (params.heads + kv_head) * HEAD4;
  let value0 = key0 + params.kv_heads * HEAD4;

  let position = first_query + lane;
  let alive = position < params.context;
  let row = row0 + min(position, params.context - 1);
  var query: array<vec4f, HEAD4>;
  var sum: array<vec4f, HEAD4>;
  for (var i = 0u; i < HEAD4; i++) {
    query[i] = qkv[row * row4 + head * HEAD4 + i] * params.scale;
  }
  var largest = MASKED;
  var total = 0.0;

  let end = min(first_query + QUERIES, params.context);
  for (var first_key = 0u; first_key < end; first_key += KEYS) {
    workgroupBarrier();
    for (var i = lane; i < KEYS * HEAD4; i += QUERIES) {
      let key_row = (row0 + min(first_key + i / HEAD4, params.context - 1)) * row4;
      key_tile[i] = qkv[key_row + key0 + i % HEAD4];
      value_tile[i] = qkv[key_row + value0 + i % HEAD4];
    }
    workgroupBarrier();
    if (alive && first_key <= position) {
      var scores: array<f32, KEYS>;
      var tile_largest = largest;
      for (var j = 0u; j < KEYS; j++) {
        var score = 0.0;
        for (var i = 0u; i < HEAD4; i++) {
          score += dot(query[i], key_tile[j * HEAD4 + i]);
        }
        scores[j] = select(MASKED, score, first_key + j <= position);
        tile_largest = max(tile_largest, scores[j]);
      }
      // What is summed so far was relative to the old maximum.
      let correction = exp(largest - tile_largest);
      total *= correction;
      for (var i = 0u; i < HEAD4; i++) {
        sum[i] *= correction;
      }
      for (var j = 0u; j < KEYS; j++) {
        let weight = exp(scores[j] - tile_largest);
        total += weight;
        for (var i = 0u; i < HEAD4; i++) {
          sum[i] += weight * value_tile[j * HEAD4 + i];
        }
      }
      largest = tile_largest;
    }
  }
  if (alive) {
    for (var i = 0u; i < HEAD4; i++) {
      out[(row * params.heads + head) * HEAD4 + i] = sum[i] / total;
    }
    log_sum_exp[row * params.heads + head] = largest + log(total);
  }
}
