/** The live board: what queues and operators are doing now. REST gives it whole; realtime tells what changed, by sequence numbers. */
import { type Static, Type } from "typebox";
import { OperatorStateName, PauseReasonName } from "./agent-view.ts";
import { QueueLimits, ServiceLevelGoal } from "./queue-goals.ts";
import { Id, IsoTime, Name } from "./schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);
const Count = Type.Integer({ minimum: 0 });
const Share = nullable(Type.Number({ minimum: 0, maximum: 1 }));

/** Of visits to the line. `serviceLevel`: in time of those answered, abandoned or left; null when there is none. */
const counts = { answered: Count, abandoned: Count, left: Count, inTime: Count, serviceLevel: Share };

/** What a supervisor said of a queue by hand, until a moment, or (null) until somebody says otherwise. */
export const QueueByHand = Type.Object(
  {
    state: Type.Enum(["open", "closed"]),
    until: nullable(IsoTime),
    /** Of a queue that is closed: those who wait are sent away too. */
    sendsAway: Type.Boolean(),
    at: IsoTime,
    by: Type.String(),
    /** Empty: none was given. */
    reason: Type.String(),
  },
  { ...closed, title: "QueueByHand" },
);
export type QueueByHand = Static<typeof QueueByHand>;

/** Whether a queue takes callers now, and what was said of it by hand; null: nothing, or it is over. */
export const QueueOpening = Type.Object(
  { open: Type.Boolean(), byHand: nullable(QueueByHand) },
  { ...closed, title: "QueueOpening" },
);
export type QueueOpening = Static<typeof QueueOpening>;

const queueState = {
  queueId: Id,
  /** Callers on the line whom nobody talks to yet; promised callbacks are counted apart. */
  waiting: Count,
  longestSince: nullable(IsoTime),
  callbacks: Count,
  /** How long a caller who joins now may expect to wait, to ten seconds; null: nobody is signed in, or too little was seen lately to say so. */
  expectedWaitMs: nullable(Count),
  /** Operators who are signed in and have ticked the queue, and those of them who are free. */
  signedIn: Count,
  available: Count,
  paused: Count,
  /** Absent: it takes callers. */
  opening: Type.Optional(QueueOpening),
  /** Of the visits that began today, in the company's time zone; `offered` has those who wait, `shortAbandoned` is apart as in the figures. */
  day: Type.Object({ offered: Count, ...counts, shortAbandoned: Count }, closed),
  /** Of the visits that ended in the last half-hour. */
  halfHour: Type.Object(counts, closed),
};

export const LiveQueueState = Type.Object(queueState, closed);
export type LiveQueueState = Static<typeof LiveQueueState>;

/** How a supervisor is in a conversation: heard by nobody, by the operator alone, or by both. */
export const SupervisionMode = Type.Enum(["listen", "whisper", "join"]);
export type SupervisionMode = Static<typeof SupervisionMode>;

/** A supervisor who is in the conversation. */
const LiveListener = Type.Object({ supervisionId: Id, userId: Id, name: Type.String(), mode: SupervisionMode }, closed);

/** What an operator has before them, or talks to. */
const LiveOn = Type.Object(
  {
    callId: Id,
    queueId: nullable(Id),
    /** Null: hidden, or not known. */
    fromText: nullable(Type.String()),
    callerName: nullable(Type.String()),
    callback: Type.Boolean(),
    /** The operator asks for help with it since then; null: they do not. */
    helpSince: nullable(IsoTime),
    /** The caller is on hold since then; null: they are not. */
    heldSince: nullable(IsoTime),
    /** Supervisors who listen, whisper or have joined. Absent: nobody. */
    listeners: Type.Optional(Type.Array(LiveListener)),
  },
  closed,
);

const operatorState = {
  operatorId: Id,
  state: OperatorStateName,
  since: nullable(IsoTime),
  signedInAt: nullable(IsoTime),
  pause: nullable(Type.Object({ reason: PauseReasonName, label: nullable(Type.String()) }, closed)),
  afterCall: nullable(Type.Enum(["pause", "signOut"])),
  telephoneName: nullable(Type.String()),
  /** The queues that they have ticked. */
  queueIds: Type.Array(Id),
  on: nullable(LiveOn),
  /** Their agent is connected. */
  connected: Type.Boolean(),
  /** Notices of supervisors that they have not acknowledged yet. */
  toAcknowledge: Count,
};

export const LiveOperatorState = Type.Object(operatorState, closed);
export type LiveOperatorState = Static<typeof LiveOperatorState>;

export const LiveQueue = Type.Object(
  { ...queueState, name: Name, goal: ServiceLevelGoal, limits: QueueLimits },
  { ...closed, title: "LiveQueue" },
);
export type LiveQueue = Static<typeof LiveQueue>;

export const LiveOperator = Type.Object(
  { ...operatorState, name: Name, code: Type.String() },
  { ...closed, title: "LiveOperator" },
);
export type LiveOperator = Static<typeof LiveOperator>;

/** Which state of the board this is: a later one of the same `epoch` has a higher `seq`; another epoch begins anew. */
const version = { epoch: Count, seq: Count };

export const LiveBoard = Type.Object(
  { ...version, now: IsoTime, queues: Type.Array(LiveQueue), operators: Type.Array(LiveOperator) },
  { ...closed, title: "LiveBoard" },
);
export type LiveBoard = Static<typeof LiveBoard>;

const v = Type.Literal(1);

/** What the board's socket says (`liveSockets`). It is a hint, REST is the truth. */
export const LiveMessage = Type.Union([
  /**
   * The rows that changed, at most once a second. `seq` is one more than that of the message before; a message without rows repeats it
   * (every few seconds, so that a lost last message is noticed). Whoever sees a gap, another epoch or a row that is not on the board reads it
   * again by REST.
   */
  Type.Object(
    {
      ...{ v, type: Type.Literal("changes"), ...version, now: IsoTime },
      ...{ queues: Type.Array(LiveQueueState), operators: Type.Array(LiveOperatorState) },
    },
    closed,
  ),
  /** Names or settings changed: read the board again. */
  Type.Object({ v, type: Type.Literal("settings") }, closed),
  /** The session is over; the socket closes after this. */
  Type.Object({ v, type: Type.Literal("sessionEnded") }, closed),
]);
export type LiveMessage = Static<typeof LiveMessage>;

/** Why a queue rings. */
export type QueueAlarm = "nobodySignedIn" | "longest" | "waiting" | "serviceLevel";

/** The alarms of a queue at `now` (UTC ms), the gravest first. Pure: the board and whoever is told outside it go by the same. */
export function queueAlarms(
  queue: Pick<LiveQueue, "waiting" | "longestSince" | "signedIn" | "halfHour" | "limits">,
  now: number,
): readonly QueueAlarm[] {
  const { waiting, longestSince, signedIn, halfHour, limits } = queue;
  const longestMs = longestSince === null ? 0 : now - Date.parse(longestSince);
  const level = halfHour.serviceLevel;
  const rings: Readonly<Record<QueueAlarm, boolean>> = {
    nobodySignedIn: limits.nobodySignedIn && waiting > 0 && signedIn === 0,
    longest: limits.longestMs !== null && waiting > 0 && longestMs > limits.longestMs,
    waiting: limits.waiting !== null && waiting > limits.waiting,
    serviceLevel: limits.serviceLevelPercent !== null && level !== null && level * 100 < limits.serviceLevelPercent,
  };
  return (Object.keys(rings) as QueueAlarm[]).filter((alarm) => rings[alarm]);
}

/**
 * The board after a message, or null when it must be read again: a gap, another epoch, or somebody who is not on it. A message that is
 * late changes nothing.
 */
export function withChanges(board: LiveBoard, message: Extract<LiveMessage, { type: "changes" }>): LiveBoard | null {
  const { epoch, seq, now, queues, operators } = message;
  if (epoch !== board.epoch) return null;
  if (queues.length + operators.length === 0) return seq > board.seq ? null : board;
  if (seq <= board.seq) return board;
  if (seq !== board.seq + 1) return null;
  const changedQueues = merged(board.queues, queues, ({ queueId }) => queueId);
  const changedOperators = merged(board.operators, operators, ({ operatorId }) => operatorId);
  if (!changedQueues || !changedOperators) return null;
  return { epoch, seq, now, queues: changedQueues, operators: changedOperators };
}

/** Rows that did not change stay the same objects. */
function merged<Row extends State, State>(
  rows: readonly Row[],
  changes: readonly State[],
  idOf: (row: State) => string,
): Row[] | null {
  const byId = new Map(changes.map((change) => [idOf(change), change]));
  const after = rows.map((row) => {
    const change = byId.get(idOf(row));
    byId.delete(idOf(row));
    return change === undefined ? row : { ...row, ...change };
  });
  return byId.size === 0 ? after : null;
}
