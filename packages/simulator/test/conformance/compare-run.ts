import type { Deviation } from "./deviations.ts";
import type { Action, Observation, Script } from "./script.ts";

/** One thing that happened in a run: an action that was carried out (by its place in the script), or an observation. */
export type RunEvent =
  | { readonly type: "action"; readonly at: number; readonly step: number }
  | { readonly type: "observed"; readonly at: number; readonly observation: Observation };

export interface Difference {
  /** `missing`, `extra`, `field`, `time`, `causality`, or `ids`. */
  readonly kind: string;
  readonly text: string;
}

/** How far times may be apart: so many ms, or so much of the time since the last action, whichever is more. */
export interface Tolerance {
  readonly leastMs: number;
  readonly share: number;
}

/** Times may differ by 60 ms, or by 5 % of the time since the last action if that is more. */
const EXACT: Tolerance = { leastMs: 60, share: 0.05 };

/**
 * What the recorder wrote down within so many milliseconds on two channels was not ordered by it: it saw two processes at once. On
 * one channel a message of the server and one of the application may still cross within a millisecond.
 */
const COINCIDENCE_MS = { sameChannel: 1, otherChannel: 5 };

/** Values that stand for something and need only be used alike. */
const ID_FIELDS = new Set([
  "msgid",
  "call_sid",
  "parent_call_sid",
  "dial_call_sid",
  "callSid",
  "sid",
  "callId",
  "call_id",
]);
/** Values that are times. */
const CLOCK_FIELDS = new Set(["elapsed_time"]);
/** Whole seconds of something that has lasted. */
const SECONDS_FIELDS = new Set(["duration", "dial_call_duration"]);

interface Expected {
  readonly t: number;
  readonly step: number;
  readonly observation: Observation;
}

interface Seen {
  readonly at: number;
  readonly order: number;
  readonly observation: Observation;
}

/**
 * Compares a run with the recording it repeats. Within a channel (a socket, a telephone set, HTTP, REST) the order must be the
 * recorded one; fields are equal but for ids, which must map one to one over the whole run, and clocks; nothing that was recorded
 * after an action may happen before it; times as stated above.
 */
export function compareRun(
  script: Script,
  run: readonly RunEvent[],
  deviation?: Deviation,
  tolerance: Tolerance = EXACT,
): Difference[] {
  const differences: Difference[] = [];
  const ids = new IdPairs();
  const actionAt = new Map<number, { readonly at: number; readonly order: number }>();
  const seen = new Map<string, Seen[]>();
  for (const [order, event] of run.entries()) {
    if (event.type === "action") actionAt.set(event.step, { at: event.at, order });
    else push(seen, event.observation.channel, { at: event.at, order, observation: event.observation });
  }
  const expected = new Map<string, Expected[]>();
  for (const [step, { type, t, ...rest }] of script.steps.entries()) {
    if (type === "expect" && "observation" in rest)
      push(expected, rest.observation.channel, { t, step, observation: rest.observation });
  }
  for (const channel of new Set([...expected.keys(), ...seen.keys()])) {
    const wanted = expected.get(channel) ?? [];
    const got = seen.get(channel) ?? [];
    if (deviation?.legsInAnyOrder) crossBack(wanted, got);
    const length = Math.max(wanted.length, got.length);
    for (let index = 0; index < length; index += 1) {
      const want = wanted[index];
      const have = got[index];
      if (!want && have)
        differences.push({ kind: "extra", text: `${channel} at ${have.at}: ${short(have.observation.what)}` });
      else if (want && !have)
        differences.push({ kind: "missing", text: `${channel} at ${want.t}: ${short(want.observation.what)}` });
      else if (want && have) {
        const fields = compareValues(want.observation.what, have.observation.what, "", {
          ids,
          secondsMayDiffer: nearWholeSecond(script, want, tolerance),
          tolerance,
        });
        for (const field of fields) differences.push({ kind: "field", text: `${channel} at ${want.t}: ${field}` });
        differences.push(...compareTimes(script, want, have, actionAt, tolerance, deviation?.crossingMs));
      }
    }
  }
  return differences;
}

function compareTimes(
  script: Script,
  want: Expected,
  have: Seen,
  actionAt: ReadonlyMap<number, { readonly at: number; readonly order: number }>,
  { leastMs, share }: Tolerance,
  crossingMs: number = COINCIDENCE_MS.sameChannel,
): Difference[] {
  const result: Difference[] = [];
  let last: { readonly t: number; readonly step: number } = { t: 0, step: -1 };
  for (const [step, entry] of script.steps.slice(0, want.step).entries()) {
    if (entry.type !== "action") continue;
    last = { t: entry.t, step };
    const done = actionAt.get(step);
    if (!done)
      result.push({ kind: "causality", text: `the run never came to ${describe(entry.action)} at ${entry.t}` });
    else if (
      done.order > have.order &&
      !isBackground(entry.action) &&
      want.t - entry.t > coincidence(want, entry.action, crossingMs)
    ) {
      const what = `${want.observation.channel} ${short(want.observation.what)}`;
      result.push({ kind: "causality", text: `${what} came before ${describe(entry.action)} at ${entry.t}` });
    }
  }
  const lastAt = last.step < 0 ? 0 : (actionAt.get(last.step)?.at ?? 0);
  const recorded = want.t - last.t;
  const simulated = have.at - lastAt;
  if (Math.abs(recorded - simulated) > Math.max(leastMs, share * recorded)) {
    const what = `${want.observation.channel} at ${want.t}: ${short(want.observation.what)}`;
    result.push({
      kind: "time",
      text: `${what} came ${Math.round(simulated)} ms after the last action, recorded ${recorded}`,
    });
  }
  return result;
}

function coincidence(want: Expected, action: Action, crossingMs: number): number {
  const same = action.kind === "message" && want.observation.channel === `socket ${action.conn}`;
  return same ? crossingMs : COINCIDENCE_MS.otherChannel;
}

/**
 * Whether whole seconds that are told here may be one more or less: only where the recorded time, counted from the answer or from the
 * begin of an audio stream, lies so close to a full second that a time within the tolerance is on its other side.
 */
function nearWholeSecond(script: Script, want: Expected, { leastMs, share }: Tolerance): boolean {
  const since = (matches: (what: Readonly<Record<string, unknown>>) => boolean): number | undefined =>
    script.steps.slice(0, want.step).find((step) => step.type === "expect" && matches(step.observation.what))?.t;
  const message = isObject(want.observation.what.message) ? want.observation.what.message : {};
  const data = isObject(message.data) ? message.data : {};
  const answered = since((what) => {
    const status = isObject(what.message) && isObject(what.message.data) ? what.message.data : {};
    return status.call_sid === data.call_sid && status.call_status === "in-progress";
  });
  const streamed = since((what) => what.kind === "open" && what.protocol === "audio.drachtio.org");
  return [answered, streamed].some((start) => {
    if (start === undefined) return false;
    const lasted = want.t - start;
    return Math.abs(lasted - Math.round(lasted / 1000) * 1000) <= Math.max(leastMs, share * lasted);
  });
}

/** Puts neighbours of a run back that were recorded in the same millisecond, about different legs, the other way round. */
function crossBack(wanted: readonly Expected[], got: Seen[]): void {
  const trial = (want: Expected, have: Seen): boolean =>
    compareValues(want.observation.what, have.observation.what, "", {
      ids: new IdPairs(),
      secondsMayDiffer: true,
      tolerance: EXACT,
    }).length === 0;
  for (let index = 0; index + 1 < Math.min(wanted.length, got.length); index += 1) {
    const [want, nextWant, have, next] = [wanted[index], wanted[index + 1], got[index], got[index + 1]];
    if (!want || !nextWant || !have || !next || nextWant.t - want.t > 1 || trial(want, have)) continue;
    if (trial(want, next) && trial(nextWant, have)) got.splice(index, 2, next, have);
  }
}

/** Actions that concern nobody else's order: a telephone's confirmations. */
function isBackground(action: Action): boolean {
  return action.kind === "sip" && /^(100 INVITE|200 (BYE|CANCEL|INFO))$/.test(action.what);
}

interface Context {
  readonly ids: IdPairs;
  readonly secondsMayDiffer: boolean;
  readonly tolerance: Tolerance;
}

/** One-to-one pairs of recorded and simulated ids. */
class IdPairs {
  private readonly there = new Map<string, string>();
  private readonly back = new Map<string, string>();

  match(recorded: string, simulated: string): boolean {
    const known = this.there.get(recorded);
    const knownBack = this.back.get(simulated);
    if (known === undefined && knownBack === undefined) {
      this.there.set(recorded, simulated);
      this.back.set(simulated, recorded);
      return true;
    }
    return known === simulated && knownBack === recorded;
  }
}

function compareValues(want: unknown, have: unknown, path: string, context: Context): string[] {
  if (typeof want === "string" && typeof have === "string") return compareTexts(want, have, path, context);
  if (Array.isArray(want) && Array.isArray(have)) {
    if (want.length !== have.length) return [`${path}: ${have.length} entries instead of ${want.length}`];
    return want.flatMap((value, index) => compareValues(value, have[index], `${path}[${index}]`, context));
  }
  if (isObject(want) && isObject(have)) {
    const names = new Set([...Object.keys(want), ...Object.keys(have)]);
    return [...names].flatMap((name) => compareFields(want, have, name, `${path}.${name}`, context));
  }
  return Object.is(want, have) ? [] : [`${path}: ${short(have)} instead of ${short(want)}`];
}

function compareFields(
  want: Readonly<Record<string, unknown>>,
  have: Readonly<Record<string, unknown>>,
  name: string,
  path: string,
  context: Context,
): string[] {
  if (want[name] === undefined && have[name] === undefined) return [];
  if (want[name] === undefined) return [`${path}: ${short(have[name])}, which the server does not send`];
  if (have[name] === undefined) return [`${path} is missing; the server sends ${short(want[name])}`];
  if (name === "time") return Number.isNaN(Date.parse(String(have[name]))) ? [`${path} is not a time`] : [];
  if (CLOCK_FIELDS.has(name)) return typeof have[name] === "number" ? [] : [`${path} is not a time`];
  const recorded = want[name];
  const simulated = have[name];
  if (ID_FIELDS.has(name) && typeof recorded === "string" && typeof simulated === "string") {
    return context.ids.match(recorded, simulated) ? [] : [`${path}: ${simulated} does not stand for ${recorded}`];
  }
  if (SECONDS_FIELDS.has(name) && context.secondsMayDiffer && Math.abs(Number(recorded) - Number(simulated)) === 1)
    return [];
  if (SECONDS_FIELDS.has(name) && typeof recorded === "number" && !Number.isInteger(recorded)) {
    const { leastMs, share } = context.tolerance;
    const apart = Math.abs(recorded - Number(simulated)) * 1000;
    return apart <= Math.max(leastMs, share * recorded * 1000)
      ? []
      : [`${path}: ${short(simulated)} instead of ${recorded}`];
  }
  if ((name === "frames" || name === "bytes") && want.kind !== "firstFrame")
    return compareAmounts(want, name, Number(simulated), path, context.tolerance);
  return compareValues(recorded, simulated, path, context);
}

/** The amount of audio at the end follows from its time, so it may differ as times may; a frame is 20 ms. */
function compareAmounts(
  want: Readonly<Record<string, unknown>>,
  name: string,
  simulated: number,
  path: string,
  tolerance: Tolerance,
): string[] {
  const recorded = Number(want[name]);
  const perFrame = name === "frames" ? 1 : recorded / Number(want.frames);
  const allowed =
    want.kind === "audioEnd" ? Math.max((tolerance.leastMs / 20) * perFrame, tolerance.share * recorded) : 0;
  return Math.abs(recorded - simulated) <= allowed ? [] : [`${path}: ${simulated} instead of ${recorded}`];
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Texts that name a call (`call session is gone for call_sid …`, SIP headers) are compared apart from its id. */
function compareTexts(want: string, have: string, path: string, context: Context): string[] {
  const wantIds = want.match(UUID) ?? [];
  const haveIds = have.match(UUID) ?? [];
  const same =
    want.replace(UUID, "#") === have.replace(UUID, "#") &&
    wantIds.every((id, index) => context.ids.match(id, haveIds[index] ?? ""));
  return same ? [] : [`${path}: ${short(have)} instead of ${short(want)}`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function short(value: unknown): string {
  const json = JSON.stringify(value) ?? "undefined";
  return json.length > 400 ? `${json.slice(0, 400)}…` : json;
}

function describe(action: Action): string {
  return short(action);
}
