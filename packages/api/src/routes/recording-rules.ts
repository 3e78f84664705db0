/** Which conversations are recorded: of a queue, and of the calls that operators dial. */
import { type Static, Type } from "typebox";

export const RecordingRules = Type.Object(
  {
    /** Per cent of the conversations, drawn by lot. */
    share: Type.Integer({ minimum: 0, maximum: 100, default: 0 }),
    /** Operators may begin a recording themselves. */
    byOperator: Type.Boolean({ default: false }),
    /** Recordings are deleted this long after the conversation. */
    retentionDays: Type.Integer({ minimum: 1, maximum: 3650, default: 180 }),
    /**
     * Whoever we call hears, before they are connected, that the conversation may be recorded, and may refuse by key 9. False: nobody is told; the
     * operator has to. Absent: they hear it. Callers are told by their flow (node type `record`).
     */
    notice: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type RecordingRules = Static<typeof RecordingRules>;
