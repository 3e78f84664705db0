import type { TSchema } from "typebox";
import Value from "typebox/value";
import type { FlowDocument, FlowNode } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import { escapePointer } from "./shape-findings.ts";

/**
 * What stands in a place. `variable`: the name of a variable of this flow, `variableKey`: one by which a value is filed in the settings.
 * `reference`: what the company has, by its id. `other`: what is no text of the author's: a number, a choice, a setting of an unknown type.
 */
export type PlaceHolds =
  | "flowName"
  | "nodeName"
  | "promptName"
  | "promptText"
  | "variableName"
  | "variableWords"
  | "text"
  | "template"
  | "secretTemplate"
  | "expression"
  | "variable"
  | "variableKey"
  | "reference"
  | "other";

/** A place of a flow where something stands that somebody wrote or chose. */
export interface TextPlace {
  /** JSON pointer into the document (RFC 6901). */
  readonly pointer: string;
  /** The node whose name or setting it is; null: the flow's, a prompt's, a variable's. */
  readonly nodeId: string | null;
  /** Of a setting: its pointer without indices, as its texts are named (`choices.digit`). Otherwise empty. */
  readonly path: string;
  readonly holds: PlaceHolds;
  readonly text: string;
  /** Of a reference: what it names (`queue`, `script` …). */
  readonly kind?: string;
  readonly maxLength?: number;
}

/** Every place of a flow where something can be found, in the order of the document. Settings are read by the schemas of their types. Pure. */
export function textPlaces(document: FlowDocument, registry: NodeTypeRegistry): readonly TextPlace[] {
  return [
    { ...ofFlow, pointer: "/name", holds: "flowName", text: document.name, maxLength: 200 },
    ...document.nodes.flatMap((node, index) => placesOfNode(node, index, registry)),
    ...Object.entries(document.prompts).flatMap(([id, { name, texts }]): TextPlace[] => {
      const pointer = `/prompts/${escapePointer(id)}`;
      return [
        ...(name === undefined
          ? []
          : [{ ...ofFlow, pointer: `${pointer}/name`, holds: "promptName" as const, text: name, maxLength: 200 }]),
        ...Object.entries(texts).map(([language, text]) => ({
          ...{ ...ofFlow, pointer: `${pointer}/texts/${escapePointer(language)}`, text, maxLength: 4_000 },
          holds: "promptText" as const,
        })),
      ];
    }),
    ...Object.entries(document.variables).flatMap(([name, { initial, description }]): TextPlace[] => {
      const pointer = `/variables/${escapePointer(name)}`;
      return [
        { ...ofFlow, pointer, holds: "variableName", text: name },
        ...(typeof initial === "string"
          ? [{ ...ofFlow, pointer: `${pointer}/initial`, holds: "variableWords" as const, text: initial }]
          : []),
        ...(description === undefined
          ? []
          : [
              {
                ...{ ...ofFlow, pointer: `${pointer}/description`, text: description, maxLength: 500 },
                holds: "variableWords" as const,
              },
            ]),
      ];
    }),
  ];
}

const ofFlow = { nodeId: null, path: "" } as const;

function placesOfNode(node: FlowNode, index: number, registry: NodeTypeRegistry): readonly TextPlace[] {
  const at = `/nodes/${index}`;
  const facts = registry.find(node.type, node.typeVersion);
  const name: TextPlace = {
    ...{ pointer: `${at}/name`, nodeId: node.id, path: "", text: node.name, maxLength: 200 },
    holds: "nodeName",
  };
  const inside = facts
    ? read(node.config, facts.config, { pointer: "", path: "" }, facts.form ?? {})
    : bare(node.config, { pointer: "", path: "" });
  const settings = [...inside].map((found) => ({
    ...found,
    ...{ nodeId: node.id, pointer: `${at}/config${found.pointer}` },
  }));
  return [name, ...settings];
}

type Found = Omit<TextPlace, "nodeId">;
type At = Pick<TextPlace, "pointer" | "path">;
type Hints = Readonly<Record<string, { readonly widget: string }>>;

/** A JSON Schema as far as settings use it. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly maxLength?: number;
}

/** Widgets and formats whose texts are an author's, or name something. What is neither here nor a reference is plain text. */
const OWN: Readonly<Record<string, PlaceHolds>> = {
  expression: "expression",
  template: "template",
  secretTemplate: "secretTemplate",
  variable: "variable",
};
const REFERENCES: ReadonlySet<string> = new Set(
  "queue script telephone schedule voicemailBox skill flow contactSource".split(" "),
);
/** What is said stands in the flow's prompts, which have places of their own; keys and languages are choices. */
const CHOSEN: ReadonlySet<string> = new Set(["keys", "digits", "language"]);

function* read(value: unknown, given: TSchema, at: At, hints: Hints): Iterable<Found> {
  // A type's settings have a schema of TypeBox, which is a JSON Schema; what it is not is read as if nothing were known of it.
  const schema = variantOf(given as Schema, value);
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      yield* read(element, schema.items ?? {}, { ...at, pointer: `${at.pointer}/${index}` }, hints);
    }
  } else if (typeof value === "object") {
    const [byName] = schema.properties ? [] : Object.values(schema.patternProperties ?? {});
    for (const [name, member] of Object.entries(value)) {
      const pointer = `${at.pointer}/${escapePointer(name)}`;
      const inner = schema.properties?.[name] ?? byName ?? {};
      // Ids inside lists are for machines, but for those that another flow uses.
      if (name === "id" && !Object.values(hints).some(({ widget }) => widget === "flow")) continue;
      if (hints[at.path]?.widget === "flowResults") {
        yield { ...at, pointer, holds: "variableKey", text: name };
        yield { ...at, pointer, holds: "other", text: String(member) };
      } else yield* read(member, inner, { pointer, path: joined(at.path, byName ? "*" : name) }, hints);
    }
  } else yield* readText(value, schema, at, hints);
}

function* readText(value: unknown, schema: Schema, at: At, hints: Hints): Iterable<Found> {
  if (typeof value !== "string") {
    if (typeof value === "number") yield { ...at, holds: "other", text: String(value) };
    return;
  }
  // Values by name (what a sub-flow is given) are drawn by the format of what they are.
  const widget = hints[at.path]?.widget ?? schema.format ?? "";
  const place = { ...at, text: value, ...(schema.maxLength !== undefined && { maxLength: schema.maxLength }) };
  if (widget === "prompt") return;
  if (REFERENCES.has(widget)) {
    yield { ...place, holds: "reference", kind: widget === "contactSource" ? "connector" : widget };
  } else if (schema.enum || schema.const !== undefined || CHOSEN.has(widget)) yield { ...place, holds: "other" };
  else yield { ...place, holds: OWN[widget] ?? "text" };
}

/** Of a schema that has several forms, the one that a value has. */
function variantOf(schema: Schema, value: unknown): Schema {
  const some = schema.anyOf?.filter(({ type }) => type !== "null");
  if (!some) return schema;
  return (some.length === 1 ? some[0] : some.find((one) => Value.Check(one as TSchema, value))) ?? {};
}

/** The texts of settings of which nothing is known. */
function* bare(value: unknown, at: At): Iterable<Found> {
  if (typeof value === "string" || typeof value === "number") yield { ...at, holds: "other", text: String(value) };
  else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const path = Array.isArray(value) ? at.path : joined(at.path, name);
      yield* bare(member, { pointer: `${at.pointer}/${escapePointer(name)}`, path });
    }
  }
}

const joined = (path: string, name: string) => (path === "" ? name : `${path}.${name}`);
