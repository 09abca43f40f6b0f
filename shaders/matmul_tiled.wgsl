// C[m, n] = op(A) op(B), or C += that, or C = residual + that
//   FORM 0 (nt): A [m, k], B [n, k]   a linear layer, weight stored [out, in]
//   FORM 1 (nn): A [m, k], B [k, n]   its input gradient
//   FORM 2 (tn): A [k, m], B [k, n]   its weight gradient
// A workgroup of 16 x 16 threads makes a 64 x 64 tile of C, 16 steps of k at a time: both operands
// go through workgroup memory as [k][row], and each thread sums a 4 x 4 tile in registers. Rows have
// a stride of whole vec4; what lies between a row's end and its stride is ignored in A and B, and
// unspecified in C.

struct Params {
  m: u32,
  n: u32,
  k: u32,
  a_stride4: u32, // vec4 from one row of A to the next
  b_stride4: u32,
  c_stride4: u32,
}

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> residual: array<vec4f>; // read by EPILOGUE 2 alone
@group(0) @binding(3) var<storage, read_write> c: array<vec4f>;
@group(0) @binding(4) var<uniform> params: Params;

// FORM and EPILOGUE (0 store, 1 accumulate, 2 residual) come before this text as constants.
const SIDE = 64u; // rows and columns of C a workgroup
const DEPTH = 16u; // steps of k between two barriers
const PITCH = SIDE + 4u; // a row of a tile; the 4 spread the transposing stores over the banks
const THREADS = 16u; // along m and along n

var<workgroup> a_tile: array<f32, DEPTH * PITCH>;
var<workgroup> b_tile: array<f32, DEPTH * PITCH>;

// One vec4 of an operand whose rows run along k ([rows, k]); zero outside.
fn load_along_k(value: vec4f, inside: bool, k: u32) -> vec4f {
  let valid = vec4u(k) + vec4u(0, 1, 2, 3) < vec4u(params.k);
  return select(vec4f(0), value, valid & vec4<bool>(inside));
}

@compute @workgroup_size(THREADS, THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row0 = group.y * SIDE;
  let column0 = group.x * SIDE;
  // Where this thread loads: along k, 64 rows of 4 vec4; along m or n, 16 rows of 16 vec4.
  let k_row = lane / 4;
  let k_step = 4 * (lane % 4);
  let flat_step = lane / 16;
  let flat_row = 4 * (lane % 16);

  var sums: array<vec4f, 4>;
  for (var k0 = 0u; k0 < params.k; k0 += DEPTH) {
    if (FORM == 2) {
      let k = k0 + flat_step;
      let row4 = (row0 + flat_row) / 4;
      let inside = k < params.k && row4 < params.a_stride4;
      let value = select(vec4f(0), a[select(0, k * params.a_stride4 + row4, inside)], inside);
      for (var i = 0u; i < 4; i++) {
        a_tile[flat_step * PITCH + flat_row + i] = value[i];
      }
    } else {
      let k = k0 + k_step;
      let inside = row0 + k_row < params.m && k < params.k;
      let i4 = select(0, (row0 + k_row) * params.a_stride4 + k / 4, inside);
      let value = load_along_k(a[i4], inside, k);
      for (var i = 0u; i < 4; i++) {
        a_tile[(k_step + i) * PITCH + k_row] = value[i];
      }
    }
    if (FORM == 0) {
      let k = k0 + k_step;
      let inside = column0 + k_row < params.n && k < params.k;
      let i4 = select(0, (column0 + k_row) * params.b_stride4 + k / 4, inside);
      let value = load_along_k(b[i4], inside, k);
      for (var i = 0u; i < 4; i++) {
        b_tile[(k_step + i) * PITCH + k_row] = value[i];
      }
    } else {
      let k = k0 + flat_step;
      let column4 = (column0 + flat_row) / 4;
      let inside = k < params.k && column4 < params.b_stride4;
      let value = select(vec4f(0), b[select(0, k * params.b_stride4 + column4, inside)], inside);
      for (var i = 0u; i < 4; i++) {
        b_tile[flat_step * PITCH + flat_row + i] = value[i];
      }
    }
    workgroupBarrier();
    for (var step = 0u; step < DEPTH; step++) {
      let a0 = step * PITCH + 4 * local.y;
      let b0 = step * PITCH + 4 * local.x;
      let y = vec4f(b_tile[b0], b_tile[b0 + 1], b_tile[b0 + 2], b_tile[b0 + 3]);
      for (var r = 0u; r < 4; r++) {
        sums[r] += a_tile[a0 + r] * y;
      }
    }
    workgroupBarrier();
  }
  let column = column0 + 4 * local.x;
  for (var r = 0u; r < 4; r++) {
    let row = row0 + 4 * local.y + r;
    if (row < params.m && column < params.n) {
      let i = row * params.c_stride4 + column / 4;
      if (EPILOGUE == 0) {
        c[i] = sums[r];
      } else if (EPILOGUE == 1) {
        c[i] += sums[r];
      } else {
        c[i] = residual[i] + sums[r];
      }
    }
  }
}
