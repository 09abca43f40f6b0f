// C[m, n] = op(A) op(B), or C += that, or C = residual + that
//   FORM 0 (nt): A [m, k], B [n, k]   a linear layer, weight stored [out, in]
//   FORM 1 (nn): A [m, k], B [k, n]   its input gradient
//   FORM 2 (tn): A [k, m], B [k, n]   its weight gradient
// Each thread holds an 8 x 8 tile of C in registers and reads A and B straight from memory: no
// workgroup memory, no barriers. Rows have a stride of whole vec4; what lies between a row's end
// and its stride is ignored in A and B, and unspecified in C.

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
const TILE = 8u; // rows and columns of C a thread
const TILE4 = TILE / 4;
const THREADS = 8u; // along m and along n

alias Accumulator = array<vec4f, TILE * TILE4>;

// Zero beyond the end of a row of length k, where only padding follows.
fn within(value: vec4f, column: u32, length: u32) -> vec4f {
  return select(vec4f(0), value, vec4u(column) + vec4u(0, 1, 2, 3) < vec4u(length));
}

// One vec4 of k. Only in the last one may padding follow: there `tail` masks it.
fn step_nt(
  i: u32,
  tail: bool,
  a_rows: ptr<function, array<u32, TILE>>,
  b_rows: ptr<function, array<u32, TILE>>,
  sums: ptr<function, Accumulator>,
) {
  var y: array<vec4f, TILE>;
  for (var j = 0u; j < TILE; j++) {
    y[j] = b[(*b_rows)[j] + i];
    if (tail) {
      y[j] = within(y[j], 4 * i, params.k);
    }
  }
  for (var r = 0u; r < TILE; r++) {
    var x = a[(*a_rows)[r] + i];
    if (tail) {
      x = within(x, 4 * i, params.k);
    }
    for (var j = 0u; j < TILE4; j++) {
      (*sums)[r * TILE4 + j] += vec4f(
        dot(x, y[4 * j]),
        dot(x, y[4 * j + 1]),
        dot(x, y[4 * j + 2]),
        dot(x, y[4 * j + 3]),
      );
    }
  }
}

fn multiply_nt(row0: u32, column0: u32, sums: ptr<function, Accumulator>) {
  // Rows beyond the last are read again and their results not stored.
  var a_rows: array<u32, TILE>;
  var b_rows: array<u32, TILE>;
  for (var r = 0u; r < TILE; r++) {
    a_rows[r] = min(row0 + r, params.m - 1) * params.a_stride4;
    b_rows[r] = min(column0 + r, params.n - 1) * params.b_stride4;
  }
  for (var i = 0u; i < params.k / 4; i++) {
    step_nt(i, false, &a_rows, &b_rows, sums);
  }
  if (params.k % 4 != 0) {
    step_nt(params.k / 4, true, &a_rows, &b_rows, sums);
  }
}

fn step_nn(
  i: u32,
  tail: bool,
  a_rows: ptr<function, array<u32, TILE>>,
  column4: u32,
  sums: ptr<function, Accumulator>,
) {
  let last4 = params.b_stride4 - 1;
  var y: array<vec4f, 4 * TILE4>;
  for (var step = 0u; step < 4; step++) {
    let b_row = min(4 * i + step, params.k - 1) * params.b_stride4;
    for (var j = 0u; j < TILE4; j++) {
      y[step * TILE4 + j] = b[b_row + min(column4 + j, last4)];
    }
  }
  for (var r = 0u; r < TILE; r++) {
    var x = a[(*a_rows)[r] + i];
    if (tail) {
      x = within(x, 4 * i, params.k);
    }
    for (var j = 0u; j < TILE4; j++) {
      (*sums)[r * TILE4 + j] += x.x * y[j] + x.y * y[TILE4 + j]
        + x.z * y[2 * TILE4 + j] + x.w * y[3 * TILE4 + j];
    }
  }
}

fn multiply_nn(row0: u32, column0: u32, sums: ptr<function, Accumulator>) {
  var a_rows: array<u32, TILE>;
  for (var r = 0u; r < TILE; r++) {
    a_rows[r] = min(row0 + r, params.m - 1) * params.a_stride4;
  }
  for (var i = 0u; i < params.k / 4; i++) {
    step_nn(i, false, &a_rows, column0 / 4, sums);
  }
  if (params.k % 4 != 0) {
    step_nn(params.k / 4, true, &a_rows, column0 / 4, sums);
  }
}

fn multiply_tn(row0: u32, column0: u32, sums: ptr<function, Accumulator>) {
  let row4 = row0 / 4;
  let column4 = column0 / 4;
  let last_row4 = params.a_stride4 - 1;
  let last_column4 = params.b_stride4 - 1;
  for (var i = 0u; i < params.k; i++) {
    var b_row: array<vec4f, TILE4>;
    for (var j = 0u; j < TILE4; j++) {
      b_row[j] = b[i * params.b_stride4 + min(column4 + j, last_column4)];
    }
    for (var r4 = 0u; r4 < TILE4; r4++) {
      let x = a[i * params.a_stride4 + min(row4 + r4, last_row4)];
      for (var r = 0u; r < 4; r++) {
        for (var j = 0u; j < TILE4; j++) {
          (*sums)[(4 * r4 + r) * TILE4 + j] += x[r] * b_row[j];
        }
      }
    }
  }
}

@compute @workgroup_size(THREADS, THREADS)
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let row0 = thread.y * TILE;
  let column0 = thread.x * TILE;
  if (row0 >= params.m || column0 >= params.n) {
    return;
  }
  var sums: Accumulator;
  if (FORM == 0) {
    multiply_nt(row0, column0, &sums);
  } else if (FORM == 1) {
    multiply_nn(row0, column0, &sums);
  } else {
    multiply_tn(row0, column0, &sums);
  }
  for (var r = 0u; r < TILE; r++) {
    let row = row0 + r;
    for (var j = 0u; j < TILE4; j++) {
      if (row < params.m && column0 + 4 * j < params.n) {
        let i = row * params.c_stride4 + column0 / 4 + j;
        if (EPILOGUE == 0) {
          c[i] = sums[r * TILE4 + j];
        } else if (EPILOGUE == 1) {
          c[i] += sums[r * TILE4 + j];
        } else {
          c[i] = residual[i] + sums[r * TILE4 + j];
        }
      }
    }
  }
}
