/** The telephone system as an administrator sees it: what is right of it and what to mend, and a call that tries it. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Longer than names and captions are. */
const Sentence = Type.Object({ fr: Type.String({ maxLength: 1_000 }), en: Type.String({ maxLength: 1_000 }) }, closed);

export const checkNames = [
  "api",
  "tls",
  "account",
  "clock",
  "application",
  "callHook",
  "statusHook",
  "webhookSecret",
  "publicAddress",
  "socket",
  "media",
  "carriers",
  "numbers",
  "realm",
  "telephones",
  "speech",
  "queues",
  "version",
] as const;
export type CheckName = (typeof checkNames)[number];

/** `skipped`: it could not be looked at, and the sentence says why. */
const State = Type.Enum(["ok", "warning", "error", "skipped"]);

export const CheckResult = Type.Object(
  {
    check: Type.Enum([...checkNames]),
    state: State,
    /** What was found, for programs. */
    code: Type.String(),
    title: Sentence,
    sentence: Sentence,
    /** What to do; null: nothing. */
    remedy: nullable(Sentence),
  },
  { ...closed, title: "CheckResult" },
);
export type CheckResult = Static<typeof CheckResult>;

export const testCallSteps = ["ordered", "rings", "answered", "heard", "spoke", "heardBack"] as const;

/** How far a test call has come, a row a step; `waiting`: it has not come to it (yet). */
export const TestCall = Type.Object(
  {
    callId: Id,
    over: Type.Boolean(),
    steps: Type.Array(
      Type.Object(
        {
          step: Type.Enum([...testCallSteps]),
          state: Type.Enum(["ok", "warning", "error", "waiting"]),
          code: Type.String(),
          sentence: Sentence,
          remedy: nullable(Sentence),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "TestCall" },
);
export type TestCall = Static<typeof TestCall>;

export const telephonyRoutes = {
  "telephony.check": defineRoute({
    id: "telephony.check",
    method: "GET",
    path: "/api/telephony/check",
    roles: permissions.telephony.read,
    summary: "Looks at the jambonz installation now, and says of each thing whether it is right and what to mend.",
    request: {},
    response: Type.Object({ at: IsoTime, items: Type.Array(CheckResult) }, closed),
    errors: [],
  }),
  "telephony.testCall": defineRoute({
    id: "telephony.testCall",
    method: "POST",
    path: "/api/telephony/test-calls",
    roles: permissions.telephony.write,
    summary:
      "Rings a number or a telephone to try the way of a call: it asks for a key, records a sentence and plays it back.",
    request: {
      body: Type.Object(
        {
          to: Type.Union([
            Type.Object({ kind: Type.Literal("number"), number: Type.String({ minLength: 1, maxLength: 32 }) }, closed),
            Type.Object({ kind: Type.Literal("telephone"), telephoneId: Id }, closed),
          ]),
        },
        closed,
      ),
    },
    response: Type.Object({ callId: Id }, closed),
    errors: ["dialNotANumber", "dialEmergency", "dialPremium", "dialCountry", "notFound"],
  }),
  "telephony.testCallSteps": defineRoute({
    id: "telephony.testCallSteps",
    method: "GET",
    path: "/api/telephony/test-calls/:callId",
    roles: permissions.telephony.read,
    summary: "How far a test call has come, step by step, and what to mend where it stopped.",
    request: { params: Type.Object({ callId: Id }) },
    response: TestCall,
    errors: ["notFound"],
  }),
} as const;
