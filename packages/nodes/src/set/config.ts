import Type, { type Static } from "typebox";
import { expression, variableName } from "../settings.ts";

export const SetConfig = Type.Object(
  {
    assignments: Type.Array(
      Type.Object({ variable: variableName(), value: expression() }, { additionalProperties: false }),
      { minItems: 1, maxItems: 30 },
    ),
  },
  { additionalProperties: false },
);
export type SetConfig = Static<typeof SetConfig>;
