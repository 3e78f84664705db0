import Type, { type Static } from "typebox";
import { ownId } from "../settings.ts";

export const PercentConfig = Type.Object(
  {
    shares: Type.Array(
      Type.Object(
        {
          id: ownId(),
          label: Type.String({ maxLength: 100 }),
          percent: Type.Integer({ minimum: 1, maximum: 100 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  { additionalProperties: false },
);
export type PercentConfig = Static<typeof PercentConfig>;
