/** Alarms by telephone: whom they call and how, and what became of those calls. */
import { type Static, Type } from "typebox";
import { Id, IsoTime, Name, ScreenLanguage } from "../schemas.ts";
import { alarmKinds } from "./alarm-kinds.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** The alarms of which somebody can be called: without jambonz there is no call. */
export const calledAlarmKinds = ["queueUnstaffed", "noSpeech", "storeSlow", "diskFilling"] as const;
export const CalledAlarmKind = Type.Enum([...calledAlarmKinds]);
export type CalledAlarmKind = Static<typeof CalledAlarmKind>;

const AlarmNumber = Type.String({ minLength: 2, maxLength: 60, examples: ["+33612345678"] });

export const AlarmCallSettings = Type.Object(
  {
    /** In order: the next is called when nobody answers, or nobody confirms. */
    numbers: Type.Array(
      Type.Object(
        {
          name: Name,
          number: AlarmNumber,
          language: ScreenLanguage,
          /** Called only while this schedule is open; null: at any time. */
          scheduleId: nullable(Id),
        },
        closed,
      ),
      { minItems: 1, maxItems: 10 },
    ),
    kinds: Type.Array(CalledAlarmKind, { uniqueItems: true, maxItems: calledAlarmKinds.length }),
    /** So often the numbers are gone through for an alarm that nobody confirms. */
    rounds: Type.Integer({ minimum: 1, maximum: 10 }),
    /** Between two rounds. */
    repeatMinutes: Type.Integer({ minimum: 5, maximum: 240 }),
    /** The company's calls of alarms within any hour, all together. */
    perHour: Type.Integer({ minimum: 1, maximum: 60 }),
  },
  { ...closed, title: "AlarmCallSettings" },
);
export type AlarmCallSettings = Static<typeof AlarmCallSettings>;

/** Whom a trial calls: as they stand in the settings, or are about to. */
export const AlarmTestCall = Type.Object({ name: Name, number: AlarmNumber, language: ScreenLanguage }, closed);
export type AlarmTestCall = Static<typeof AlarmTestCall>;

export const alarmCallResults = [
  "confirmed",
  "notConfirmed",
  "busy",
  "silent",
  "unreachable",
  "refused",
  "lost",
] as const;

export const AlarmCall = Type.Object(
  {
    /** The call's id; of one that was never made (`refused`) as well. */
    callId: Id,
    at: IsoTime,
    name: Type.String(),
    number: Type.String(),
    /** As people of the company's country write it. */
    numberText: Type.String(),
    trial: Type.Boolean(),
    /** What was told; none: a trial. */
    alarms: Type.Array(
      Type.Object({ alarmId: Id, kind: Type.Enum([...alarmKinds]), about: nullable(Type.String()) }, closed),
    ),
    /**
     * Null: it goes on. `confirmed`: key 1. `notConfirmed`: picked up, without that key (an answering machine, too). `silent`: nobody picked up.
     * `refused`: the number may not be called (any more); `lost`: nobody knows, the server was away.
     */
    result: nullable(Type.Enum([...alarmCallResults])),
    endedAt: nullable(IsoTime),
  },
  { ...closed, title: "AlarmCall" },
);
export type AlarmCall = Static<typeof AlarmCall>;

/** Who said by telephone that they take care of an alarm. */
export const AlarmConfirmed = Type.Object({ at: IsoTime, name: Type.String() }, closed);
