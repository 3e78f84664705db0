import Type, { type Static } from "typebox";
import { expression, ownId, queueId, variableName } from "../settings.ts";

const optionalVariable = () => Type.Union([variableName(), Type.Null()]);

export const QueueStateConfig = Type.Object(
  {
    queue: queueId(),
    waiting: optionalVariable(),
    longest: optionalVariable(),
    staffed: optionalVariable(),
    expectedWait: optionalVariable(),
    // Came later: flows that were drawn before go without.
    closed: Type.Optional(optionalVariable()),
    branches: Type.Array(
      Type.Object(
        { id: ownId(), label: Type.String({ maxLength: 100 }), when: expression() },
        { additionalProperties: false },
      ),
      { maxItems: 30 },
    ),
  },
  { additionalProperties: false },
);
export type QueueStateConfig = Static<typeof QueueStateConfig>;
