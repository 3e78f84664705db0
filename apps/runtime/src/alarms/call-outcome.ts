import type { AlarmCall } from "@cordboard/api";
import type { TraceEvent } from "../calls/model.ts";
import { ALARM_CONFIRMED, ALARM_QUESTION } from "../routing/alarm-flow.ts";

type Told = Pick<TraceEvent, "kind" | "nodeId" | "details">;

/** Whether who was called has pressed the key, as its trace tells. */
export function isConfirmed(events: readonly Told[]): boolean {
  return events.some(
    ({ kind, nodeId, details }) => kind === "moved" && nodeId === ALARM_QUESTION && details.output === ALARM_CONFIRMED,
  );
}

/** What became of an alarm's call that is over, from its trace. Pure. */
export function outcomeOf(events: readonly Told[], endedBy: string | null): NonNullable<AlarmCall["result"]> {
  if (isConfirmed(events)) return "confirmed";
  const missed = events.find(({ kind }) => kind === "number.missed")?.details.result;
  if (missed === "busy" || missed === "silent" || missed === "unreachable") return missed;
  if (events.some(({ kind }) => kind === "number.pickedUp")) return "notConfirmed";
  return endedBy === "lost" ? "lost" : "unreachable";
}
