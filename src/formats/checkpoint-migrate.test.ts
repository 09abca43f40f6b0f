import { describe, expect, it } from "vitest";
import { type Migration, migrate, SCHEMA } from "./checkpoint-migrate";

const append =
  (letter: string): Migration =>
  (metadata) =>
    new Map(metadata).set("x", `${metadata.get("x")}${letter}`);
const steps = [append("a"), append("b")];

describe("migrate", () => {
  it.each([
    [1, "-ab"],
    [2, "-b"],
    [3, "-"],
  ])("takes the steps from schema %i on, in their order", (schema, expected) => {
    const metadata = new Map([["x", "-"]]);
    expect(migrate(metadata, schema, steps).get("x")).toBe(expected);
    expect(metadata.get("x")).toBe("-");
  });

  it("leaves what has the present schema as it is", () => {
    const metadata = new Map([["x", "-"]]);
    expect(migrate(metadata, SCHEMA)).toBe(metadata);
  });
});
