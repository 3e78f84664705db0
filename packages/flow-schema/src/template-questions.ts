import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { Finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import { shapeFindings } from "./shape-findings.ts";

const closed = { additionalProperties: false } as const;
const LONGEST_TEXT = 4_000;

const AnswerType = Type.Enum(["string", "integer", "number", "boolean", "null"]);
/** What the whole is for, in a sentence or two. */
const Purpose = Type.String({ maxLength: 500 });
const Words = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 200 }));

/** What a template may ask: one value, by the words of JSON Schema that cost no more to check than to read. A `pattern` can take for ever. */
const Question = Type.Object(
  {
    type: Type.Optional(Type.Union([AnswerType, Type.Array(AnswerType, { minItems: 1, maxItems: 5 })])),
    format: Type.Optional(Type.String({ maxLength: 64 })),
    title: Type.Optional(Type.String({ maxLength: 200 })),
    titles: Type.Optional(Words),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    default: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    enum: Type.Optional(
      Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]), { maxItems: 100 }),
    ),
    minLength: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_TEXT })),
    maxLength: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_TEXT })),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
  },
  closed,
);

/** The `parameters` of a template: a JSON Schema of an object with one question a member. Closed: what is not in it is not asked. */
const TemplateQuestions = Type.Object(
  {
    type: Type.Optional(Type.Literal("object")),
    required: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 })),
    additionalProperties: Type.Optional(Type.Boolean()),
    properties: Type.Optional(Type.Record(Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_]{0,63}$" }), Question, closed)),
    description: Type.Optional(Purpose),
    /** The same in other languages of the screens. */
    descriptions: Type.Optional(Type.Record(Type.String({ maxLength: 16 }), Purpose)),
    translations: Type.Optional(Type.Record(Type.String({ maxLength: 16 }), Words)),
  },
  closed,
);
type TemplateQuestions = Static<typeof TemplateQuestions>;

/** What is wrong with the questions themselves: they may come from anywhere, and are only put to use when this finds nothing. */
export function questionFindings({ parameters }: Pick<FlowDocument, "parameters">): readonly Finding[] {
  return Check(TemplateQuestions, parameters)
    ? []
    : shapeFindings(TemplateQuestions, parameters, { pointer: "/parameters" });
}

/** The questions by their names; none when they are not what a template may ask. */
export function questionsOf({
  parameters,
}: Pick<FlowDocument, "parameters">): NonNullable<TemplateQuestions["properties"]> {
  return Check(TemplateQuestions, parameters) ? (parameters.properties ?? {}) : {};
}
