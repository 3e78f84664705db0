import Type, { type Static } from "typebox";
import { optionalPromptId } from "../settings.ts";

export const HangupConfig = Type.Object({ prompt: optionalPromptId() }, { additionalProperties: false });
export type HangupConfig = Static<typeof HangupConfig>;
