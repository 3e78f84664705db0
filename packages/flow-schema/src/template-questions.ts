import Type, { type TSchema } from "typebox";
import Value from "typebox/value";
import type { FlowDocument } from "./flow-document.ts";

/**
 * What a template's question may say of its answer. Templates come from anywhere, and a JSON Schema is a program: a pattern can take
 * hours over a line, and references go round. So of the language of schemas only this is known; the rest is refused before anything is
 * compared with it.
 */
const scalar = Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean(), Type.Null()]);
const typeName = Type.Enum(["string", "number", "integer", "boolean", "null", "array"]);
const length = Type.Integer({ minimum: 0, maximum: 4_000 });
const KEYWORDS: Readonly<Record<string, TSchema>> = {
  type: Type.Union([typeName, Type.Array(typeName, { minItems: 1, maxItems: 6 })]),
  enum: Type.Array(scalar, { minItems: 1, maxItems: 500 }),
  const: scalar,
  minimum: Type.Number(),
  maximum: Type.Number(),
  minLength: length,
  maxLength: Type.Integer({ minimum: 0 }),
  minItems: length,
  maxItems: Type.Integer({ minimum: 0 }),
};
/** What people and forms read, and nothing is checked by. `format` says what is chosen. */
const READ: ReadonlySet<string> = new Set("title titles description descriptions format default examples".split(" "));

const MOST_FORMS = 10;

type Says = Readonly<Record<string, unknown>>;

/** A question, with what its answer must be as a schema that is safe to check by. */
export interface Question {
  readonly schema: TSchema;
  readonly says: Says;
  /** Keywords that are not known, or that say what they cannot. */
  readonly refused: readonly string[];
}

export interface Questions {
  /** Whether `parameters` are questions at all. */
  readonly ok: boolean;
  readonly each: ReadonlyMap<string, Question>;
  /** Of all the answers together. */
  readonly schema: TSchema;
}

const Parameters = Type.Object(
  {
    type: Type.Optional(Type.Literal("object")),
    title: Type.Optional(Type.Unknown()),
    description: Type.Optional(Type.Unknown()),
    /** Texts of the flow in other languages of the screens: nothing is checked by them. */
    translations: Type.Optional(Type.Unknown()),
    required: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
    additionalProperties: Type.Optional(Type.Boolean()),
    properties: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()))),
  },
  { additionalProperties: false },
);

export function questionsOf({ parameters }: Pick<FlowDocument, "parameters">): Questions {
  if (!Value.Check(Parameters, parameters)) return { ok: false, each: new Map(), schema: Type.Object({}) };
  const { properties = {}, required = [], additionalProperties = true } = parameters;
  const each = new Map(Object.entries(properties).map(([name, says]) => [name, questionOf(says)]));
  const asked = Object.fromEntries([...each].map(([name, { schema }]) => [name, schema]));
  return { ok: true, each, schema: { type: "object", required, additionalProperties, properties: asked } };
}

function questionOf(says: Says): Question {
  const schema: Record<string, unknown> = {};
  const refused: string[] = [];
  const within = (keyword: string, inner: Says): TSchema => {
    const found = questionOf(inner);
    refused.push(...found.refused.map((one) => `${keyword}/${one}`));
    return found.schema;
  };
  for (const [keyword, value] of Object.entries(says)) {
    const known = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined;
    if (known && Value.Check(known, value)) schema[keyword] = value;
    else if (keyword === "items" && isRecord(value)) schema.items = within(keyword, value);
    else if (keyword === "anyOf" && Array.isArray(value) && value.length <= MOST_FORMS && value.every(isRecord)) {
      schema.anyOf = value.map((form) => within(keyword, form));
    } else if (!READ.has(keyword) && !keyword.startsWith("x-")) refused.push(keyword);
  }
  return { schema, says, refused };
}

const isRecord = (value: unknown): value is Says =>
  typeof value === "object" && value !== null && !Array.isArray(value);
