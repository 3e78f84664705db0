import Type, { type Static } from "typebox";
import { expression, flowId, ownId, variableName } from "../settings.ts";

const closed = { additionalProperties: false } as const;

export const SubflowConfig = Type.Object(
  {
    flowId: flowId(),
    inputs: Type.Record(variableName(), expression(), closed),
    results: Type.Record(variableName(), variableName(), closed),
    outputs: Type.Array(Type.Object({ id: ownId(), label: Type.String({ maxLength: 100 }) }, closed), {
      minItems: 1,
      maxItems: 20,
    }),
  },
  closed,
);
export type SubflowConfig = Static<typeof SubflowConfig>;
