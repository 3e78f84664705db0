import Type, { type Static } from "typebox";
import { expression, ownId } from "../settings.ts";

export const ConditionConfig = Type.Object(
  {
    branches: Type.Array(
      Type.Object(
        { id: ownId(), label: Type.String({ maxLength: 100 }), when: expression() },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 30 },
    ),
  },
  { additionalProperties: false },
);
export type ConditionConfig = Static<typeof ConditionConfig>;
