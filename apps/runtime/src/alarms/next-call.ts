import type { AlarmCallSettings } from "@cordboard/api";

/** A call that an alarm has made, as far as the next one depends on it. Times are UTC milliseconds. */
export interface MadeCall {
  readonly number: string;
  readonly at: number;
  /** Null: it goes on. */
  readonly endedAt: number | null;
  /** Counts the times that the numbers are gone through, from 1. */
  readonly round: number;
  readonly alarmIds: readonly string[];
}

export interface NextCallGiven {
  readonly settings: Pick<AlarmCallSettings, "rounds" | "repeatMinutes" | "perHour">;
  /** In the order in which they are called; `open`: this is their time. */
  readonly numbers: readonly { readonly number: string; readonly open: boolean }[];
  /** Alarms that go on, of which somebody is to be called, and that nobody has confirmed. */
  readonly alarmIds: readonly string[];
  /** Calls of the last hour, and all those of these alarms, the newest first; trials are none. */
  readonly calls: readonly MadeCall[];
  readonly now: number;
}

export interface NextCall {
  /** Place among the numbers. */
  readonly place: number;
  readonly round: number;
  readonly alarmIds: readonly string[];
}

const HOUR_MS = 3_600_000;

/**
 * Whom to call now about alarms; null: nobody. One call at a time, about everything that nobody has confirmed: number after number, each once a
 * round; after a round a pause, unless something new went wrong; and never more calls an hour than is allowed. Pure.
 */
export function nextCall({ settings, numbers, alarmIds, calls, now }: NextCallGiven): NextCall | null {
  const [last] = calls;
  if (alarmIds.length === 0 || last?.endedAt === null) return null;
  if (calls.filter(({ at }) => at > now - HOUR_MS).length >= settings.perHour) return null;
  const roundsOf = (alarmId: string) =>
    new Set(calls.filter((call) => call.alarmIds.includes(alarmId)).map(({ round }) => round));
  const tells = (call: MadeCall) => call.alarmIds.some((alarmId) => alarmIds.includes(alarmId));

  if (last && tells(last)) {
    const { round } = last;
    const called = new Set(calls.filter((call) => call.round === round).map(({ number }) => number));
    const place = numbers.findIndex(({ number, open }) => open && !called.has(number));
    const told = alarmIds.filter((id) => roundsOf(id).has(round) || roundsOf(id).size < settings.rounds);
    if (place >= 0) return { place, round, alarmIds: told };
  }
  const due = alarmIds.filter((alarmId) => roundsOf(alarmId).size < settings.rounds);
  const place = numbers.findIndex(({ open }) => open);
  if (due.length === 0 || place < 0) return null;
  const isNew = due.some((alarmId) => roundsOf(alarmId).size === 0);
  const told = calls.find(tells);
  if (!isNew && told && now < (told.endedAt ?? now) + settings.repeatMinutes * 60_000) return null;
  return { place, round: (last?.round ?? 0) + 1, alarmIds: due };
}
