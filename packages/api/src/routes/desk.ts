/** The operator's own: signing in at a desk, and everything the agent asks of the call centre. All of it lies under `/api/desk`. */
import { type Static, Type } from "typebox";
import { AgentView, DeskChoices, OperatorStateName } from "../agent-view.ts";
import { defineRoute } from "../define-route.ts";
import { Problem } from "../problem.ts";
import { CompanyCode, FlowId, Id, IsoTime, Name, OfferId, OperatorCode, Password } from "../schemas.ts";
import { CallResult } from "./calls.ts";
import { signInOutcomes, TicketBody } from "./sign-in.ts";

const closed = { additionalProperties: false } as const;
const operator = ["operator"] as const;

/** What an operator may know of an earlier call of the caller whom they are offered or talk to. */
export const EarlierCall = Type.Object(
  {
    startedAt: IsoTime,
    direction: Type.Enum(["inbound", "outbound"]),
    lineName: Type.Union([Type.String(), Type.Null()]),
    queueName: Type.Union([Type.String(), Type.Null()]),
    operatorName: Type.Union([Type.String(), Type.Null()]),
    result: CallResult,
    waitMs: Type.Integer({ minimum: 0 }),
    talkMs: Type.Integer({ minimum: 0 }),
  },
  { ...closed, title: "EarlierCall" },
);
export type EarlierCall = Static<typeof EarlierCall>;

/** Where a call can be passed on to. */
export const PassOnTarget = Type.Union([
  Type.Object({ kind: Type.Literal("operator"), operatorId: Id }, closed),
  Type.Object({ kind: Type.Literal("queue"), queueId: Id }, closed),
  Type.Object({ kind: Type.Literal("flow"), flowId: FlowId }, closed),
  Type.Object({ kind: Type.Literal("number"), number: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
  Type.Object({ kind: Type.Literal("switchboard") }, closed),
]);
export type PassOnTarget = Static<typeof PassOnTarget>;

/** Who can be asked before a call is passed on. */
export const ConsultTarget = Type.Union([
  Type.Object({ kind: Type.Literal("operator"), operatorId: Id }, closed),
  Type.Object({ kind: Type.Literal("queue"), queueId: Id }, closed),
  Type.Object({ kind: Type.Literal("number"), number: Type.String({ minLength: 1, maxLength: 40 }) }, closed),
  Type.Object({ kind: Type.Literal("telephone"), telephoneId: Id }, closed),
  Type.Object({ kind: Type.Literal("switchboard") }, closed),
]);
export type ConsultTarget = Static<typeof ConsultTarget>;

/** Whom a call can be passed on to, and how they are just now. */
export const PassOnTargets = Type.Object(
  {
    operators: Type.Array(
      Type.Object(
        { operatorId: Id, name: Name, state: OperatorStateName, since: IsoTime, free: Type.Boolean() },
        closed,
      ),
    ),
    queues: Type.Array(
      Type.Object({ queueId: Id, name: Name, waiting: Type.Integer({ minimum: 0 }), staffed: Type.Boolean() }, closed),
    ),
    flows: Type.Array(Type.Object({ flowId: FlowId, name: Name }, closed)),
    /** Telephones of the company that no operator sits at: they can be asked first, and not passed on to. */
    telephones: Type.Array(Type.Object({ telephoneId: Id, name: Name }, closed)),
    switchboard: Type.Boolean(),
  },
  { ...closed, title: "PassOnTargets" },
);
export type PassOnTargets = Static<typeof PassOnTargets>;

/** The view after the command, so that the agent need not wait for realtime. */
const ViewAnswer = Type.Object({ view: AgentView }, closed);

const DeskAnswer = Type.Object(
  {
    view: AgentView,
    choices: DeskChoices,
    /** What of a sign-in could not be had (a telephone that somebody holds); the sign-in itself stands. */
    refusal: Type.Union([Problem, Type.Null()]),
  },
  closed,
);

export const deskRoutes = {
  "desk.start": defineRoute({
    id: "desk.start",
    method: "GET",
    path: "/api/desk/start",
    roles: "anyone",
    summary: "What the sign-in page needs to know: whether a company must be named.",
    request: {},
    response: Type.Object({ companyNeeded: Type.Boolean(), version: Type.String() }, closed),
    errors: [],
  }),
  "desk.signIn": defineRoute({
    id: "desk.signIn",
    method: "POST",
    path: "/api/desk/session",
    roles: "anyone",
    summary: "Signs an operator in and begins the shift, or continues the one that is open.",
    request: {
      body: Type.Object(
        {
          company: Type.Optional(CompanyCode),
          code: OperatorCode,
          password: Password,
          /** Absent: the one used last, when it is free. */
          telephoneId: Type.Optional(Id),
          takeOver: Type.Optional(Type.Boolean()),
          /** Absent: the ones ticked last. */
          queueIds: Type.Optional(Type.Array(Id, { maxItems: 100 })),
        },
        closed,
      ),
    },
    response: DeskAnswer,
    errors: [
      "wrongCredentials",
      "tooManyAttempts",
      "companyNeeded",
      "tlsNeeded",
      "passwordsOff",
      "queueNotAllowed",
      "callCentreUnavailable",
    ],
  }),
  "desk.redeem": defineRoute({
    id: "desk.redeem",
    method: "POST",
    path: "/api/desk/session/ticket",
    roles: "anyone",
    summary:
      "Ends an operator’s sign-in by the company’s identity provider: begins the shift, or continues the one that is open; or says why not.",
    request: { body: Type.Object(TicketBody, closed) },
    response: DeskAnswer,
    errors: [...signInOutcomes, "callCentreUnavailable"],
  }),
  "desk.get": defineRoute({
    id: "desk.get",
    method: "GET",
    path: "/api/desk",
    roles: operator,
    summary: "Who is signed in here, what the agent shows and what can be chosen.",
    request: {},
    response: DeskAnswer,
    errors: ["callCentreUnavailable"],
  }),
  "desk.signOut": defineRoute({
    id: "desk.signOut",
    method: "DELETE",
    path: "/api/desk/session",
    roles: operator,
    summary: "Ends the shift (after the call, when there is one) and this browser's session.",
    request: {},
    response: null,
    errors: ["callCentreUnavailable"],
  }),
  "desk.chooseTelephone": defineRoute({
    id: "desk.chooseTelephone",
    method: "PUT",
    path: "/api/desk/telephone",
    roles: operator,
    summary: "Chooses the telephone that rings for the operator; takes it from its holder when asked to.",
    request: {
      body: Type.Object({ telephoneId: Id, takeOver: Type.Optional(Type.Boolean()) }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "telephoneTaken", "telephoneUnknown", "notNow", "callCentreUnavailable"],
  }),
  "desk.tickQueues": defineRoute({
    id: "desk.tickQueues",
    method: "PUT",
    path: "/api/desk/queues",
    roles: operator,
    summary: "Says which queues the operator serves from now on.",
    request: { body: Type.Object({ queueIds: Type.Array(Id, { maxItems: 100 }) }, closed) },
    response: ViewAnswer,
    errors: ["notInShift", "queueNotAllowed", "callCentreUnavailable"],
  }),
  "desk.pause": defineRoute({
    id: "desk.pause",
    method: "POST",
    path: "/api/desk/pause",
    roles: operator,
    summary: "Pauses the operator, after the call when there is one.",
    request: {
      body: Type.Object({ reason: Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()]) }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notNow", "callCentreUnavailable"],
  }),
  "desk.resume": defineRoute({
    id: "desk.resume",
    method: "POST",
    path: "/api/desk/resume",
    roles: operator,
    summary: "Ends a pause, or takes back what was to happen after the call.",
    request: {},
    response: ViewAnswer,
    errors: ["notInShift", "telephoneMissing", "notNow", "callCentreUnavailable"],
  }),
  "desk.ready": defineRoute({
    id: "desk.ready",
    method: "POST",
    path: "/api/desk/ready",
    roles: operator,
    summary: "Ends wrap-up, or a conversation that was handed to the exchange.",
    request: {},
    response: ViewAnswer,
    errors: ["notInShift", "telephoneMissing", "outcomeMissing", "notNow", "callCentreUnavailable"],
  }),
  "desk.extendWrapUp": defineRoute({
    id: "desk.extendWrapUp",
    method: "POST",
    path: "/api/desk/wrap-up/extend",
    roles: operator,
    summary: "Puts off the end of the wrap-up, as often as the queue allows.",
    request: {},
    response: ViewAnswer,
    errors: ["notInShift", "noExtension", "callCentreUnavailable"],
  }),
  "desk.noteCall": defineRoute({
    id: "desk.noteCall",
    method: "PUT",
    path: "/api/desk/calls/:callId/note",
    roles: operator,
    summary: "Keeps what came of the call that the operator talks on or wraps up, and what they noted of it.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object(
        {
          /** A code of the company's list that the queue allows; null: none. */
          outcome: Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()]),
          note: Type.String({ maxLength: 4_000 }),
        },
        closed,
      ),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "outcomeUnknown", "callCentreUnavailable"],
  }),
  "desk.passOnTargets": defineRoute({
    id: "desk.passOnTargets",
    method: "GET",
    path: "/api/desk/pass-on-targets",
    roles: operator,
    summary: "Whom a call can be passed on to: colleagues with what they are doing, queues, flows, the switchboard.",
    request: {},
    response: PassOnTargets,
    errors: ["callCentreUnavailable"],
  }),
  "desk.passOn": defineRoute({
    id: "desk.passOn",
    method: "POST",
    path: "/api/desk/calls/:callId/pass-on",
    roles: operator,
    summary:
      "Passes the caller on to a colleague, a queue, a flow, a number or the switchboard. Where nobody takes them, they come back.",
    request: { params: Type.Object({ callId: Id }), body: Type.Object({ to: PassOnTarget }, closed) },
    response: ViewAnswer,
    errors: [
      "notInShift",
      "notYourCall",
      "callNotPassedOn",
      "operatorNotFree",
      "noSwitchboard",
      "numberNotRung",
      "notFound",
      "callCentreUnavailable",
    ],
  }),
  "desk.hangUp": defineRoute({
    id: "desk.hangUp",
    method: "POST",
    path: "/api/desk/calls/:callId/hang-up",
    roles: operator,
    summary:
      "Ends the call that the operator talks on, or calls off the one that they place and that nobody has answered yet.",
    request: { params: Type.Object({ callId: Id }) },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.mute": defineRoute({
    id: "desk.mute",
    method: "PUT",
    path: "/api/desk/calls/:callId/mute",
    roles: operator,
    summary: "Says whether the other side hears the operator.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object({ muted: Type.Boolean() }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.hold": defineRoute({
    id: "desk.hold",
    method: "PUT",
    path: "/api/desk/calls/:callId/hold",
    roles: operator,
    summary: "Puts the caller on hold, where they hear music, or takes them back.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object({ held: Type.Boolean() }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callNotHeld", "callCentreUnavailable"],
  }),
  "desk.wasMachine": defineRoute({
    id: "desk.wasMachine",
    method: "POST",
    path: "/api/desk/calls/:callId/machine",
    roles: operator,
    summary:
      "Says that an answering machine answered the callback that the operator talks on: the call ends, and the number is called again as the queue states.",
    request: { params: Type.Object({ callId: Id }) },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.consult": defineRoute({
    id: "desk.consult",
    method: "POST",
    path: "/api/desk/calls/:callId/consult",
    roles: operator,
    summary:
      "Asks a colleague, a queue, a number, a telephone or the switchboard first; the caller is put on hold. Taken back, the three talk together.",
    request: { params: Type.Object({ callId: Id }), body: Type.Object({ to: ConsultTarget }, closed) },
    response: ViewAnswer,
    errors: [
      "notInShift",
      "notYourCall",
      "callNotPassedOn",
      "consultUnderWay",
      "operatorNotFree",
      "noSwitchboard",
      "numberNotRung",
      "notFound",
      "callCentreUnavailable",
    ],
  }),
  "desk.endConsult": defineRoute({
    id: "desk.endConsult",
    method: "DELETE",
    path: "/api/desk/calls/:callId/consult",
    roles: operator,
    summary: "Sends away whoever is asked, or calls them off; operator and caller talk again.",
    request: { params: Type.Object({ callId: Id }) },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.completeConsult": defineRoute({
    id: "desk.completeConsult",
    method: "POST",
    path: "/api/desk/calls/:callId/consult/complete",
    roles: operator,
    summary: "Passes the caller on to whoever is asked and talks; the operator leaves.",
    request: { params: Type.Object({ callId: Id }) },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "consultNotTalking", "callCentreUnavailable"],
  }),
  "desk.askHelp": defineRoute({
    id: "desk.askHelp",
    method: "PUT",
    path: "/api/desk/calls/:callId/help",
    roles: operator,
    summary:
      "Asks a supervisor for help with the call that the operator talks on, or takes that back: the live board shows it.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object({ wanted: Type.Boolean() }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.pressKey": defineRoute({
    id: "desk.pressKey",
    method: "POST",
    path: "/api/desk/calls/:callId/keys",
    roles: operator,
    summary: "Sends a key to whatever answers at the other end.",
    request: {
      params: Type.Object({ callId: Id }),
      body: Type.Object({ key: Type.String({ pattern: "^[0-9*#]$", examples: ["5"] }) }, closed),
    },
    response: ViewAnswer,
    errors: ["notInShift", "notYourCall", "callCentreUnavailable"],
  }),
  "desk.accept": defineRoute({
    id: "desk.accept",
    method: "POST",
    path: "/api/desk/offers/:offerId/accept",
    roles: operator,
    summary: "Accepts an offered call: the caller is put through to the operator's telephone.",
    request: { params: Type.Object({ offerId: OfferId }) },
    response: ViewAnswer,
    errors: ["notInShift", "offerGone", "telephoneMissing", "notNow", "callCentreUnavailable"],
  }),
  "desk.refuse": defineRoute({
    id: "desk.refuse",
    method: "POST",
    path: "/api/desk/offers/:offerId/refuse",
    roles: operator,
    summary: "Refuses an offered call: it is offered to somebody else.",
    request: { params: Type.Object({ offerId: OfferId }) },
    response: ViewAnswer,
    errors: ["notInShift", "offerGone", "refusalNotAllowed", "notNow", "callCentreUnavailable"],
  }),
  "desk.offerShown": defineRoute({
    id: "desk.offerShown",
    method: "POST",
    path: "/api/desk/offers/:offerId/shown",
    roles: operator,
    summary: "Says that an offer is on the screen: one that accepts itself counts from then on.",
    request: { params: Type.Object({ offerId: OfferId }) },
    response: ViewAnswer,
    errors: ["notInShift", "callCentreUnavailable"],
  }),
  "desk.legCleared": defineRoute({
    id: "desk.legCleared",
    method: "POST",
    path: "/api/desk/leg-cleared",
    roles: operator,
    summary: "“I have hung up”: clears a telephone leg that may have been left connected to nobody.",
    request: {},
    response: ViewAnswer,
    errors: ["notInShift", "callCentreUnavailable"],
  }),
  "desk.acknowledge": defineRoute({
    id: "desk.acknowledge",
    method: "POST",
    path: "/api/desk/notices/:noticeId/acknowledge",
    roles: operator,
    summary: "“I have read it”: acknowledges a notice of a supervisor.",
    request: { params: Type.Object({ noticeId: Id }) },
    response: ViewAnswer,
    errors: ["notInShift", "callCentreUnavailable"],
  }),
  "desk.earlierCalls": defineRoute({
    id: "desk.earlierCalls",
    method: "GET",
    path: "/api/desk/calls/:callId/earlier",
    roles: operator,
    summary:
      "The last calls, up to five, of the caller whom the operator is offered or talks to; none for a hidden number.",
    request: { params: Type.Object({ callId: Id }) },
    response: Type.Object({ items: Type.Array(EarlierCall) }, closed),
    errors: ["notFound", "callCentreUnavailable"],
  }),
} as const;
