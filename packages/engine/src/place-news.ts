import type { PlaceStands } from "@cordboard/node-kit";
import type { ToldPlace } from "./call-snapshot.ts";

/** What is told of a place, and when there may be news again (null: never). */
export interface PlaceNews {
  /** Null: there is nothing to tell. */
  readonly told: { readonly position: number | null; readonly minutes: number | null } | null;
  readonly nextMs: number | null;
}

const MINUTE_MS = 60_000;
/** Above so many minutes the next five are said: nobody knows it better. */
const TO_THE_MINUTE = 10;

/**
 * What a caller is told of their place in line. Only what is true, bounded by the queue's rules, and better than what they were told before: a
 * position or a wait that grew is not mentioned, and neither is one that stayed. So the announcements of one wait only ever get better.
 */
export function placeNews(stands: PlaceStands, before: Pick<ToldPlace, "position" | "minutes"> | null): PlaceNews {
  const { position, expectedWaitMs, waitedMs, rules } = stands;
  if (rules.say === "never") return { told: null, nextMs: null };
  if (waitedMs < rules.firstMs) return { told: null, nextMs: Math.max(SOONEST_MS, rules.firstMs - waitedMs) };
  const saysPosition = rules.say !== "wait" && position !== null && position <= (rules.upToPosition ?? position);
  const saysWait =
    rules.say !== "position" &&
    expectedWaitMs !== null &&
    expectedWaitMs > 0 &&
    expectedWaitMs <= (rules.upToWaitMs ?? expectedWaitMs);
  const better = {
    position: saysPosition ? lower(position, before?.position) : null,
    minutes: saysWait ? lower(roundedMinutes(expectedWaitMs), before?.minutes) : null,
  };
  const told = better.position === null && better.minutes === null ? null : better;
  return { told, nextMs: Math.max(SOONEST_MS, rules.everyMs) };
}

const SOONEST_MS = 1_000;

function roundedMinutes(ms: number): number {
  const minutes = Math.max(1, Math.ceil(ms / MINUTE_MS));
  return minutes <= TO_THE_MINUTE ? minutes : Math.ceil(minutes / 5) * 5;
}

const lower = (value: number, before: number | null | undefined) =>
  before === null || before === undefined || value < before ? value : null;
