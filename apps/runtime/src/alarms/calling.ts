import { createHash } from "node:crypto";
import type { AlarmCall, AlarmCallSettings, AlarmTestCall, Company, Line } from "@cordboard/api";
import { calledAlarmKinds } from "@cordboard/api";
import type { Connection } from "mongoose";
import { isDuplicate } from "../access/index.ts";
import { callCollections, type TraceEvent } from "../calls/model.ts";
import { numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { CallInbox, CallOrder, Clock, MakeId } from "../ports/index.ts";
import { type AlarmCallDocument, alarmCallCollection } from "./alarm-call-model.ts";
import { isConfirmed, outcomeOf } from "./call-outcome.ts";
import { type AlarmDocument, type AlarmSettingsDocument, alarmCollections } from "./model.ts";
import { nextCall } from "./next-call.ts";

export interface CallingGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly placeCall: CallInbox["placeCall"];
  /** jambonz can be asked to call at all. */
  readonly canCall: boolean;
  readonly lines: (companyId: string) => Promise<readonly Line[]>;
  /** Which of these schedules are open. */
  readonly openOf: (companyId: string, scheduleIds: readonly string[]) => Promise<readonly string[]>;
  /** The number as it is dialled. Throws the sentence that says why it may not be called. */
  readonly judged: (companyId: string, written: string) => Promise<string>;
  /** The trace of a call: what has left its document, then what is still in it. */
  readonly traceOf: (
    companyId: string,
    call: { _id: string; traceTail: TraceEvent[] },
  ) => Promise<readonly TraceEvent[]>;
}

type CallingCompany = Pick<Company, "companyId" | "languages">;

const HOUR_MS = 3_600_000;
/** A call that was written down and not placed within so long, because its process died, is not placed any more. */
const PLACE_WITHIN_MS = 60_000;
/** No alarm's call lasts longer: one that is not over then is not waited for. */
const LONGEST_MS = 300_000;
const newestFirst = { at: -1, _id: -1 } as const;
/** Trials an hour, of a company. */
const TRIALS = 6;

/**
 * Calls people about alarms. A call is written down before it is placed, and its id follows from the one before it: processes that decide at
 * once write the same call, one of them; and a call of one id is placed once. What became of it is read from its trace, by whichever process
 * looks next.
 */
export function createAlarmCalling(given: CallingGiven) {
  const { connection, clock, makeId, canCall } = given;
  const { alarms } = alarmCollections(connection);
  const { calls: calledCalls } = callCollections(connection);
  const calls = alarmCallCollection(connection);

  async function place(call: AlarmCallDocument): Promise<void> {
    const { _id: callId, companyId, number, name, language, speaks, at } = call;
    const [line = null] = await given.lines(companyId);
    const order: CallOrder = {
      ...{ companyId, callId, callbackId: null, offerId: null, queueId: null, operatorId: "", operatorName: "" },
      ...{ telephoneId: "", number, first: "party" },
      party: { kind: "alarm", told: call.alarms.map(({ kind, about }) => ({ kind, about })), speaks },
      card: {
        ...{ from: number, hidden: false, callerName: name, to: line?.number ?? "", lineName: line?.name ?? "" },
        ...{ language, script: null, callStartedAt: at },
      },
    };
    await given.placeCall(order);
  }

  /** Looks what has become of a call that is not known to be over. */
  async function follow(call: AlarmCallDocument): Promise<void> {
    const { _id, companyId, at } = call;
    const now = clock.now();
    const over = (result: AlarmCall["result"], endedAt: number) =>
      calls.updateOne({ _id, endedAt: null }, { $set: { result, endedAt } });
    const made = await calledCalls.findOne(
      { _id },
      { projection: { status: 1, endedAt: 1, endedBy: 1, traceTail: 1 } },
    );
    if (!made) {
      if (now - at > PLACE_WITHIN_MS) await over("lost", now);
      else await place(call);
      return;
    }
    const events = await given.traceOf(companyId, { _id, traceTail: [...made.traceTail] });
    if (isConfirmed(events) && call.result !== "confirmed") {
      await confirm(call, now);
      await calls.updateOne({ _id }, { $set: { result: "confirmed" } });
    }
    if (made.status === "ended") await over(outcomeOf(events, made.endedBy), made.endedAt ?? now);
    else if (now - at > LONGEST_MS) await over(isConfirmed(events) ? "confirmed" : "lost", now);
  }

  async function confirm({ companyId, name, alarms: told }: AlarmCallDocument, at: number): Promise<void> {
    const ids = told.map(({ alarmId }) => alarmId);
    const unconfirmed = { _id: { $in: ids }, companyId, confirmed: { $exists: false } };
    await alarms.updateMany(unconfirmed, { $set: { confirmed: { at, name } } });
  }

  async function callNext(company: CallingCompany, settings: AlarmCallSettings): Promise<void> {
    const { companyId } = company;
    const now = clock.now();
    const going = () => alarms.find({ companyId, live: true }).sort({ since: 1, _id: 1 }).toArray();
    const toBeTold = (alarm: AlarmDocument) => isCalled(alarm, settings) && !alarm.confirmed && !alarm.quiet;
    const ids = (await going()).filter(toBeTold).map(({ _id }) => _id);
    if (ids.length === 0) return;
    const ofCompany = { companyId, trial: false };
    const [latest] = await calls.find(ofCompany).sort(newestFirst).limit(1).toArray();
    const ofThese = { ...ofCompany, $or: [{ at: { $gt: now - HOUR_MS } }, { "alarms.alarmId": { $in: ids } }] };
    const made = await calls.find(ofThese).sort(newestFirst).toArray();
    // Read after the calls: an alarm is confirmed before the call that confirmed it is over.
    const live = await going();
    // Without jambonz nobody can be called: what is still wrong when it is back is told then.
    if (live.some(({ kind }) => kind === "jambonzGone")) return;
    const wanted = live.filter((alarm) => toBeTold(alarm) && ids.includes(alarm._id));
    const schedules = settings.numbers.flatMap(({ scheduleId }) => scheduleId ?? []);
    const open = new Set(schedules.length === 0 ? [] : await given.openOf(companyId, [...new Set(schedules)]));
    const next = nextCall({
      settings,
      numbers: settings.numbers.map(({ number, scheduleId }) => ({
        number,
        open: scheduleId === null || open.has(scheduleId),
      })),
      alarmIds: wanted.map(({ _id }) => _id),
      calls: made.map(({ alarms: told, ...call }) => ({ ...call, alarmIds: told.map(({ alarmId }) => alarmId) })),
      now,
    });
    const called = next && settings.numbers[next.place];
    if (!called) return;
    const told = wanted.filter(({ _id }) => next.alarmIds.includes(_id));
    const call: AlarmCallDocument = {
      // Later than the one before it, always: the next follows from the latest.
      _id: callIdAfter(companyId, latest?._id ?? told[0]?._id ?? ""),
      ...{
        companyId,
        at: Math.max(now, (latest?.at ?? 0) + 1),
        name: called.name,
        number: called.number,
        trial: false,
        round: next.round,
      },
      language: languageTag(company, called.language),
      alarms: told.map(({ _id: alarmId, kind, about }) => ({ alarmId, kind, about })),
      speaks: live.every(({ kind }) => kind !== "noSpeech"),
      ...(await standing(companyId, called.number, now)),
    };
    try {
      await calls.insertOne(call);
    } catch (cause) {
      // Another process was quicker.
      if (isDuplicate(cause)) return;
      throw cause;
    }
    if (call.endedAt === null) await place(call);
  }

  /** A number that may not be called any more (its owner wished so, or the rules changed) is passed over, and that is written down. */
  async function standing(companyId: string, number: string, now: number) {
    try {
      await given.judged(companyId, number);
      return { result: null, endedAt: null } as const;
    } catch (cause) {
      if (cause instanceof UserError) return { result: "refused", endedAt: now } as const;
      throw cause;
    }
  }

  return {
    /** One look: at the calls that go on, and whom to call next. */
    async round(company: CallingCompany, { calls: settings }: Pick<AlarmSettingsDocument, "calls">): Promise<void> {
      if (!canCall) return;
      const { companyId } = company;
      for (const call of await calls.find({ companyId, endedAt: null }).toArray()) await follow(call);
      if (settings) await callNext(company, settings);
    },
    /** Calls a number to try it. */
    async trial(company: CallingCompany, { name, number: written, language }: AlarmTestCall): Promise<string> {
      const { companyId } = company;
      const now = clock.now();
      const number = await given.judged(companyId, written);
      if (!canCall) throw new UserError("alarmCallsOff");
      const recent = await calls
        .find({ companyId, trial: true, at: { $gt: now - HOUR_MS } })
        .sort({ at: -1 })
        .limit(TRIALS)
        .toArray();
      const oldest = recent[TRIALS - 1];
      if (oldest) {
        const retryAfterSeconds = Math.ceil((oldest.at + HOUR_MS - now) / 1_000);
        throw new UserError("tooManyRequests", { retryAfterSeconds });
      }
      const call: AlarmCallDocument = {
        ...{ _id: makeId("call"), companyId, at: now, name, number, language: languageTag(company, language) },
        ...{ trial: true, round: 0, alarms: [], speaks: false, result: null, endedAt: null },
      };
      await calls.insertOne(call);
      await place(call);
      return call._id;
    },
    async list(
      { companyId, country }: Pick<Company, "companyId" | "country">,
      { limit = 20, before }: { readonly limit?: number; readonly before?: string },
    ) {
      const cut = before?.indexOf("-") ?? 0;
      const at = Number(before?.slice(0, cut));
      const after =
        before === undefined ? {} : { $or: [{ at: { $lt: at } }, { at, _id: { $lt: before.slice(cut + 1) } }] };
      const found = await calls
        .find({ companyId, ...after })
        .sort(newestFirst)
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((call) => toCall(call, country)),
        next: found.length > limit && last ? `${last.at}-${last._id}` : null,
      };
    },
    forget: (before: number) => calls.deleteMany({ at: { $lt: before } }),
  };
}

export type AlarmCalling = ReturnType<typeof createAlarmCalling>;

const isCalled = ({ kind }: AlarmDocument, { kinds }: AlarmCallSettings): boolean =>
  calledAlarmKinds.some((called) => called === kind && kinds.includes(called));

/** The id of the call that follows another one: whoever decides it, it is the same. */
function callIdAfter(companyId: string, previous: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([companyId, previous, "alarm"]))
    .digest("hex");
  return `call_${digest.slice(0, 32)}`;
}

const languageTag = ({ languages }: CallingCompany, language: "fr" | "en"): string =>
  languages.find((tag) => tag.startsWith(language)) ?? (language === "fr" ? "fr-FR" : "en-GB");

function toCall(
  { _id, at, name, number, trial, alarms, result, endedAt }: AlarmCallDocument,
  country: string,
): AlarmCall {
  const iso = (time: number) => new Date(time).toISOString();
  return {
    ...{ callId: _id, at: iso(at), name, number, trial, alarms: [...alarms], result },
    numberText: numberText(number, country),
    endedAt: endedAt === null ? null : iso(endedAt),
  };
}
