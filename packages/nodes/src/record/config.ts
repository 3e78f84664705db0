import Type, { type Static } from "typebox";
import { key, optionalPromptId } from "../settings.ts";

export const RecordConfig = Type.Object(
  {
    record: Type.Boolean(),
    notice: Type.Boolean(),
    noticePrompt: optionalPromptId(),
    refuseKey: Type.Union([key(), Type.Null()]),
    refusedPrompt: optionalPromptId(),
  },
  { additionalProperties: false },
);
export type RecordConfig = Static<typeof RecordConfig>;
