import { CENTRE_HOLDS } from "@cordboard/node-kit";
import Type, { type Static } from "typebox";
import { durationMs, scheduleId } from "../settings.ts";

export const CentreSwitchConfig = Type.Object(
  {
    schedule: scheduleId(),
    hold: Type.Enum([...CENTRE_HOLDS]),
    attempts: Type.Integer({ minimum: 1, maximum: 5 }),
    patienceMs: durationMs(1_000, 60_000),
  },
  { additionalProperties: false },
);
export type CentreSwitchConfig = Static<typeof CentreSwitchConfig>;
