/** What an operator's agent shows. The same shape comes by REST and, after each change, by realtime. */
import { type Static, Type } from "typebox";
import {
  CompanyCode,
  Id,
  IsoTime,
  LanguageTag,
  Name,
  OfferId,
  OperatorCode,
  ScreenLanguage,
  Texts,
} from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const oneOf = <Words extends string[]>(...words: Words) => Type.Enum<Words>([...words]);

export const OperatorStateName = oneOf(
  "offline",
  "available",
  "paused",
  "offered",
  "ringing",
  "talking",
  "wrapUp",
  "dialling",
  "handedOver",
);
export type OperatorStateName = Static<typeof OperatorStateName>;

/** `asked` is the operator's wish, `forced` a supervisor's; the others say what set the operator aside. */
export const PauseReasonName = oneOf(
  "asked",
  "forced",
  "missed",
  "telephoneBusy",
  "telephoneSilent",
  "telephoneUnreachable",
  "telephoneTaken",
  "connectionLost",
);

/** A contact as whoever is offered the call sees it. `url`: its file, rendered and checked; null where the script has none. */
export const CardContact = Type.Object(
  {
    contactId: Type.String(),
    name: Type.String(),
    company: Type.String(),
    customerNumber: Type.String(),
    language: Type.String(),
    vip: Type.Boolean(),
    blocked: Type.Boolean(),
    notes: Type.String(),
    url: nullable(Type.String()),
  },
  { ...closed, title: "CardContact" },
);
export type CardContact = Static<typeof CardContact>;

/** What is shown of a call before and after accepting. `…Text` is the number as people of the company's country write it. */
/** `failed`: a wrong code was keyed; `locked`: too many; `unavailable`: it could not be checked. */
export const Identity = Type.Object(
  { by: oneOf("pin", "mail", "sms"), result: oneOf("verified", "failed", "locked", "unavailable") },
  { ...closed, title: "Identity" },
);
export type Identity = Static<typeof Identity>;

export const CallCard = Type.Object(
  {
    from: nullable(Type.String()),
    fromText: nullable(Type.String()),
    hidden: Type.Boolean(),
    callerName: nullable(Type.String()),
    to: Type.String(),
    toText: Type.String(),
    /** The number that the caller had dialled, where the call was diverted here. */
    firstDialledText: Type.Optional(Type.String()),
    lineName: Type.String(),
    language: LanguageTag,
    /** What colleagues who passed the call on had chosen and noted, the latest last. */
    passedOn: Type.Array(
      Type.Object(
        {
          operatorName: Type.String(),
          at: IsoTime,
          /** In words: a code may have been removed since. */
          outcome: nullable(Texts),
          note: Type.String(),
        },
        closed,
      ),
    ),
    /** Rendered and checked: may be opened as it is, from the click on Accept. `window` is the name of the tab to use again, if any. */
    script: nullable(
      Type.Object(
        {
          name: Type.String(),
          /** What opens on accept; null: nothing before a contact was chosen. */
          url: nullable(Type.String()),
          window: nullable(Type.String()),
          place: oneOf("tab", "panel"),
          /** It is a guided conversation, which `desk.openScript` begins. Absent: an address. */
          guided: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    /** Who calls: nobody that is known, one, or several among whom to choose. */
    contacts: Type.Array(CardContact),
    /** How many fit; more than `contacts` has when they are too many to show. */
    contactMatches: Type.Integer({ minimum: 0 }),
    /** Whether the caller proved who they are, and by what; null: the flow did not ask. */
    identity: nullable(Identity),
    callStartedAt: IsoTime,
    /** The colleague who asks first, before they pass the call on, with what they have chosen and noted. Absent: nobody does. */
    consultedBy: Type.Optional(
      Type.Object({ operatorName: Type.String(), at: IsoTime, outcome: nullable(Texts), note: Type.String() }, closed),
    ),
  },
  { ...closed, title: "CallCard" },
);
export type CallCard = Static<typeof CallCard>;

const QueueName = Type.Object({ queueId: Id, name: Name }, closed);

/** What an operator is shown of a promised callback beside its card, whose `from` is the number to ring. */
export const AgentCallback = Type.Object(
  {
    callbackId: Id,
    promisedAt: IsoTime,
    attempts: Type.Array(
      Type.Object(
        { at: IsoTime, result: oneOf("answered", "numberBusy", "numberSilent", "numberUnreachable", "numberMachine") },
        closed,
      ),
    ),
    attemptsAllowed: Type.Integer({ minimum: 1 }),
    /** Who is rung first when it is accepted: the operator's telephone, or the number. Absent, of an earlier server: the operator's. */
    first: Type.Optional(oneOf("operator", "caller")),
  },
  { ...closed, title: "AgentCallback" },
);
export type AgentCallback = Static<typeof AgentCallback>;

export const AgentOffer = Type.Object(
  {
    offerId: OfferId,
    callId: Id,
    queue: QueueName,
    /** Null: a caller who is on the line. */
    callback: nullable(AgentCallback),
    card: CallCard,
    offeredAt: IsoTime,
    expiresAt: IsoTime,
    mayRefuse: Type.Boolean(),
    /** It accepts itself so long after the agent has said that it is shown (`desk.offerShown`); absent: only the operator accepts it. */
    autoAcceptMs: Type.Optional(Type.Integer({ minimum: 0 })),
    /** When it will; absent: it has not been shown yet, or never will. */
    acceptsAt: Type.Optional(IsoTime),
  },
  { ...closed, title: "AgentOffer" },
);
export type AgentOffer = Static<typeof AgentOffer>;

/** Whom the operator asks before they pass the call on, and how that stands. */
export const AgentConsult = Type.Object(
  {
    kind: oneOf("operator", "queue", "number", "telephone", "switchboard"),
    /** Who it is; null: the switchboard. */
    name: nullable(Type.String()),
    /** `offered`: on a colleague's screen. `talking`: with the operator, and with the caller too where they are not on hold. */
    state: oneOf("offered", "ringing", "talking", "failed"),
    /** `left`: they hung up again. */
    why: nullable(oneOf("refused", "busy", "silent", "unreachable", "left")),
    since: IsoTime,
  },
  { ...closed, title: "AgentConsult" },
);
export type AgentConsult = Static<typeof AgentConsult>;

export const AgentCall = Type.Object(
  {
    callId: Id,
    offerId: nullable(OfferId),
    queue: nullable(QueueName),
    /**
     * Of a call that the operator places, until somebody talks: what rings; `nothing`: who was called first has picked up, and the other end is
     * being called; or how the number failed, which the operator hears until they hang up. Null: not known (yet).
     */
    rings: nullable(oneOf("telephone", "number", "nothing", "busy", "silent", "unreachable")),
    callback: nullable(AgentCallback),
    card: CallCard,
    acceptedAt: IsoTime,
    /** Nobody clicked: the offer accepted itself, and what opens does so inside the agent. */
    acceptedItself: Type.Optional(Type.Boolean()),
    answeredAt: nullable(IsoTime),
    endedAt: nullable(IsoTime),
    /** What may be chosen for what came of the call; empty: nothing. */
    outcomes: Type.Array(Type.Object({ code: Type.String(), name: Texts }, closed)),
    /** *Ready* waits for it. */
    outcomeNeeded: Type.Boolean(),
    /** What the operator has chosen, and noted. */
    outcome: nullable(Type.String()),
    note: Type.String(),
    /** The operator has silenced themselves. */
    muted: Type.Boolean(),
    /** The caller is on hold: they hear music. Absent: not. */
    held: Type.Optional(Type.Boolean()),
    /** Absent: nobody is asked. */
    consult: Type.Optional(AgentConsult),
    /** How the conversation is recorded; `off`: the operator may begin it. Absent: it is not recorded, and cannot be. */
    recording: Type.Optional(oneOf("on", "paused", "off")),
    /** A supervisor was asked for help. Absent: not. */
    helpSince: Type.Optional(IsoTime),
    /** Supervisors who are in the conversation, where the company lets it be seen. Absent: nobody. */
    listeners: Type.Optional(
      Type.Array(Type.Object({ name: Type.String(), mode: oneOf("listen", "whisper", "join") }, closed)),
    ),
    /** Whether the call can be passed on or put on hold: not by who is only asked about it. */
    mayPassOn: Type.Boolean(),
  },
  { ...closed, title: "AgentCall" },
);
export type AgentCall = Static<typeof AgentCall>;

export const AgentNotice = Type.Object(
  {
    noticeId: Type.String(),
    at: IsoTime,
    code: oneOf(
      "offerMissed",
      "signedOutAfterMissed",
      "offerTaken",
      "offerWithdrawn",
      "callerGone",
      "telephoneBusy",
      "telephoneSilent",
      "telephoneUnreachable",
      "telephoneTakenOver",
      "legOrphaned",
      "connectionLost",
      "numberBusy",
      "numberSilent",
      "numberUnreachable",
      "numberMachine",
      "fromSupervisor",
    ),
    callId: nullable(Id),
    /** `fromSupervisor`: who wrote it, and what. */
    by: Type.Optional(Type.String()),
    text: Type.Optional(Type.String()),
    /** The operator is asked to say that they have read it, and has not yet. */
    toAcknowledge: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: "AgentNotice" },
);
export type AgentNotice = Static<typeof AgentNotice>;

export const AgentQueue = Type.Object(
  {
    queueId: Id,
    name: Name,
    ticked: Type.Boolean(),
    waiting: Type.Integer({ minimum: 0 }),
    longestSince: nullable(IsoTime),
    /** It takes no callers now: a supervisor has closed it, or its opening hours are closed. Absent: it does. */
    closed: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: "AgentQueue" },
);
export type AgentQueue = Static<typeof AgentQueue>;

export const AgentView = Type.Object(
  {
    /** Rises with every change; a view with a lower one than what is shown is late and to be dropped. */
    seq: Type.Integer({ minimum: 0 }),
    /** The server's time: countdowns are counted from it, so that a wrong clock on the desk does no harm. */
    now: IsoTime,
    company: Type.Object({ companyId: Id, code: CompanyCode, name: Name }, closed),
    operator: Type.Object({ operatorId: Id, code: OperatorCode, name: Name, language: ScreenLanguage }, closed),
    state: OperatorStateName,
    since: IsoTime,
    shift: nullable(Type.Object({ shiftId: Id, startedAt: IsoTime }, closed)),
    /** `softphone`: it is a browser of the operator, namely the one that is this SIP user. */
    telephone: nullable(Type.Object({ telephoneId: Id, name: Name, softphone: Type.Optional(Type.String()) }, closed)),
    pause: nullable(Type.Object({ reason: PauseReasonName, label: nullable(Type.String()) }, closed)),
    /** What the operator asked for and takes hold after the call. */
    afterCall: nullable(oneOf("pause", "signOut")),
    wrapUpEndsAt: nullable(IsoTime),
    /** “One more …”, while there is an end to put off: how often still, and by how much. */
    wrapUpExtension: nullable(Type.Object({ left: Type.Integer({ minimum: 1 }), ms: Type.Integer() }, closed)),
    offer: nullable(AgentOffer),
    call: nullable(AgentCall),
    /** The operator's telephone may be connected to nobody: ask them to hang up, and to say so. */
    legToClear: Type.Boolean(),
    queues: Type.Array(AgentQueue),
    notices: Type.Array(AgentNotice),
  },
  { ...closed, title: "AgentView" },
);
export type AgentView = Static<typeof AgentView>;

/** What can be chosen at the desk. */
export const DeskChoices = Type.Object(
  {
    telephones: Type.Array(
      Type.Object(
        {
          telephoneId: Id,
          name: Name,
          kind: oneOf("user", "sipUri", "number"),
          heldBy: nullable(Type.Object({ operatorId: Id, name: Name }, closed)),
          /** A browser of the operator; not chosen from the list, but by `desk.chooseSoftphone`. Absent: not. */
          softphone: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    pauseReasons: Type.Array(Type.Object({ code: Type.String(), name: Texts }, closed)),
    /** The operator may have a number of their own ring. */
    ownNumbers: Type.Boolean(),
    /** The operator may telephone in the browser. Absent: not. */
    softphone: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: "DeskChoices" },
);
export type DeskChoices = Static<typeof DeskChoices>;
