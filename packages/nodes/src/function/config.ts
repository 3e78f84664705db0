import Type, { type Static } from "typebox";
import { expression, variableName } from "../settings.ts";

const closed = { additionalProperties: false } as const;

export const FunctionConfig = Type.Object(
  {
    steps: Type.Array(
      Type.Object(
        { variable: variableName(), value: expression(), when: Type.Union([expression(), Type.Null()]) },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    checks: Type.Array(
      Type.Object({ label: Type.String({ minLength: 1, maxLength: 100 }), that: expression() }, closed),
      { maxItems: 30 },
    ),
    problem: Type.Union([variableName(), Type.Null()]),
  },
  closed,
);
export type FunctionConfig = Static<typeof FunctionConfig>;
