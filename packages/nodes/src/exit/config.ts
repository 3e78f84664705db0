import Type, { type Static } from "typebox";
import { ownId } from "../settings.ts";

export const ExitConfig = Type.Object({ output: ownId() }, { additionalProperties: false });
export type ExitConfig = Static<typeof ExitConfig>;
