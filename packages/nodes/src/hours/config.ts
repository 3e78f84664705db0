import Type, { type Static } from "typebox";
import { scheduleId } from "../settings.ts";

export const HoursConfig = Type.Object({ schedule: scheduleId() }, { additionalProperties: false });
export type HoursConfig = Static<typeof HoursConfig>;
