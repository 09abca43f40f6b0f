import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StoryloomError } from "../lib/errors";
import { encodeSafetensors, type NewTensor, openSafetensors } from "./safetensors";

const encoder = new TextEncoder();

/** A file with this header text and this many data bytes. */
function fileOf(header: unknown, dataBytes = 0): Blob {
  const json = encoder.encode(typeof header === "string" ? header : JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  return new Blob([length, json, new Uint8Array(dataBytes)]);
}

const entry = (start: number, end: number, shape = [(end - start) / 4], dtype = "F32") => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

/** A tensor of bytes 1, 2, 3, … */
function tensor(name: string, dtype: NewTensor["dtype"], shape: number[], bytes: number) {
  return { name, dtype, shape, bytes: Uint8Array.from({ length: bytes }, (_, i) => i + 1) };
}

async function problemOf(file: Blob) {
  const thrown: unknown = await openSafetensors(file, "x.safetensors").then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(StoryloomError);
  return (thrown as StoryloomError).problem;
}

describe("encodeSafetensors", () => {
  const tensors = [
    tensor("b", "U8", [3], 3),
    tensor("z", "F32", [2, 1], 8),
    tensor("a", "U8", [], 1),
    tensor("10", "F32", [1], 4),
  ];
  const headerOf = (parts: Uint8Array[]) => new TextDecoder().decode(parts[0]!.subarray(8));

  it("writes large elements first, then by name, whatever order it is given", () => {
    const parts = encodeSafetensors(tensors, { k: "v", format: "pt" });
    expect(headerOf(parts).trimEnd()).toBe(
      '{"__metadata__":{"format":"pt","k":"v"},' +
        '"10":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},' +
        '"z":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},' +
        '"a":{"dtype":"U8","shape":[],"data_offsets":[12,13]},' +
        '"b":{"dtype":"U8","shape":[3],"data_offsets":[13,16]}}',
    );
    const again = encodeSafetensors(tensors.toReversed(), { format: "pt", k: "v" });
    expect(again).toEqual(parts);
  });

  it("aligns the data to 8 bytes and hands the tensors on without a copy", () => {
    const parts = encodeSafetensors(tensors, {});
    const header = parts[0]!;
    expect(header.length % 8).toBe(0);
    expect(new DataView(header.buffer).getBigUint64(0, true)).toBe(BigInt(header.length - 8));
    expect(headerOf(parts)).toMatch(/^\{.*\} *$/);
    expect(parts[2]).toBe(tensors[1]!.bytes);
  });

  it("refuses names that collide and bytes that do not fit", () => {
    const one = tensor("a", "F32", [1], 4);
    expect(() => encodeSafetensors([one, one], {})).toThrow("tensor name a is taken");
    for (const name of ["__metadata__", "__proto__"]) {
      expect(() => encodeSafetensors([{ ...one, name }], {})).toThrow(`${name} is taken`);
    }
    expect(() => encodeSafetensors([{ ...one, shape: [2] }], {})).toThrow("4 bytes for F32 [2]");
    expect(() => encodeSafetensors([{ ...one, shape: [2 ** 30, 2 ** 30] }], {})).toThrow("4 bytes");
  });
});

describe("openSafetensors", () => {
  it("reads back what was written", async () => {
    const dtypes = ["F64", "F32", "BF16", "U8"] as const;
    const bytesOf = { F64: 8, F32: 4, BF16: 2, U8: 1 };
    const anyTensor = fc
      .tuple(
        fc.string({ unit: "binary" }).filter((s) => s !== "__proto__" && s !== "__metadata__"),
        fc.constantFrom(...dtypes),
        fc.array(fc.nat(4), { maxLength: 3 }),
        fc.nat(255),
      )
      .map(([name, dtype, shape, first]): NewTensor => {
        const length = shape.reduce((a, b) => a * b, bytesOf[dtype]);
        return { name, dtype, shape, bytes: new Uint8Array(length).fill(first) };
      });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyTensor, { selector: (t) => t.name, maxLength: 6 }),
        fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })),
        async (tensors, metadata) => {
          const file = await openSafetensors(
            new Blob(encodeSafetensors(tensors, metadata)),
            "x.safetensors",
          );
          expect(file.metadata).toEqual(new Map(Object.entries(metadata)));
          expect([...file.tensors.keys()].sort()).toEqual(tensors.map((t) => t.name).sort());
          for (const { name, dtype, shape, bytes } of tensors) {
            expect(file.tensors.get(name)).toMatchObject({ dtype, shape });
            expect(await file.read(name)).toEqual(bytes);
          }
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it("meets any damage with a file or a typed error, quickly", async () => {
    const good = encodeSafetensors([tensor("a", "F32", [2, 3], 24), tensor("b", "U8", [5], 5)], {
      format: "pt",
    });
    const bytes = new Uint8Array(await new Blob(good).arrayBuffer());
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, cut) => {
        const bad = bytes.slice();
        for (const [at, value] of changes) bad[at] = value;
        // Half of the time the file keeps its length.
        const file = new Blob([cut % 2 === 0 ? bad : bad.subarray(0, cut)]);
        try {
          const opened = await openSafetensors(file, "x.safetensors");
          for (const name of opened.tensors.keys()) await opened.read(name);
        } catch (error) {
          expect(error).toBeInstanceOf(StoryloomError);
          refused++;
        }
      }),
      { seed: 2, numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(1500);
  });

  it("says of a file that was cut short how long it should be", async () => {
    const whole = new Blob(encodeSafetensors([tensor("a", "F32", [25], 100)], {}));
    const { size } = whole;
    expect(await problemOf(whole.slice(0, 7))).toMatchObject({
      code: "file-cut-short",
      what: "“x.safetensors” was cut short: it should have 8 bytes and has 7.",
    });
    // The header's own length is known after 8 bytes.
    expect(await problemOf(whole.slice(0, 20))).toMatchObject({
      code: "file-cut-short",
      what: `“x.safetensors” was cut short: it should have ${size - 100} bytes and has 20.`,
    });
    expect(await problemOf(whole.slice(0, size - 1))).toMatchObject({
      code: "file-cut-short",
      what: `“x.safetensors” was cut short: it should have ${size} bytes and has ${size - 1}.`,
    });
    expect((await problemOf(new Blob([]))).code).toBe("file-cut-short");
  });

  it.each<[reason: string, file: Blob]>([
    ["header length of 8030046917602012751", new Blob(["Once upon a time"])],
    ["header length of 18446744073709551615", new Blob([new Uint8Array(64).fill(255)])],
    ["header length of 0", new Blob([new Uint8Array(64)])],
    ["no valid JSON", fileOf('{"a":')],
    ["no valid JSON", fileOf(`\u{feff}{}`)],
    ["no valid JSON", new Blob([Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xc3, 0x28, 0x22)])],
    ["no valid JSON", fileOf("[".repeat(1_000_000))],
    ["no JSON object", fileOf("[]")],
    ["no JSON object", fileOf("null")],
    ["forbidden name __proto__", fileOf('{"__proto__":{}}')],
    ["forbidden name __proto__", fileOf('{"__metadata__":{"\\u005f_proto__":"x"}}')],
    [
      "the name “a” twice",
      fileOf(`{"a":${JSON.stringify(entry(0, 0))},"\\u0061" :${JSON.stringify(entry(0, 0))}}`),
    ],
    ["the name “k” twice", fileOf('{"__metadata__":{"k":"a: {","k":"b"}}')],
    ["__metadata__ is no JSON object", fileOf({ __metadata__: ["pt"] })],
    ["“step” in __metadata__ is no string", fileOf({ __metadata__: { step: 3 } })],
    ["“a” has an unknown element type", fileOf({ a: entry(0, 4, [1], "F33") })],
    ["“a” has an unknown element type", fileOf({ a: entry(0, 4, [1], "toString") })],
    ["“a” has an unknown element type", fileOf({ a: null })],
    ["the shape of tensor “a”", fileOf({ a: { ...entry(0, 4), shape: "1" } })],
    ["the shape of tensor “a”", fileOf({ a: entry(0, 4, [-1, -1]) }, 4)],
    ["the shape of tensor “a”", fileOf({ a: entry(0, 4, [0.5, 2]) }, 4)],
    ["larger than any file", fileOf({ a: entry(0, 0, [2 ** 32, 2 ** 32]) })],
    // 2^62 elements: in 64 bits its byte length wraps around to 0.
    ["larger than any file", fileOf({ a: entry(0, 0, [2 ** 31, 2 ** 31]) })],
    ["no pair of positions", fileOf({ a: { ...entry(0, 4), data_offsets: [0] } }, 4)],
    ["no pair of positions", fileOf({ a: entry(-4, 0, [1]) }, 4)],
    ["no pair of positions", fileOf('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1e99]}}')],
    ["needs 4 bytes for its shape, but its offsets span 8", fileOf({ a: entry(0, 8, [1]) }, 8)],
    ["needs 4 bytes for its shape, but its offsets span -4", fileOf({ a: entry(4, 0, [1]) }, 4)],
    ["“b” overlaps another", fileOf({ a: entry(0, 8), b: entry(4, 12) }, 12)],
    ["“b” overlaps another", fileOf({ a: entry(0, 8), b: entry(0, 8) }, 8)],
    ["4 bytes before tensor “b” belong to none", fileOf({ a: entry(0, 4), b: entry(8, 12) }, 12)],
    ["4 bytes before tensor “a” belong to none", fileOf({ a: entry(4, 8) }, 8)],
    ["3 bytes follow the last tensor", fileOf({ a: entry(0, 4) }, 7)],
    ["2 bytes follow the last tensor", fileOf({}, 2)],
  ])("refuses a lie: %s", async (reason, file) => {
    const { code, what } = await problemOf(file);
    expect(code).toBe("file-malformed");
    expect(what).toContain(reason);
    expect(what.length).toBeLessThan(300);
  });

  it("says cut short, and allocates nothing, for offsets beyond the end", async () => {
    const { code, what } = await problemOf(fileOf({ a: entry(0, 2 ** 50) }, 16));
    expect(code).toBe("file-cut-short");
    expect(what).toContain("1,125,899,906,842,");
  });

  it("takes an empty tensor that the header names after the one at the same place", async () => {
    const file = await openSafetensors(fileOf({ a: entry(0, 4), b: entry(0, 0) }, 4), "x");
    expect([...file.tensors.keys()]).toEqual(["b", "a"]);
  });

  it("is not confused by quotes and braces inside strings", async () => {
    const metadata = { 'a":': '{"a":', "{": 'k"', k: "\\", l: '"' };
    const file = await openSafetensors(fileOf({ __metadata__: metadata }), "x");
    expect(file.metadata).toEqual(new Map(Object.entries(metadata)));
    const twice = fileOf('{"__metadata__":{"j":"\\"","k":"1","k":"2"}}');
    expect((await problemOf(twice)).what).toContain("the name “k” twice");
  });

  it("keeps messages short for names that are long", async () => {
    const { what } = await problemOf(fileOf({ ["n".repeat(1_000_000)]: 1 }));
    expect(what.length).toBeLessThan(200);
  });

  it("reads no more than the header until it is asked", async () => {
    const whole = new Blob(encodeSafetensors([tensor("a", "F32", [25], 100)], {}));
    let bytesRead = 0;
    const slice = whole.slice.bind(whole);
    whole.slice = (start, end) => {
      bytesRead += (end ?? 0) - (start ?? 0);
      return slice(start, end);
    };
    const file = await openSafetensors(whole, "x.safetensors");
    expect(bytesRead).toBe(whole.size - 100);
    await file.read("a");
    expect(bytesRead).toBe(whole.size);
  });

  it("has a typed error when the file can no longer be read", async () => {
    const whole = new Blob(encodeSafetensors([tensor("a", "F32", [1], 4)], {}));
    const file = await openSafetensors(whole, "x.safetensors");
    whole.slice = () => {
      throw new DOMException("The file was moved", "NotReadableError");
    };
    await expect(file.read("a")).rejects.toMatchObject({
      problem: { code: "file-malformed", what: expect.stringContaining("The file was moved") },
    });
  });
});
