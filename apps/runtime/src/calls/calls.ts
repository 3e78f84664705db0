import type {
  Bus,
  CallCard,
  CallCentre,
  CallConnection,
  CallHandler,
  CallInbox,
  Clock,
  ControlAnswer,
  ControlCall,
  ControlRequest,
  MakeId,
  TelephonyEvent,
  TelephonyRest,
} from "../ports/index.ts";
import type { Store } from "../store/store.ts";
import { blankCall, factsForFlow } from "./blank-call.ts";
import type { CallRoutes } from "./call-routes.ts";
import { controlled } from "./controlled.ts";
import { HeldCalls } from "./held-calls.ts";
import { LiveCall } from "./live-call.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import { type CallCollections, type CallDocument, callCollections, prepareCallCollections } from "./model.ts";
import { traceMover } from "./move-trace.ts";
import { firstCall } from "./next-call.ts";
import { Orphans } from "./orphans.ts";
import { PartedLegs } from "./parted-legs.ts";
import { runningVersion } from "./passings.ts";
import { PlacedCalls } from "./placed-calls.ts";
import type { Presentation } from "./presentation.ts";
import { promisesBy } from "./promises.ts";
import type { TalkStanding, TalkWish } from "./recorded-talk.ts";
import type { SecretBox } from "./secret-box.ts";
import { StepWriter } from "./step-writer.ts";
import { untilAnswered } from "./until-answered.ts";

export interface CallsOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly secrets: SecretBox;
  /** This process: the owner of the calls whose sockets it holds. */
  readonly processId: string;
  readonly routes: CallRoutes;
  readonly presentation: Presentation;
  readonly answers: Omit<LiveCallPorts["answers"], "promiseCallback">;
  readonly recorder: LiveCallPorts["recorder"];
  readonly mailbox: LiveCallPorts["mailbox"];
  readonly conversations: LiveCallPorts["conversations"];
  readonly flowRequests: LiveCallPorts["flowRequests"];
  readonly handsOver?: LiveCallPorts["handsOver"];
  readonly rest: TelephonyRest;
  readonly placeTelephone: LiveCallPorts["placeTelephone"];
  readonly cardOf: (call: CallDocument) => Promise<CallCard>;
  /** A call has begun here, and is in the store. */
  readonly onBegun?: (call: CallDocument) => void;
  /** A call that this process held is over and told to everybody. */
  readonly onEnded?: (by: NonNullable<CallDocument["endedBy"]>) => void;
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
    error(details: object, message: string): void;
  };
}

export interface Calls {
  readonly handler: CallHandler;
  readonly inbox: CallInbox;
  /** The call centre is made after the calls that it needs; it is told once. */
  useCallCentre(callCentre: CallCentre): void;
  start(): Promise<void>;
  /** What an operator asks of the call that they talk on, in whichever process it is. */
  readonly control: ControlCall;
  /** Calls that this process owns. */
  readonly live: ReadonlyMap<string, LiveCall>;
  /** Passes on what an operator asks of the recording of their conversation, to whichever process has the call. */
  recordTalk(callId: string, wish: TalkWish): Promise<TalkStanding>;
  /** Which of these calls are not over. */
  alive(callIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Hands every call back to jambonz; nothing new is taken. */
  close(): Promise<void>;
}

/** How long the owner of a call may take to answer another process, ms. */
const OWNER_PATIENCE_MS = 3_000;

type InboxAnswer = Awaited<ReturnType<CallInbox["offerAccepted"]>> | TalkStanding | ControlAnswer;

type InboxMessage =
  | { readonly kind: "offerAccepted"; readonly request: Parameters<CallInbox["offerAccepted"]>[0] }
  | { readonly kind: "unstaffed"; readonly request: Parameters<CallInbox["unstaffed"]>[0] }
  /** An operator asks something of the recording of their conversation. */
  | { readonly kind: "recordTalk"; readonly wish: TalkWish }
  | { readonly kind: "control"; readonly request: ControlRequest }
  /** A leg that was parted from the call is there, or over. */
  | { readonly kind: "leg"; readonly legSid: string; readonly what: "there" | "over" }
  /** The end of the call, heard of by another process. */
  | { readonly kind: "over"; readonly event: Parameters<CallHandler["onAftermath"]>[1] };

/** The calls of this process: begins them, takes them up again, finds them for the call centre, and hands them back at the end. */
export function createCalls(options: CallsOptions): Calls {
  const { store, bus, clock, makeId, processId, routes, log, presentation } = options;
  const collections: CallCollections = callCollections(store.connection);
  const held = new HeldCalls(bus, (call, message) => answerInbox(call, message as InboxMessage));
  let callCentre: CallCentre | null = null;
  let closing = false;

  const needCentre = () => {
    if (!callCentre) throw new Error("The call centre is not there yet; the outbox asks again.");
    return callCentre;
  };
  const ports: LiveCallPorts = {
    writer: new StepWriter(collections.calls),
    clock,
    secrets: options.secrets,
    callCentre: {
      join: (request) => needCentre().join(request),
      leave: (request) => needCentre().leave(request),
      reportLeg: (request) => needCentre().reportLeg(request),
      promiseCallback: (request) => needCentre().promiseCallback(request),
      callEnded: (request) => needCentre().callEnded(request),
    },
    presentation,
    answers: {
      ...options.answers,
      promiseCallback: promisesBy({ callCentre: needCentre, cardOf: options.cardOf }),
    },
    recorder: options.recorder,
    mailbox: options.mailbox,
    conversations: options.conversations,
    flowRequests: options.flowRequests,
    ...(options.handsOver && { handsOver: options.handsOver }),
    rest: { ...options.rest, reclaim: (callSid) => reclaim(callSid) },
    legs: {
      order: (...asked) => legs.order(...asked),
      hangUp: (legSid) => legs.hangUp(legSid),
      reclaim: (legSid) => legs.reclaim(legSid),
    },
    placeTelephone: options.placeTelephone,
    passOnRoute: routes.passOn,
    log,
    cardOf: options.cardOf,
    moveTrace: traceMover(collections),
    onGone: (call) => {
      held.drop(call);
      if (call.document.endedBy !== null) options.onEnded?.(call.document.endedBy);
    },
  };

  /** jambonz is asked for a call only by who owns it still: it may have come back to another process, which is not told of that. */
  const reclaim: TelephonyRest["reclaim"] = async (callSid) => {
    const ours = collections.calls.findOne({ callSid, owner: processId }, { projection: { _id: 1 } });
    if (await ours.catch(() => true)) return options.rest.reclaim(callSid);
    const lost = held.bySid(callSid);
    if (lost) {
      lost.abandon();
      held.drop(lost);
    }
    return "unavailable";
  };

  const begin = async (connection: CallConnection): Promise<void> => {
    const { facts } = connection;
    const now = clock.now();
    // The store does not answer: the caller hears music instead of ringing on, and the call begins when it does.
    const comfort = () => void connection.redirect(presentation.comfort(null));
    const route = await untilAnswered(() => routes.route(facts.to, facts.firstDialled ?? null), clock, comfort);
    const blank = blankCall(facts, route, { callId: makeId("call"), processId, now });
    const first = firstCall(blank, route.compiled, factsForFlow(blank, route), now);
    const call = new LiveCall(first, route.compiled, connection, ports, false);
    if (!held.hold(call)) return;
    await call.beginNew();
    options.onBegun?.(call.document);
  };

  /** Takes a call from the store for this process; `null` when it is over or another process was quicker. */
  const claim = async (filter: object): Promise<CallDocument | null> =>
    collections.calls.findOneAndUpdate(
      { ...filter, status: "live" },
      { $inc: { ownerEpoch: 1 }, $set: { owner: processId } },
      { returnDocument: "after" },
    );

  /** The call with its secret variables in clear; `null` when they were sealed with another key. */
  const opened = (document: CallDocument): CallDocument | null => {
    try {
      return document.snapshot ? { ...document, snapshot: options.secrets.open(document.snapshot) } : document;
    } catch (error) {
      log.error({ callId: document._id, err: error }, "a call's secret variables cannot be opened");
      return null;
    }
  };

  /** A call that was claimed is held from here on, whatever the store does: nobody else would look for it. */
  const takeUp = async (document: CallDocument, connection: CallConnection | null): Promise<void> => {
    const { companyId } = document;
    const flowVersionId = runningVersion(document);
    const compiled =
      flowVersionId === null ? null : await untilAnswered(() => routes.version(companyId, flowVersionId), clock);
    const call = opened(document);
    const taken = new LiveCall(call ?? document, call && compiled, connection, ports, true);
    if (!held.hold(taken)) return;
    // An ended call needs no flow any more, only to be told to everybody.
    if ((call && compiled) || document.status === "ended") return taken.resume();
    log.error(
      { callId: document._id, version: flowVersionId },
      "a live call's flow version is gone, or its secrets are another installation's: the call is ended",
    );
    taken.giveUp();
  };

  const comeBack = async (connection: CallConnection): Promise<void> => {
    const { callSid, ourCallId } = connection.facts;
    const which = ourCallId === null ? { callSid } : { _id: ourCallId };
    const known = held.of(connection.facts);
    if (known) {
      if (known.heard || deaf.delete(callSid)) return known.reattach(connection);
      return againPlease(connection);
    }
    if (!deaf.has(callSid) && (await placed.mayBeDeaf(connection))) return againPlease(connection);
    const document = await untilAnswered(() => claim(which), clock);
    if (document) {
      deaf.delete(callSid);
      log.info({ callId: document._id, epoch: document.ownerEpoch }, "a call came back");
      return takeUp(document, connection);
    }
    const stored = () => collections.calls.findOne(which, { projection: { _id: 1 } });
    if (ourCallId !== null || (await untilAnswered(stored, clock))) {
      // Given up here, alive there: nothing may revive it, and nobody is left in silence.
      connection.redirect([{ verb: "hangup" }]);
      return;
    }
    // Never written: the process died, or the socket, before the first commit.
    if (deaf.delete(callSid)) return begin(connection);
    againPlease(connection);
  };
  /**
   * Where our ack of `session:new` was lost, jambonz keeps to itself what it has to say until one more reconnection (protocol fact 40); so a
   * call of which nothing was ever heard is sent round once. The others lose a second by it, still unanswered.
   */
  const deaf = new Set<string>();
  const againPlease = (connection: CallConnection) => {
    deaf.add(connection.facts.callSid);
    connection.release("reconnect once more, so that status messages arrive");
  };

  const ofConnection = (connection: CallConnection) => {
    const call = held.of(connection.facts);
    return call?.connection === connection ? call : undefined;
  };
  /** What happened on a connection before its call was loaded, in order. */
  const early = new Map<CallConnection, ((call: LiveCall | undefined) => void)[]>();
  const introduce = (connection: CallConnection, work: Promise<void>) => {
    early.set(connection, []);
    work
      .catch((error) => {
        log.error({ callSid: connection.facts.callSid, err: error }, "a call could not be begun or taken up");
        connection.redirect(presentation.apology(null));
      })
      .finally(() => {
        const happened = early.get(connection) ?? [];
        early.delete(connection);
        for (const tell of happened) tell(ofConnection(connection));
      });
  };
  const onConnection = (connection: CallConnection, tell: (call: LiveCall | undefined) => void) => {
    const waiting = early.get(connection);
    if (waiting) waiting.push(tell);
    else tell(ofConnection(connection));
  };
  const onEvent = (connection: CallConnection, event: TelephonyEvent) =>
    connection.facts.parentSid !== undefined
      ? legs.event(connection, event)
      : onConnection(connection, (call) => (call ? call.handle(event) : placed.stray(connection, event)));

  const handler: CallHandler = {
    onNew(connection) {
      const ours = connection.facts.ourCallId !== null;
      introduce(connection, ours ? placed.attach(connection) : begin(connection));
      if (ours) onEvent(connection, { kind: "placedAnswered" });
    },
    onReconnect(connection) {
      introduce(connection, comeBack(connection));
      // Does nothing to a call whose flow has begun.
      if (connection.facts.ourCallId !== null) onEvent(connection, { kind: "placedAnswered" });
    },
    onPlaced: (connection) => introduce(connection, placed.attach(connection)),
    onEvent,
    onCut: (connection, code) =>
      connection.facts.parentSid !== undefined
        ? legs.cut(connection)
        : onConnection(connection, (call) => call?.cut(connection, code)),
    onParted: (connection) => legs.attach(connection),
    onPartedOver: (parentSid, legSid) => legs.over(parentSid, legSid),
    onAftermath(callSid, event, ourCallId) {
      const known = held.of({ callSid, ourCallId });
      if (known) return known.handle(event);
      const which = ourCallId === null ? { callSid } : { _id: ourCallId };
      const note = async () => {
        const live = { ...which, status: "live" } as const;
        const found = await untilAnswered(() => collections.calls.findOne(live, { projection: { _id: 1 } }), clock);
        if (!found) return;
        // A status by HTTP comes to any process: the one that holds the call ends it; nobody takes it from under its socket.
        const over: InboxMessage = { kind: "over", event };
        if ((await bus.request(HeldCalls.channel(found._id), over, OWNER_PATIENCE_MS)) === "taken") return;
        const document = await untilAnswered(() => claim(which), clock);
        if (document) await takeUp(document, null);
        held.of({ callSid, ourCallId })?.handle(event);
      };
      note().catch((error) => log.error({ callSid, err: error }, "the end of a call could not be noted"));
    },
  };

  const deliver = async <Answer extends InboxAnswer>(
    callId: string,
    message: InboxMessage,
    expected: readonly Answer[],
  ): Promise<Answer | "gone" | "unowned"> => {
    const local = held.all.get(callId);
    const answer = local
      ? await answerInbox(local, message)
      : await bus.request(HeldCalls.channel(callId), message, OWNER_PATIENCE_MS);
    const known = [...expected, "gone" as const, "unowned" as const].find((one) => one === answer);
    if (known) return known;
    const document = await collections.calls.findOne({ _id: callId }, { projection: { status: 1 } });
    return document?.status === "live" ? "unowned" : "gone";
  };

  const legs = new PartedLegs({
    ...{ bus, clock, rest: options.rest, log },
    callOf: async (callSid) => (await collections.calls.findOne({ callSid }, { projection: { _id: 1 } }))?._id ?? null,
    tell: (callId, legSid, what) => deliver(callId, { kind: "leg", legSid, what }, ["taken"]),
  });
  const placed = new PlacedCalls({ calls: collections.calls, clock, processId, routes, ports, held, claim, takeUp });
  const orphans = new Orphans({ collections, clock, processId, claim, takeUp, log, held: (id) => held.all.has(id) });

  return {
    handler,
    live: held.all,
    inbox: {
      offerAccepted: (request) => deliver(request.callId, { kind: "offerAccepted", request }, ["taken"]),
      unstaffed: (request) => deliver(request.callId, { kind: "unstaffed", request }, ["taken"]),
      placeCall: (order) => placed.place(order),
    },
    control: (request) =>
      controlled(
        request,
        (asked) => deliver(asked.callId, { kind: "control", request: asked }, ["done", "nowhere"]),
        clock,
      ),
    useCallCentre(given) {
      callCentre = given;
    },
    async start() {
      await prepareCallCollections(collections);
      await orphans.start();
    },
    async recordTalk(callId, wish) {
      const message: InboxMessage = { kind: "recordTalk", wish };
      const local = held.all.get(callId);
      const answer = local
        ? await local.recordTalk(wish)
        : await bus.request(HeldCalls.channel(callId), message, OWNER_PATIENCE_MS);
      return isTalkStanding(answer) ? answer : "gone";
    },
    async alive(callIds) {
      const found = await collections.calls
        .find({ _id: { $in: [...callIds] }, unsettled: true }, { projection: { _id: 1 } })
        .toArray();
      return new Set(found.map((document) => document._id));
    },
    async close() {
      if (closing) return;
      closing = true;
      legs.stop();
      const releasing = [...held.all.values()];
      await Promise.all(releasing.map((call) => call.release()));
      for (const call of releasing) held.drop(call);
      await orphans.stop();
    },
  };
}

function isTalkStanding(answer: unknown): answer is TalkStanding {
  return typeof answer === "string" && ["on", "paused", "off", "refused", "gone"].includes(answer);
}

async function answerInbox(call: LiveCall, message: InboxMessage): Promise<InboxAnswer> {
  if (message.kind === "over") {
    call.handle(message.event);
    await call.settled();
    // One that turned out to be another's by now has noted nothing.
    return call.document.status === "ended" ? "taken" : "unowned";
  }
  if (message.kind === "leg") return call.legTold(message.legSid, message.what);
  if (message.kind === "control") return call.control(message.request);
  if (message.kind === "recordTalk") return call.recordTalk(message.wish);
  if (message.kind === "unstaffed") {
    const { entry, busy, turnedAway } = message.request;
    return call.unstaffed(entry, busy, turnedAway);
  }
  const { entry, offerId, operatorId, operatorName, target } = message.request;
  return call.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId, target }, operatorName);
}
