import { describe, expect, it } from "vitest";
import { relativeL2 } from "../reference/compare";
import { finiteDifferences, innerProduct } from "../reference/finite-differences";
import { matmul } from "../reference/matmul";
import { toFloat64, unpadRows } from "./example";
import {
  type MatmulEpilogue,
  type MatmulForm,
  type MatmulStyle,
  paddedWidth,
  recordMatmul,
} from "./matmul";
import { type MatmulShape, matmulOperands, matmulShapes } from "./matmul.cases";
import { expectClose, TestGpu } from "./testing";

const test = TestGpu.use();
const transposed = {
  nt: { transposeB: true },
  nn: {},
  tn: { transposeA: true },
} as const;

/** C without its padding. */
async function multiply(
  style: MatmulStyle,
  form: MatmulForm,
  epilogue: MatmulEpilogue,
  shape: MatmulShape,
) {
  const operands = matmulOperands(form, epilogue, shape);
  const { added, elements } = operands;
  const a = await test.upload(operands.a.padded, "a", "read");
  const b = await test.upload(operands.b.padded, "b", "read");
  const accumulate = epilogue === "accumulate";
  const c = await test.upload(accumulate ? added!.padded : elements, "c");
  const residual =
    epilogue === "residual" ? await test.upload(added!.padded, "residual", "read") : undefined;
  await test.run((recorder) => {
    recordMatmul(recorder, style, form, {
      ...{ a, b, c, ...shape, accumulate },
      ...(residual && { residual }),
    });
  });
  return { operands, c: unpadRows(await test.read(c), shape.n, paddedWidth(shape.n)) };
}

describe.each(["register", "tiled"] as const)("matmul_%s", (style) => {
  describe.each(["nt", "nn", "tn"] as const)("%s", (form) => {
    describe.each(["store", "accumulate", "residual"] as const)("%s", (epilogue) => {
      it.each(matmulShapes)("matches the reference: $m x $n x $k", async (shape) => {
        const { operands, c } = await multiply(style, form, epilogue, shape);
        const { a, b, added } = operands;
        const product = matmul(toFloat64(a.packed), toFloat64(b.packed), {
          ...shape,
          ...transposed[form],
        });
        expectClose(
          c,
          product.map((value, i) => value + (added?.packed[i] ?? 0)),
        );
      });
    });
  });
});

describe.each(["register", "tiled"] as const)(
  "matmul_%s as gradients of a linear layer",
  (style) => {
    // y = x wᵀ with x [rows, inputs], w [outputs, inputs]; `nn` makes d_x = d_y w, `tn` makes d_w = d_yᵀ x.
    const layers = matmulShapes.filter(
      ({ m, n, k }) => m * n * k > 0 && m * n * k * (m + n + k) < 2e6,
    );
    it.each(layers)("has what finite differences see, d_x: $m x $n x $k", async (shape) => {
      const { m, n: inputs, k: outputs } = shape;
      const { operands, c } = await multiply(style, "nn", "store", shape);
      const forward = { m, n: outputs, k: inputs, transposeB: true };
      const numeric = finiteDifferences(
        (x) =>
          innerProduct(
            matmul(x, toFloat64(operands.b.packed), forward),
            toFloat64(operands.a.packed),
          ),
        new Float64Array(m * inputs),
      );
      expect(relativeL2(c, numeric)).toBeLessThanOrEqual(1e-4);
    });

    it.each(layers)("has what finite differences see, d_w: $m x $n x $k", async (shape) => {
      const { m: outputs, n: inputs, k: rows } = shape;
      const { operands, c } = await multiply(style, "tn", "store", shape);
      const forward = { m: rows, n: outputs, k: inputs, transposeB: true };
      const numeric = finiteDifferences(
        (w) =>
          innerProduct(
            matmul(toFloat64(operands.b.packed), w, forward),
            toFloat64(operands.a.packed),
          ),
        new Float64Array(outputs * inputs),
      );
      expect(relativeL2(c, numeric)).toBeLessThanOrEqual(1e-4);
    });
  },
);
