import { builtInNodeTypes } from "@cordboard/nodes";
import Type from "typebox";
import Value from "typebox/value";
import { describe, expect, test } from "vitest";
import { type FormSchema, firstValue, shapeOf } from "./schema-shape.ts";

const shape = (schema: object) => shapeOf(schema as FormSchema);

test("each kind of schema is drawn as what it is", () => {
  expect(shape(Type.String()).kind).toBe("text");
  expect(shape(Type.Integer())).toEqual({ kind: "number", whole: true });
  expect(shape(Type.Boolean()).kind).toBe("boolean");
  expect(shape(Type.Array(Type.String(), { maxItems: 3 }))).toMatchObject({ kind: "list", least: 0, most: 3 });
  expect(shape(Type.Union([Type.Literal("a"), Type.Literal("b")]))).toEqual({ kind: "options", options: ["a", "b"] });
  expect(shape(Type.Union([Type.String({ format: "prompt" }), Type.Null()]))).toMatchObject({
    kind: "optional",
    inner: { type: "string", format: "prompt" },
  });
});

test("forms of an object are told apart by the member that has one value in each", () => {
  const target = Type.Union([
    Type.Object({ kind: Type.Literal("number"), number: Type.String() }),
    Type.Object({ kind: Type.Literal("sip"), uri: Type.String() }),
  ]);
  const found = shape(target);
  expect(found).toMatchObject({ kind: "variants", tag: "kind" });
  expect(firstValue(target as FormSchema, () => "x")).toEqual({ kind: "number", number: "" });
});

test("what cannot be told apart is not guessed at", () => {
  expect(shape(Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })])).kind).toBe(
    "unknown",
  );
});

describe.each(builtInNodeTypes.map((type) => [type.type, type] as const))("the settings of %s", (_, type) => {
  test("can all be drawn", () => {
    const walk = (schema: FormSchema, path: string): void => {
      const found = shapeOf(schema);
      expect(found.kind, path).not.toBe("unknown");
      if (found.kind === "object") for (const [name, inner] of found.properties) walk(inner, `${path}.${name}`);
      if (found.kind === "list") walk(found.items, `${path}[]`);
      if (found.kind === "optional") walk(found.inner, path);
      if (found.kind === "variants")
        for (const { schema: inner, value } of found.variants) walk(inner, `${path}=${value}`);
    };
    const hints = Object.entries(type.form).filter(([, { widget }]) => widget.startsWith("flow"));
    if (hints.length === 0) walk(type.config as FormSchema, type.type);
  });

  test("of a new element have the element's shape, but for what must be chosen", () => {
    let count = 0;
    const lists = Object.values((type.config as FormSchema).properties ?? {}).filter((one) => one.items);
    for (const { items } of lists) {
      if (!items) continue;
      const made = firstValue(items, () => `id${++count}`);
      const wrong = [...Value.Errors(items as object, made)].filter(
        ({ keyword }) => !["minLength", "pattern", "enum"].includes(keyword),
      );
      expect(wrong).toEqual([]);
    }
  });
});
