import Type, { type Static } from "typebox";
import { FlowPrompt } from "../flow-document.ts";

const closed = { additionalProperties: false } as const;
const id = Type.String({ minLength: 1, maxLength: 128 });

/** The value of an everyday setting, apart from any drawing: `null` where the node does without one. */
export const EverydayValue = Type.Union([
  Type.Object({ kind: Type.Literal("prompt"), value: Type.Union([FlowPrompt, Type.Null()]) }, closed),
  Type.Object({ kind: Type.Literal("prompts"), value: Type.Array(FlowPrompt, { maxItems: 20 }) }, closed),
  Type.Object(
    {
      kind: Type.Union([Type.Literal("queue"), Type.Literal("schedule"), Type.Literal("voicemailBox")]),
      value: Type.Union([id, Type.Null()]),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Union([Type.Literal("duration"), Type.Literal("number")]),
      value: Type.Union([Type.Integer(), Type.Null()]),
    },
    closed,
  ),
  Type.Object({ kind: Type.Literal("yesNo"), value: Type.Boolean() }, closed),
]);
export type EverydayValue = Static<typeof EverydayValue>;

/** Values by node id, then by setting. */
export const EverydayValues = Type.Record(Type.String(), Type.Record(Type.String(), EverydayValue));
export type EverydayValues = Static<typeof EverydayValues>;
