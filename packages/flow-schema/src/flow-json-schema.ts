import { COMPLETABLE, FlowDocument, FlowNode } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";

/**
 * The JSON Schema (2020-12) of flow files: the envelope, and for each node type the shape of its settings. Editors complete and check
 * flow files with it. Formats such as `prompt` are ours: they say what a text is an id of, and check nothing.
 */
export function flowJsonSchema(registry: NodeTypeRegistry): Readonly<Record<string, unknown>> {
  const types = [...registry.all()].sort((a, b) =>
    a.type === b.type ? a.typeVersion - b.typeVersion : a.type < b.type ? -1 : 1,
  );
  const { properties, required, ...envelope } = plain(FlowDocument);
  const optional = new Set(Object.keys(COMPLETABLE));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Cordboard flow",
    ...envelope,
    required: (required ?? []).filter((name) => !optional.has(name)),
    properties: {
      $schema: { type: "string" },
      ...properties,
      nodes: { ...properties?.nodes, items: { $ref: "#/$defs/node" } },
    },
    $defs: {
      answer: {
        description: "An answer of the template's questions",
        type: "string",
        pattern: ANSWER,
      },
      node: {
        ...plain(FlowNode),
        allOf: [
          { properties: { type: { enum: [...new Set(types.map(({ type }) => type))] } } },
          ...types.map(({ type, typeVersion, config }) => ({
            if: { properties: { type: { const: type }, typeVersion: { const: typeVersion } } },
            // biome-ignore lint/suspicious/noThenProperty: "then" is JSON Schema's word.
            then: { properties: { config: orAnswer(plain(config)) } },
          })),
        ],
      },
    },
  };
}

interface PlainSchema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** TypeBox puts marks of its own on schemas, which are not JSON. */
function plain(schema: object): PlainSchema {
  return JSON.parse(JSON.stringify(schema));
}

/** A text that is nothing but the place of an answer: it becomes the answer itself, a number too (see adopt). */
const ANSWER = "^\\{\\{\\s*param\\.[A-Za-z][A-Za-z0-9_]{0,63}\\s*\\}\\}$";

/** The shape of settings in which a template may put an answer where a number, a yes or no, or a text of a certain form belongs. */
function orAnswer(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(orAnswer);
  if (typeof schema !== "object" || schema === null) return schema;
  const { type, pattern }: { type?: unknown; pattern?: unknown } = schema;
  if (type === "integer" || type === "number" || type === "boolean" || (type === "string" && pattern !== undefined)) {
    return { anyOf: [schema, { $ref: "#/$defs/answer" }] };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, INNER.has(keyword) ? within(keyword, value) : value]),
  );
}

/** The keywords whose values hold further schemas. */
const INNER: ReadonlySet<string> = new Set(["anyOf", "items", "properties", "patternProperties"]);

function within(keyword: string, value: unknown): unknown {
  if (keyword === "anyOf" || keyword === "items") return orAnswer(value);
  return Object.fromEntries(Object.entries(Object(value)).map(([name, inner]) => [name, orAnswer(inner)]));
}
