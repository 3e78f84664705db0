import { type Static, Type } from "typebox";

/** What every failed request answers. `message` and `remedy` are in the language of whoever asked; `code` is for programs. */
export const Problem = Type.Object(
  {
    code: Type.String(),
    message: Type.String(),
    remedy: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown()),
    requestId: Type.String(),
  },
  { title: "Problem" },
);
export type Problem = Static<typeof Problem>;

export const ProblemAnswer = Type.Object({ error: Problem }, { title: "ProblemAnswer" });
export type ProblemAnswer = Static<typeof ProblemAnswer>;
