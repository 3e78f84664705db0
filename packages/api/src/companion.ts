/**
 * What the companion on an operator's workstation and other programs there say to each other: HTTP on the loopback address, JSON, a token that
 * only this user of the machine can read. docs/companion.md says how each is used. Fixed before there is a companion, so that programs can be
 * written against it: members are added, none changes its meaning.
 */
import { type Static, Type } from "typebox";
import { OperatorStateName } from "./agent-view.ts";
import { Id, IsoTime } from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const v = Type.Literal(1);

/** Where the companion listens, and where it writes how it is reached. */
export const companion = {
  /** The first free one of ten, from here on; the file says which. */
  firstPort: 47_010,
  /** In the user's own folder (`%LOCALAPPDATA%\Cordboard` on Windows, `~/.config/cordboard` elsewhere), readable by nobody else. */
  file: "companion.json",
  commands: "/v1/commands",
  state: "/v1/state",
  events: "/v1/events",
} as const;

/** What `companion.json` holds. */
export const CompanionAddress = Type.Object(
  { v, url: Type.String({ pattern: "^http://127\\.0\\.0\\.1:\\d{4,5}$" }), token: Type.String({ minLength: 32 }) },
  { ...closed, title: "CompanionAddress" },
);
export type CompanionAddress = Static<typeof CompanionAddress>;

/** What another program asks for. `requestId` names the wish: asked again with the same one, it is carried out once. */
export const CompanionCommand = Type.Union(
  [
    Type.Object(
      {
        v,
        requestId: Type.String({ pattern: "^[A-Za-z0-9_-]{8,64}$" }),
        do: Type.Literal("dial"),
        /** In any national form. */
        number: Type.String({ minLength: 1, maxLength: 64 }),
      },
      closed,
    ),
    Type.Object({ v, do: Type.Literal("accept"), offerId: Type.String() }, closed),
    Type.Object({ v, do: Type.Literal("refuse"), offerId: Type.String() }, closed),
    Type.Object({ v, do: Type.Literal("pause"), reason: nullable(Type.String({ maxLength: 40 })) }, closed),
    Type.Object({ v, do: Type.Literal("resume") }, closed),
    Type.Object({ v, do: Type.Literal("ready") }, closed),
    /** Brings the agent's window to the front. */
    Type.Object({ v, do: Type.Literal("show") }, closed),
  ],
  { title: "CompanionCommand" },
);
export type CompanionCommand = Static<typeof CompanionCommand>;

/** `ok: false`: `code` is one of the REST interface's errors, `message` a sentence in the operator's language. */
export const CompanionAnswer = Type.Union(
  [
    Type.Object({ ok: Type.Literal(true), callId: nullable(Id) }, closed),
    Type.Object({ ok: Type.Literal(false), code: Type.String(), message: Type.String() }, closed),
  ],
  { title: "CompanionAnswer" },
);
export type CompanionAnswer = Static<typeof CompanionAnswer>;

/** A call as other programs see it; a hidden number is null. */
export const CompanionCall = Type.Object(
  {
    callId: Id,
    offerId: nullable(Type.String()),
    direction: Type.Enum(["inbound", "outbound"]),
    /** Who calls, or is called. */
    number: nullable(Type.String()),
    callerName: nullable(Type.String()),
    lineName: Type.String(),
    queueName: nullable(Type.String()),
    /** What the script of the call would open. */
    scriptUrl: nullable(Type.String()),
  },
  { ...closed, title: "CompanionCall" },
);
export type CompanionCall = Static<typeof CompanionCall>;

/** `GET /v1/state`, and the first event after a connection. */
export const CompanionState = Type.Object(
  {
    v,
    signedIn: Type.Boolean(),
    operatorCode: nullable(Type.String()),
    state: OperatorStateName,
    since: IsoTime,
    telephone: nullable(Type.String()),
    offer: nullable(CompanionCall),
    call: nullable(CompanionCall),
  },
  { ...closed, title: "CompanionState" },
);
export type CompanionState = Static<typeof CompanionState>;

/** `GET /v1/events`: server-sent events, one JSON object each. `seq` rises by one; a gap means that the state is to be read again. */
export const CompanionEvent = Type.Union(
  [
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("state"), state: CompanionState }, closed),
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("offered"), call: CompanionCall }, closed),
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("withdrawn"), callId: Id }, closed),
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("accepted"), call: CompanionCall }, closed),
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("talking"), call: CompanionCall }, closed),
    Type.Object({ v, seq: Type.Integer(), kind: Type.Literal("ended"), callId: Id, talkMs: Type.Integer() }, closed),
    /** A script of the company is an action of this workstation: what it names is run by the companion, which tells of it here. */
    Type.Object(
      {
        ...{ v, seq: Type.Integer(), kind: Type.Literal("action"), callId: Id, action: Type.String() },
        parameters: Type.Record(Type.String(), Type.String()),
      },
      closed,
    ),
  ],
  { title: "CompanionEvent" },
);
export type CompanionEvent = Static<typeof CompanionEvent>;
