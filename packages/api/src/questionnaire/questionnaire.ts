/** A guided conversation, as an author draws it: steps that an operator goes through with the caller, and what is asked in each. */
import { type Static, Type } from "typebox";
import { Name } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Names that never change while texts do: branches and reports go by them. */
const Key = Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,39}$", examples: ["contract"] });

export const QuestionKind = Type.Enum(["single", "several", "text", "number", "yesNo", "date"]);
export type QuestionKind = Static<typeof QuestionKind>;

export const Question = Type.Object(
  {
    /** Once in the whole questionnaire: answers are kept by it. */
    key: Key,
    kind: QuestionKind,
    /** What is asked; `{{parameters}}` of the call, the contact and the flow are put in as text. */
    text: Type.String({ minLength: 1, maxLength: 500 }),
    /** The step is not left without an answer. */
    required: Type.Boolean(),
    /** Of `single` and `several`: what can be chosen. */
    options: Type.Optional(
      Type.Array(Type.Object({ key: Key, label: Type.String({ minLength: 1, maxLength: 200 }) }, closed), {
        maxItems: 30,
      }),
    ),
    /** Of `number`: the least and the most; null: any. */
    min: Type.Optional(nullable(Type.Number())),
    max: Type.Optional(nullable(Type.Number())),
    /** Of `number`: what follows it, like `m²`. */
    unit: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { ...closed, title: "Question" },
);
export type Question = Static<typeof Question>;

/**
 * Leads on where it holds. `is`: that choice, one of several, or that yes or no; `atLeast` and `below`: of a number. An answer of this step or
 * of one before it.
 */
export const Branch = Type.Object(
  {
    question: Key,
    holds: Type.Enum(["is", "atLeast", "below", "answered", "unanswered"]),
    /** Of `is`: the option's key, or true or false; of `atLeast` and `below`: the number; else null. */
    value: Type.Union([Type.String({ maxLength: 40 }), Type.Number(), Type.Boolean(), Type.Null()]),
    /** A step; null: the end. */
    to: nullable(Key),
  },
  { ...closed, title: "Branch" },
);
export type Branch = Static<typeof Branch>;

export const QuestionnaireStep = Type.Object(
  {
    stepId: Key,
    title: Name,
    /** What is said to the caller, with `{{parameters}}`; empty: nothing. */
    say: Type.String({ maxLength: 2000 }),
    questions: Type.Array(Question, { maxItems: 20 }),
    /** The first that holds leads on. */
    branches: Type.Array(Branch, { maxItems: 20 }),
    /** Where none holds; null: the end. */
    next: nullable(Key),
  },
  { ...closed, title: "QuestionnaireStep" },
);
export type QuestionnaireStep = Static<typeof QuestionnaireStep>;

export const Questionnaire = Type.Object(
  {
    /** The conversation begins with the first. */
    steps: Type.Array(QuestionnaireStep, { minItems: 1, maxItems: 60 }),
  },
  { ...closed, title: "Questionnaire" },
);
export type Questionnaire = Static<typeof Questionnaire>;

/** Text, number, yes or no, a day (`2026-12-25`), an option's key, or the keys of several; null: taken back. */
export const AnswerValue = Type.Union([
  Type.String({ maxLength: 2000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 40 }), { maxItems: 30 }),
  Type.Null(),
]);
export type AnswerValue = Static<typeof AnswerValue>;

const Depth = Type.Integer({ minimum: 1, maximum: 1000 });

/** What an operator does in a guided conversation. A move names how deep it was made, so that one that is told twice is made once. */
export const RunChange = Type.Union([
  Type.Object(
    {
      kind: Type.Literal("answer"),
      key: Key,
      value: AnswerValue,
      /** The run's `rev` that was on the screen: what a colleague answered since is not overwritten. */
      seen: Type.Integer({ minimum: 0 }),
      /** The browser's milliseconds: of one operator's own answers to one question, told in any order, the last given stands. */
      givenAt: Type.Integer({ minimum: 0 }),
    },
    closed,
  ),
  Type.Object({ kind: Type.Enum(["next", "back"]), from: Key, depth: Depth }, closed),
]);
export type RunChange = Static<typeof RunChange>;
