import { operatorStates } from "@cordboard/acd";
import Type, { type Static, type TProperties } from "typebox";
import { Check, Errors } from "typebox/value";
import type { Duration } from "./duration.ts";

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 200 });
const DurationText = Type.Unsafe<Duration>(
  Type.String({ pattern: "^\\d+(\\.\\d+)?(ms|s|m|h)$", examples: ["6s", "500ms", "2m"] }),
);
/** A moment, ISO 8601 with its offset. */
const Moment = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$",
  examples: ["2026-12-25T10:00:00+01:00"],
});
const Yes = Type.Literal(true);

/** A step of one caller, who is named where a scenario has several. */
const ofCaller = <P extends TProperties>(properties: P) =>
  Type.Object({ caller: Type.Optional(Text), ...properties }, closed);
const ofOperator = <P extends TProperties>(properties: P) => Type.Object({ operator: Text, ...properties }, closed);

const Caller = Type.Object(
  {
    callerNumber: Type.Optional(Type.Union([Text, Type.Null()])),
    callerName: Type.Optional(Text),
    dialledNumber: Type.Optional(Text),
    firstDialled: Type.Optional(Text),
    lineName: Type.Optional(Text),
    language: Type.Optional(Text),
    timeZone: Type.Optional(Text),
  },
  closed,
);

const TimeOfDay = Type.String({ pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$", examples: ["08:30"] });
const Hours = Type.Array(Type.Tuple([TimeOfDay, TimeOfDay]), { maxItems: 12 });
/** A schedule's week and holidays, asked at the moment of the call; a day that is left out is closed. */
const Timetable = Type.Object(
  {
    timeZone: Type.Optional(Type.String({ examples: ["Europe/Paris"] })),
    week: Type.Partial(
      Type.Object({ mon: Hours, tue: Hours, wed: Hours, thu: Hours, fri: Hours, sat: Hours, sun: Hours }, closed),
      closed,
    ),
    holidays: Type.Optional(
      Type.Array(
        Type.Object(
          { date: Type.String({ format: "date" }), name: Type.Optional(Text), hours: Type.Optional(Hours) },
          closed,
        ),
      ),
    ),
  },
  closed,
);

/** What a scenario says of a contact: what is left out is empty. */
const ContactTold = Type.Object(
  {
    name: Text,
    numbers: Type.Optional(Type.Array(Text, { maxItems: 20 })),
    company: Type.Optional(Text),
    language: Type.Optional(Text),
    customerNumber: Type.Optional(Text),
    vip: Type.Optional(Type.Boolean()),
    blocked: Type.Optional(Type.Boolean()),
    preferredOperatorId: Type.Optional(Text),
    lastOperatorId: Type.Optional(Text),
    fields: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
    source: Type.Optional(Text),
  },
  closed,
);

/** One thing that happens in a scenario, or must be so. The words are those of CallWords and ScenarioOperator. */
export const ScenarioStep = Type.Union([
  ofCaller({ calls: Caller }),
  ofCaller({ hears: Text, language: Type.Optional(Text) }),
  ofCaller({ beginsToHear: Text }),
  ofCaller({ presses: Type.String({ pattern: "^[0-9*#A-D]{1,64}$" }) }),
  ofCaller({ speaksFor: DurationText }),
  ofCaller({ staysSilentFor: DurationText }),
  ofCaller({ waitsIn: Text, place: Type.Optional(Type.Integer({ minimum: 1 })) }),
  ofCaller({ talksTo: Text }),
  ofCaller({ talksToTarget: Text }),
  ofCaller({ otherSideHangsUp: Yes }),
  ofCaller({ hangsUp: Yes }),
  ofCaller({ isEnded: Yes }),
  ofCaller({ isNoted: Text }),
  ofCaller({ recordingIs: Type.Enum(["on", "off", "refused", "unsaid"]) }),
  ofCaller({ carriesScript: Text, parameters: Type.Record(Type.String(), Type.String()) }),
  ofCaller({ leavesMessageIn: Text, seconds: Type.Optional(Type.Integer({ minimum: 0 })) }),
  ofCaller({ leavesNoMessage: Yes }),
  ofCaller({ isPromisedCallback: Text, number: Text, at: Type.Optional(Type.Union([Moment, Type.Null()])) }),
  Type.Object(
    {
      mailbox: Text,
      code: Type.String({ pattern: "^\\d{4,12}$" }),
      number: Type.Optional(Text),
      messages: Type.Optional(
        Type.Array(
          Type.Object(
            {
              from: Type.Union([Text, Type.Null()]),
              seconds: Type.Integer({ minimum: 1 }),
              kept: Type.Optional(Type.Boolean()),
            },
            closed,
          ),
          { maxItems: 100 },
        ),
      ),
    },
    closed,
  ),
  Type.Object(
    {
      mailboxHolds: Text,
      new: Type.Optional(Type.Integer({ minimum: 0 })),
      kept: Type.Optional(Type.Integer({ minimum: 0 })),
      deleted: Type.Optional(Type.Integer({ minimum: 0 })),
      calledBack: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    closed,
  ),
  ofCaller({ isKnownAs: Type.Array(Text, { maxItems: 20 }) }),
  Type.Object({ contacts: Type.Array(ContactTold, { maxItems: 100 }) }, closed),
  Type.Object({ contactsFail: Yes }, closed),
  Type.Object({ codeIs: Text }, closed),
  Type.Object({ codesAre: Type.Enum(["locked", "unavailable"]) }, closed),
  Type.Object({ recordingFails: Yes }, closed),
  Type.Object(
    {
      systemAnswers: Type.Integer({ minimum: 100, maximum: 599 }),
      json: Type.Optional(Type.Unknown()),
      after: Type.Optional(DurationText),
    },
    closed,
  ),
  ofCaller({
    tells: Type.Object(
      {
        to: Type.Optional(Text),
        subject: Type.Optional(Type.String({ maxLength: 500 })),
        text: Type.Optional(Type.String({ maxLength: 8_000 })),
        topic: Type.Optional(Text),
        values: Type.Optional(Type.Record(Type.String(), Type.String())),
      },
      closed,
    ),
  }),
  ofCaller({ tellsNobody: Yes }),
  Type.Object({ noticesFail: Yes }, closed),
  Type.Object({ mailboxesFail: Yes }, closed),
  Type.Object({ systemIs: Type.Enum(["unreachable", "silent", "private"]) }, closed),
  ofCaller({
    asked: Type.Object(
      {
        method: Type.Optional(Text),
        url: Type.Optional(Type.String({ maxLength: 4_000 })),
        headers: Type.Optional(Type.Record(Type.String(), Type.String())),
        body: Type.Optional(Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()])),
      },
      closed,
    ),
  }),
  /** Times at which callers may have themselves called back. */
  Type.Object({ callbackSlots: Type.Array(Moment, { maxItems: 50 }) }, closed),
  Type.Object({ callbacksAre: Type.Enum(["taken", "full", "refused"]) }, closed),
  Type.Object({ schedule: Text, is: Type.Union([Type.Enum(["open", "closed", "holiday"]), Timetable]) }, closed),
  Type.Object(
    {
      queueStands: Text,
      is: Type.Object(
        {
          waiting: Type.Optional(Type.Integer({ minimum: 0 })),
          longest: Type.Optional(DurationText),
          staffed: Type.Optional(Type.Integer({ minimum: 0 })),
          expectedWait: Type.Optional(Type.Union([DurationText, Type.Null()])),
          position: Type.Optional(Type.Integer({ minimum: 1 })),
          tells: Type.Optional(Type.Enum(["never", "position", "wait", "both"])),
        },
        closed,
      ),
    },
    closed,
  ),
  /** A supervisor closes a queue by hand; `sendsAway`: who waits leaves too. */
  Type.Object({ queueCloses: Text, sendsAway: Type.Optional(Type.Boolean()) }, closed),
  Type.Object({ queueOpens: Text }, closed),
  Type.Object(
    {
      queueLimits: Text,
      is: Type.Object(
        {
          mostWaiting: Type.Optional(Type.Integer({ minimum: 0 })),
          longestWait: Type.Optional(DurationText),
        },
        closed,
      ),
    },
    closed,
  ),
  Type.Object(
    { draws: Type.Array(Type.Number({ minimum: 0, exclusiveMaximum: 1 }), { minItems: 1, maxItems: 100 }) },
    closed,
  ),
  Type.Object({ whenRung: Text, is: Type.Enum(["answers", "busy", "silent", "unreachable"]) }, closed),
  ofOperator({ signsIn: Type.Array(Text, { minItems: 1 }) }),
  ofOperator({ telephoneIs: Type.Enum(["free", "busy", "silent", "unreachable"]) }),
  ofOperator({ answersAfter: DurationText }),
  ofOperator({ acceptsAfter: DurationText }),
  ofOperator({ refusesAfter: DurationText }),
  ofOperator({ missesTheOffer: Yes }),
  ofOperator({ isOffered: Type.Boolean() }),
  ofOperator({ hangsUp: Yes }),
  ofOperator({ isReady: Yes }),
  ofOperator({ pauses: Yes }),
  ofOperator({ resumes: Yes }),
  ofOperator({ signsOut: Yes }),
  ofOperator({ is: Type.Enum([...operatorStates]) }),
]);
export type ScenarioStep = Static<typeof ScenarioStep>;

/** What a template is tried with; what is not answered takes its default, or an id that is called as the question is. */
const Answers = Type.Record(Type.String(), Type.Unknown());

export const WrittenScenario = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 300 }),
    /** Other answers than those of the file. */
    answers: Type.Optional(Answers),
    /** The first moment, ISO 8601; a Monday morning where nothing is said. */
    startAt: Type.Optional(Type.String({ maxLength: 40, examples: ["2026-12-25T10:00:00+01:00"] })),
    /** How long prompts last, by their id; 2 s where nothing is said. */
    lasts: Type.Optional(Type.Record(Type.String(), DurationText)),
    steps: Type.Array(ScenarioStep, { minItems: 1, maxItems: 1_000 }),
  },
  closed,
);
export type WrittenScenario = Static<typeof WrittenScenario>;

/** A file of scenarios, beside the flow that it tests: `reception.scenarios.json`. */
export const ScenarioFile = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    answers: Type.Optional(Answers),
    scenarios: Type.Array(WrittenScenario, { minItems: 1, maxItems: 1_000 }),
  },
  closed,
);
export type ScenarioFile = Static<typeof ScenarioFile>;

export type ReadScenarioFile =
  | { readonly ok: true; readonly file: ScenarioFile }
  /** `pointer`: where in the file; the sentence is the schema's own, in English. */
  | { readonly ok: false; readonly problems: readonly { readonly pointer: string; readonly message: string }[] };

/** Reads a file of scenarios that was parsed from JSON. Never throws. */
export function readScenarioFile(json: unknown): ReadScenarioFile {
  if (Check(ScenarioFile, json)) return { ok: true, file: json };
  const scenarios: unknown = typeof json === "object" && json !== null ? Reflect.get(json, "scenarios") : undefined;
  const problems = Array.isArray(scenarios) ? scenarios.flatMap(stepProblems) : [];
  if (problems.length > 0) return { ok: false, problems };
  const errors = [...Errors(ScenarioFile, json)];
  return { ok: false, problems: errors.map(({ instancePath, message }) => ({ pointer: instancePath, message })) };
}

/** A union's own errors name every word there is: a step that is none is said by its own words instead. */
function stepProblems(scenario: unknown, index: number): { pointer: string; message: string }[] {
  const steps: unknown = typeof scenario === "object" && scenario !== null ? Reflect.get(scenario, "steps") : undefined;
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, at) =>
    Check(ScenarioStep, step)
      ? []
      : [{ pointer: `/scenarios/${index}/steps/${at}`, message: `is no step that is known: ${JSON.stringify(step)}` }],
  );
}
