import Type, { type Static } from "typebox";
import { promptId } from "../settings.ts";

export const PlayConfig = Type.Object({ prompt: promptId(), bargeIn: Type.Boolean() }, { additionalProperties: false });
export type PlayConfig = Static<typeof PlayConfig>;
