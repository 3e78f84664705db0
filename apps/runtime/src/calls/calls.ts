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
  SupervisionWish,
  TelephonyEvent,
  TelephonyRest,
} from "../ports/index.ts";
import type { Store } from "../store/store.ts";
import { blankCall, factsForFlow } from "./blank-call.ts";
import type { CallRoutes } from "./call-routes.ts";
import { ConsultedLegs, type ConsultNews, consultOf } from "./consulted-legs.ts";
import { HeldCalls } from "./held-calls.ts";
import { LiveCall } from "./live-call.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import { type CallCollections, type CallDocument, callCollections, prepareCallCollections } from "./model.ts";
import { traceMover } from "./move-trace.ts";
import { firstCall } from "./next-call.ts";
import { Orphans } from "./orphans.ts";
import { PartedLegs } from "./parted-legs.ts";
import { runningEveryday, runningVersion } from "./passings.ts";
import { PlacedCalls } from "./placed-calls.ts";
import type { Presentation } from "./presentation.ts";
import { promisesBy } from "./promises.ts";
import type { TalkStanding, TalkWish } from "./recorded-talk.ts";
import type { SecretBox } from "./secret-box.ts";
import { StepWriter } from "./step-writer.ts";
import type { Listened } from "./supervision.ts";
import { supervisionBy } from "./supervision-news.ts";
import { TurningRound } from "./turning-round.ts";
import { untilAnswered } from "./until-answered.ts";
import { untilOwned } from "./until-owned.ts";

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
  readonly placeConsulted: LiveCallPorts["placeConsulted"];
  readonly cardOf: (call: CallDocument) => Promise<CallCard>;
  /** A supervisor was in a conversation, and has left it. Told until it resolves: safe to repeat. */
  readonly onSupervised?: (call: CallDocument) => Promise<void>;
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
  /** What a supervisor asks of their own part in a conversation. */
  supervise(callId: string, wish: SupervisionWish): Promise<"done" | "gone" | "unowned">;
  /** The call as the store has it, also one that is over; null: it is not there any more. */
  find(callId: string): Promise<CallDocument | null>;
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
  /** A supervisor's call: what they wish; a conversation: who is in it beside the two. */
  | { readonly kind: "supervised"; readonly wish: SupervisionWish }
  | { readonly kind: "listened"; readonly listened: Listened }
  /** A leg that was parted from the call is there, or over. */
  | { readonly kind: "leg"; readonly legSid: string; readonly what: "there" | "over" }
  /** What is told of the leg of somebody who is asked first. */
  | { readonly kind: "consulted"; readonly entry: number; readonly legSid: string; readonly news: ConsultNews }
  /** The person's leg has a socket of its own: the call is to be of whoever has that. */
  | { readonly kind: "turn"; readonly partySid: string }
  /** The end of the call, heard of by another process. */
  | { readonly kind: "over"; readonly event: Parameters<CallHandler["onAftermath"]>[1] };

/** The calls of this process: begins them, takes them up again, finds them for the call centre, and hands them back at the end. */
export function createCalls(options: CallsOptions): Calls {
  const { store, bus, clock, makeId, processId, routes, log, presentation } = options;
  const collections: CallCollections = callCollections(store.connection);
  const held = new HeldCalls(bus, (call, message) => answered(call, message as InboxMessage));
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
      state: (legSid) => legs.state(legSid),
    },
    placeTelephone: options.placeTelephone,
    placeConsulted: options.placeConsulted,
    supervision: supervisionBy({
      find: (callId) =>
        collections.calls.findOne({ _id: callId }, { projection: { status: 1, leg: 1, apart: 1, placed: 1 } }),
      tell: (callId, listened) => deliver(callId, { kind: "listened", listened }, ["taken"]),
      left: async (call) => options.onSupervised?.(call),
    }),
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
      const { snapshot, outbox } = document;
      const { secrets } = options;
      return { ...document, snapshot: snapshot && secrets.open(snapshot), outbox: secrets.openItems(outbox) };
    } catch (error) {
      log.error({ callId: document._id, err: error }, "a call's secret variables cannot be opened");
      return null;
    }
  };

  /** A call that was claimed is held from here on, whatever the store does: nobody else would look for it. */
  const takeUp = async (document: CallDocument, connection: CallConnection | null): Promise<void> => {
    const { companyId } = document;
    const flowVersionId = runningVersion(document);
    const everyday = runningEveryday(document);
    const compiled =
      flowVersionId === null
        ? null
        : await untilAnswered(() => routes.version(companyId, flowVersionId, everyday), clock);
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
    if (await placed.isOperatorsLeg(connection)) return legs.attach(connection, true);
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
  /** The socket is of somebody who is asked first. */
  const isConsulted = ({ facts }: CallConnection) => consultOf(facts.ourCallId) !== null;
  const onEvent = (connection: CallConnection, event: TelephonyEvent) => {
    if (isConsulted(connection)) return consulted.event(connection, event);
    return onConnection(connection, (call) => {
      if (call) call.handle(event);
      else if (legs.has(connection)) legs.event(connection, event);
      else placed.stray(connection, event);
    });
  };

  const handler: CallHandler = {
    onNew(connection) {
      if (isConsulted(connection)) {
        consulted.attach(connection);
        return onEvent(connection, { kind: "placedAnswered" });
      }
      const ours = connection.facts.ourCallId !== null;
      introduce(connection, ours ? placed.attach(connection) : begin(connection));
      if (ours) onEvent(connection, { kind: "placedAnswered" });
    },
    onReconnect(connection) {
      if (isConsulted(connection)) {
        consulted.attach(connection);
        return onEvent(connection, { kind: "placedAnswered" });
      }
      introduce(connection, comeBack(connection));
      // Does nothing to a call whose flow has begun.
      if (connection.facts.ourCallId !== null) onEvent(connection, { kind: "placedAnswered" });
    },
    onPlaced: (connection) =>
      isConsulted(connection) ? consulted.attach(connection) : introduce(connection, placed.attach(connection)),
    onEvent,
    onCut: (connection, code) =>
      isConsulted(connection)
        ? legs.cut(connection)
        : onConnection(connection, (call) => (call ? call.cut(connection, code) : legs.cut(connection))),
    onParted: (connection, back) => introduce(connection, turning.attach(connection, back)),
    onPartedOver(parentSid, legSid) {
      const ended = async () => {
        const ofCall = () => collections.calls.findOne({ callSid: legSid }, { projection: { _id: 1 } });
        // It is the call's own leg since.
        if (await untilAnswered(ofCall, clock)) handler.onAftermath(legSid, PARTY_GONE, null);
        else legs.over({ callSid: legSid, parentSid, ourCallId: null });
      };
      ended().catch((error) => log.error({ callSid: legSid, err: error }, "the end of a leg could not be noted"));
    },
    onAftermath(callSid, event, ourCallId) {
      if (consultOf(ourCallId)) {
        if (event.kind === "callerGone") consulted.over(ourCallId, callSid, event.unanswered);
        return;
      }
      const known = held.of({ callSid, ourCallId });
      if (known && !isOfOperatorsLeg(known.document, callSid)) return known.handle(event);
      const which = ourCallId === null ? { callSid } : { _id: ourCallId };
      const note = async () => {
        const live = { ...which, status: "live" } as const;
        const projection = { _id: 1, callSid: 1, placed: 1 };
        const found = await untilAnswered(() => collections.calls.findOne(live, { projection }), clock);
        if (!found) return;
        if (isOfOperatorsLeg(found, callSid)) return legs.over({ callSid, ourCallId });
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
      ? await answered(local, message)
      : await bus.request(HeldCalls.channel(callId), message, OWNER_PATIENCE_MS);
    const known = [...expected, "gone" as const, "unowned" as const].find((one) => one === answer);
    if (known) return known;
    const document = await collections.calls.findOne({ _id: callId }, { projection: { status: 1 } });
    return document?.status === "live" ? "unowned" : "gone";
  };

  const answered = async (call: LiveCall, message: InboxMessage): Promise<InboxAnswer> => {
    if (message.kind !== "turn") return answerInbox(call, message);
    const { connection } = call;
    const answer = await call.turned(message.partySid);
    if (answer !== "taken") return answer;
    held.drop(call);
    // The operator's leg: whoever owns the call asks it for things from now on.
    if (connection) legs.keep(connection);
    return answer;
  };

  const legs = new PartedLegs({
    ...{ bus, clock, rest: options.rest, log },
    callOf: async (callSid) => (await collections.calls.findOne({ callSid }, { projection: { _id: 1 } }))?._id ?? null,
    tell: (callId, legSid, what) => deliver(callId, { kind: "leg", legSid, what }, ["taken"]),
  });
  const consulted = new ConsultedLegs({
    ...{ clock, log, legs },
    tell: (callId, entry, legSid, news) => deliver(callId, { kind: "consulted", entry, legSid, news }, ["taken"]),
  });
  const turning = new TurningRound({
    ...{ calls: collections.calls, clock, held, legs, claim, takeUp },
    turn: (callId, partySid) => deliver(callId, { kind: "turn", partySid }, ["taken"]),
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
      untilOwned(
        () => deliver(request.callId, { kind: "control", request }, ["done", "nowhere", "asking", "notYet"]),
        clock,
      ),
    supervise: (callId, wish) => untilOwned(() => deliver(callId, { kind: "supervised", wish }, ["done"]), clock),
    find: (callId) => collections.calls.findOne({ _id: callId }),
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
      turning.stop();
      consulted.stop();
      const releasing = [...held.all.values()];
      await Promise.all(releasing.map((call) => call.release()));
      for (const call of releasing) held.drop(call);
      await orphans.stop();
    },
  };
}

/** All that is known of the end of a leg by a socket that brings nothing else. */
const PARTY_GONE = { kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 0 } as const;

/** What is told is of the leg of the operator who was rung first, and is not the call's own any more. */
function isOfOperatorsLeg({ placed, callSid }: Pick<CallDocument, "placed" | "callSid">, told: string): boolean {
  return placed?.turned === true && callSid !== told;
}

function isTalkStanding(answer: unknown): answer is TalkStanding {
  return typeof answer === "string" && ["on", "paused", "off", "refused", "gone"].includes(answer);
}

async function answerInbox(call: LiveCall, message: Exclude<InboxMessage, { kind: "turn" }>): Promise<InboxAnswer> {
  if (message.kind === "over") {
    call.handle(message.event);
    await call.settled();
    // One that turned out to be another's by now has noted nothing.
    return call.document.status === "ended" ? "taken" : "unowned";
  }
  if (message.kind === "leg") return call.legTold(message.legSid, message.what);
  if (message.kind === "consulted") return call.consultTold(message.entry, message.legSid, message.news);
  if (message.kind === "supervised") return call.supervised(message.wish);
  if (message.kind === "listened") return call.listened(...message.listened);
  if (message.kind === "control") return call.control(message.request);
  if (message.kind === "recordTalk") return call.recordTalk(message.wish);
  if (message.kind === "unstaffed") {
    const { entry, busy, turnedAway } = message.request;
    return call.unstaffed(entry, busy, turnedAway);
  }
  const { entry, offerId, operatorId, operatorName, target } = message.request;
  return call.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId, target }, operatorName);
}
