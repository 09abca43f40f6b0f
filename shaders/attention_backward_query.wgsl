// The query gradient of causal attention; probabilities are computed again from log_sum_exp
// (FlashAttention, arXiv 2205.14135, algorithm 4):
//   delta[t] = d_out[t] . out[t]
//   p[t, s] = exp(scale q[t] . k[s] - log_sum_exp[t])
//   d_q[t] = scale sum over s <= t of p[t, s] (d_out[t] . v[s] - delta[t]) k[s]
// Writes the q heads of d_qkv, and delta for the key-value pass. Layouts as in attention_forward.
// One thread owns one query; a workgroup owns QUERIES queries of one head.

struct Params {
  batch: u32,
  context: u32,
  heads: u32,
  kv_heads: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>; // [batch context, heads + 2 kv_heads, head_dim]
@group(0) @binding(1) var<storage, read> out: array<vec4f>; // [batch context, heads, head_dim]
@group(0) @binding(2) var<storage, read> log_sum_exp: array<f32>; // [batch context, heads]
@group(0) @binding(3) var<storage, read> d_out: array<vec4f>; // [batch context, heads, head_dim]
@group(0) @binding(4) var<storage, read_write> delta: array<f32>; // [batch context, heads]
@group(0) @binding(5) var<storage, read_write> d_qkv: array<vec4f>; // as qkv
@group(0) @binding(6) var<uniform> params: Params;

// HEAD4 (head_dim / 4) comes before this text as a constant.
const QUERIES = 64u;
const KEYS = 16u;

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
  let head_row = row * params.heads + head;
  var query: array<vec4f, HEAD4>;
  var d_output: array<vec4f, HEAD4>;
  var d_query: array<vec4f, HEAD4>;
  var out_product = 0.0;
  for (var i = 0u; i < HEAD4; i++) {
    query[i] = qkv[row * row4 + head * HEAD4 + i] * params.scale;
    d_output[i] = d_out[head_row * HEAD4 + i];
    out_product += dot(d_output[i], out[head_row * HEAD4 + i]);
  }
  let normalizer = log_sum_exp[head_row];
  let seen = select(0, position + 1, alive); // keys

  let end = min(first_query + QUERIES, params.context);
  for (var first_key = 0u; first_key < end; first_key += KEYS) {
    workgroupBarrier();
    for (var i = lane; i < KEYS * HEAD4; i += QUERIES) {
      let key_row = (row0 + min(first_key + i / HEAD4, params.context - 1)) * row4;
      key_tile[i] = qkv[key_row + key0 + i % HEAD4];
      value_tile[i] = qkv[key_row + value0 + i % HEAD4];
    }
    workgroupBarrier();
    let keys = min(KEYS, seen - min(first_key, seen));
    for (var j = 0u; j < keys; j++) {
      var score = 0.0;
      var d_probability = 0.0;
      for (var i = 0u; i < HEAD4; i++) {
        score += dot(query[i], key_tile[j * HEAD4 + i]);
        d_probability += dot(d_output[i], value_tile[j * HEAD4 + i]);
      }
      let d_score = exp(score - normalizer) * (d_probability - out_product);
      for (var i = 0u; i < HEAD4; i++) {
        d_query[i] += d_score * key_tile[j * HEAD4 + i];
      }
    }
  }
  if (alive) {
    for (var i = 0u; i < HEAD4; i++) {
      d_qkv[row * row4 + head * HEAD4 + i] = d_query[i] * params.scale;
    }
    delta[head_row] = out_product;
  }
}
