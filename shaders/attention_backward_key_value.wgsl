// The key and value gradients of causal attention (FlashAttention, arXiv 2205.14135, algorithm 4),
// summed over the query heads that share the key-value head:
//   p[t, s] = exp(scale q[t] . k[s] - log_sum_exp[t])
//   d_v[s] = sum over t >= s of p[t, s] d_out[t]
//   d_k[s] = scale sum over t >= s of p[t, s] (d_out[t] . v[s] - delta[t]) q[t]
// Writes the k and v heads of d_qkv; no atomics, the order of every sum is fixed. Layouts as in
// attention_forward. One thread owns one key; a workgroup owns KEYS keys of one key-value head.

struct Params {
  batch: u32,
  context: u32,
  heads: u32,
  kv_heads: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read> qkv: array<vec4f>; // [batch context, heads + 2 kv_heads, head_dim]
@group(0) @binding(1) var<storage, read> log_sum_exp: array<f32>; // [batch context, heads]
@group(0) @binding(2) var<storage, read> delta: array<f32>; // [batch context, heads]
@group(0) @binding(3) var<storage, read> d_out: array<vec4f>; // [batch context, heads, head_dim]
@group(0) @binding(4) var<storage, read_write> d_qkv: array<vec4f>; // as qkv
@group(0) @binding(5) var<uniform> params: Params;

// HEAD4 (head_dim / 4) comes before this text as a constant.
const KEYS = 64u;
// WebGPU promises 16 KiB of workgroup memory: at head_dim 128 that holds 15 queries and their statistics.
const QUERIES = min(16u, 480u / HEAD4);

var<workgroup> query_tile: array<vec4f, QUERIES * HEAD4>;
var<workgroup> d_out_tile: array<vec4f, QUERIES * HEAD4>;
var<workgroup> statistics: array<vec2f, QUERIES>; // log_sum_exp, delta

@compute @workgroup_size(KEYS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let blocks = (params.context + KEYS - 1) / KEYS;
  let index = group.y * groups.x + group.x;
  if (index >= params.batch * params.kv_heads * blocks) {
    return;
  }
  let first_key = (index % blocks) * KEYS;
  let kv_head = (index / blocks) % params.kv_heads;
  let row0 = (index / blocks / params.kv_heads) * params.context;
  let shared_by = params.heads / params.kv_heads;
  let row4 = (params.heads + 2 * params.kv_heads) * HEAD4;
  let key0 = (params.heads + kv_head) * HEAD4;
  let value0 = key0 + params.kv_heads * HEAD4;

  let position = first_key + lane;
  let alive = position < params.context;
  let row = row0 + min(position, params.context - 1);
  var key: array<vec4f, HEAD4>;
  var value: array<vec4f, HEAD4>;
  var d_key: array<vec4f, HEAD4>;
  var d_value: array<vec4f, HEAD4>;
  for (var i = 0u; i < HEAD4; i++) {
    key[i] = qkv[row * row4 + key0 + i] * params.scale;
    value[i] = qkv[row * row4 + value0 + i];
  }

  for (var member = 0u; member < shared_by; member++) {
    let head = kv_head * shared_by + member;
    for (var first_query = first_key; first_query < params.context; first_query += QUERIES) {
      workgroupBarrier();
      for (var i = lane; i < QUERIES * HEAD4; i += KEYS) {
        let query_row = row0 + min(first_query + i / HEAD4, params.context - 1);
        query_tile[i] = qkv[query_row * row4 + head * HEAD4 + i % HEAD4];
        d_out_tile[i] = d_out[(query_row * params.heads + head) * HEAD4 + i % HEAD4];
      }
      if (lane < QUERIES) {
        let query_row = row0 + min(first_query + lane, params.context - 1);
        let head_row = query_row * params.heads + head;
        statistics[lane] = vec2f(log_sum_exp[head_row], delta[head_row]);
      }
      workgroupBarrier();
      let end = min(QUERIES, params.context - first_query);
      // Queries before this key do not see it.
      for (var j = max(position, first_query) - first_query; j < end; j++) {
        var score = 0.0;
        var d_probability = 0.0;
        for (var i = 0u; i < HEAD4; i++) {
          score += dot(key[i], query_tile[j * HEAD4 + i]);
          d_probability += dot(value[i], d_out_tile[j * HEAD4 + i]);
        }
        let probability = exp(score - statistics[j].x);
        let d_score = probability * (d_probability - statistics[j].y);
        for (var i = 0u; i < HEAD4; i++) {
          d_value[i] += probability * d_out_tile[j * HEAD4 + i];
          d_key[i] += d_score * query_tile[j * HEAD4 + i];
        }
      }
    }
  }
  if (alive) {
    for (var i = 0u; i < HEAD4; i++) {
      d_qkv[row * row4 + key0 + i] = d_key[i] * params.scale;
      d_qkv[row * row4 + value0 + i] = d_value[i];
    }
  }
}
