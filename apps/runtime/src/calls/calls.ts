import type {
  Bus,
  CallCard,
  CallCentre,
  CallConnection,
  CallHandler,
  CallInbox,
  Clock,
  MakeId,
  TelephonyRest,
} from "../ports/index.ts";
import type { Store } from "../store/store.ts";
import type { CallRoutes } from "./call-routes.ts";
import { LiveCall } from "./live-call.ts";
import type { LiveCallPorts } from "./live-call-ports.ts";
import { type CallCollections, type CallDocument, callCollections, prepareCallCollections } from "./model.ts";
import { firstCall, withTrace } from "./next-call.ts";
import { Orphans } from "./orphans.ts";
import type { Presentation } from "./presentation.ts";
import type { SecretBox } from "./secret-box.ts";
import { StepWriter } from "./step-writer.ts";

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
  readonly rest: TelephonyRest;
  readonly cardOf: (call: CallDocument) => Promise<CallCard>;
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
  /** Calls that this process owns. */
  readonly live: ReadonlyMap<string, LiveCall>;
  /** Which of these calls are not over. */
  alive(callIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Hands every call back to jambonz; nothing new is taken. */
  close(): Promise<void>;
}

/** How long the owner of a call may take to answer another process, ms. */
const OWNER_PATIENCE_MS = 3_000;

const inboxChannel = (callId: string) => `call/${callId}`;

type InboxMessage =
  | { readonly kind: "offerAccepted"; readonly request: Parameters<CallInbox["offerAccepted"]>[0] }
  | { readonly kind: "unstaffed"; readonly request: Parameters<CallInbox["unstaffed"]>[0] };

/** The calls of this process: begins them, takes them up again, finds them for the call centre, and hands them back at the end. */
export function createCalls(options: CallsOptions): Calls {
  const { store, bus, clock, makeId, processId, routes, log } = options;
  const collections: CallCollections = callCollections(store.connection);
  const live = new Map<string, LiveCall>();
  const bySid = new Map<string, LiveCall>();
  const answers = new Map<string, () => void>();
  let callCentre: CallCentre | null = null;
  let closing = false;

  const centre: CallCentre = {
    join: (request) => needCentre().join(request),
    leave: (request) => needCentre().leave(request),
    reportLeg: (request) => needCentre().reportLeg(request),
    callEnded: (request) => needCentre().callEnded(request),
  };
  const needCentre = () => {
    if (!callCentre) throw new Error("The call centre is not there yet; the outbox asks again.");
    return callCentre;
  };

  const ports: LiveCallPorts = {
    writer: new StepWriter(collections.calls),
    clock,
    secrets: options.secrets,
    callCentre: centre,
    presentation: options.presentation,
    rest: options.rest,
    log,
    cardOf: options.cardOf,
    moveTrace: (call) => moveTrace(collections, call),
    onGone: (call) => {
      live.delete(call.id);
      if (bySid.get(call.document.callSid)?.id === call.id) bySid.delete(call.document.callSid);
      answers.get(call.id)?.();
      answers.delete(call.id);
    },
  };

  const hold = (call: LiveCall): LiveCall => {
    live.set(call.id, call);
    bySid.set(call.document.callSid, call);
    answers.set(
      call.id,
      bus.answer(inboxChannel(call.id), (message) => answerInbox(call, message as InboxMessage)),
    );
    return call;
  };

  const begin = async (connection: CallConnection): Promise<void> => {
    const { facts } = connection;
    const now = clock.now();
    const route = await untilAnswered(
      () => routes.route(facts.to),
      clock,
      () => {
        // The store does not answer: the caller hears music instead of ringing on, and the call begins when it does.
        connection.redirect(options.presentation.comfort(null));
      },
    );
    const blank: CallDocument = {
      _id: makeId("call"),
      companyId: route.companyId,
      rev: 0,
      ownerEpoch: 1,
      owner: processId,
      callSid: facts.callSid,
      direction: facts.direction,
      from: facts.from,
      hidden: facts.hidden,
      callerName: facts.callerName,
      to: facts.to,
      lineId: route.lineId,
      lineName: route.lineName,
      flowId: route.flowId,
      flowVersionId: route.flowVersionId,
      language: route.language ?? route.compiled.document.languages[0] ?? "en-GB",
      status: "live",
      startedAt: now,
      answeredAt: null,
      endedAt: null,
      endedBy: null,
      snapshot: null,
      timers: [],
      outbox: [],
      media: null,
      queue: null,
      leg: null,
      script: null,
      cuts: 0,
      cutAt: null,
      traceSeq: 0,
      traceTail: [],
    };
    const opening = withTrace(blank, [
      {
        at: now,
        kind: "began",
        nodeId: null,
        details: {
          from: facts.hidden ? null : facts.from,
          hidden: facts.hidden,
          to: facts.to,
          line: route.lineName,
          flow: route.flowId,
          version: route.flowVersionId,
          served: route.lineId !== null,
        },
      },
    ]);
    const first = firstCall(
      opening,
      route.compiled,
      {
        callId: blank._id,
        callerNumber: facts.hidden ? null : facts.from,
        callerName: facts.hidden ? null : facts.callerName,
        dialledNumber: facts.to,
        lineName: route.lineName,
        language: route.language,
        timeZone: route.timeZone,
      },
      now,
    );
    await hold(new LiveCall(first, route.compiled, connection, ports, false)).beginNew();
  };

  /** Takes a call from the store for this process; `null` when it is over or another process was quicker. */
  const claim = async (filter: object): Promise<CallDocument | null> =>
    collections.calls.findOneAndUpdate(
      { ...filter, status: "live" },
      { $inc: { ownerEpoch: 1 }, $set: { owner: processId } },
      { returnDocument: "after" },
    );

  const takeUp = async (document: CallDocument, connection: CallConnection | null): Promise<void> => {
    const compiled = document.flowVersionId ? await routes.version(document.companyId, document.flowVersionId) : null;
    if (!compiled) {
      log.error({ callId: document._id, version: document.flowVersionId }, "a live call's flow version is gone");
      connection?.redirect(options.presentation.apology(document));
      return;
    }
    const call = document.snapshot ? { ...document, snapshot: options.secrets.open(document.snapshot) } : document;
    hold(new LiveCall(call, compiled, connection, ports, true)).resume();
  };

  const comeBack = async (connection: CallConnection): Promise<void> => {
    const { callSid } = connection.facts;
    const known = bySid.get(callSid);
    if (known) {
      if (known.heard || deaf.delete(callSid)) return known.reattach(connection);
      return againPlease(connection);
    }
    const document = await untilAnswered(
      () => claim({ callSid }),
      clock,
      () => undefined,
    );
    if (document) {
      deaf.delete(callSid);
      log.info({ callId: document._id, epoch: document.ownerEpoch }, "a call came back");
      return takeUp(document, connection);
    }
    const ended = await collections.calls.findOne({ callSid }, { projection: { _id: 1 } });
    if (ended) {
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
    const call = bySid.get(connection.facts.callSid);
    return call?.connection === connection ? call : undefined;
  };
  /** What arrived before the call was loaded, in order. */
  const early = new Map<CallConnection, Parameters<CallHandler["onEvent"]>[1][]>();
  const introduce = (connection: CallConnection, work: Promise<void>) => {
    early.set(connection, []);
    work
      .catch((error) => {
        log.error({ callSid: connection.facts.callSid, err: error }, "a call could not be begun or taken up");
        connection.redirect(options.presentation.apology(null));
      })
      .finally(() => {
        const events = early.get(connection) ?? [];
        early.delete(connection);
        for (const event of events) ofConnection(connection)?.handle(event);
      });
  };

  const handler: CallHandler = {
    onNew: (connection) => introduce(connection, begin(connection)),
    onReconnect: (connection) => introduce(connection, comeBack(connection)),
    onEvent(connection, event) {
      const waiting = early.get(connection);
      const call = ofConnection(connection);
      if (call) call.handle(event);
      else if (waiting) waiting.push(event);
    },
    onAftermath(callSid, event) {
      const call = bySid.get(callSid);
      if (call) return call.handle(event);
      void claim({ callSid })
        .then(async (document) => {
          if (!document) return;
          await takeUp(document, null);
          bySid.get(callSid)?.handle(event);
        })
        .catch((error) => log.error({ callSid, err: error }, "the end of a call could not be noted yet"));
    },
    onCut: (connection, code) => ofConnection(connection)?.cut(connection, code),
  };

  const deliver = async (callId: string, message: InboxMessage): Promise<"taken" | "gone" | "unowned"> => {
    const local = live.get(callId);
    if (local) return answerInbox(local, message);
    const answer = await bus.request(inboxChannel(callId), message, OWNER_PATIENCE_MS);
    if (answer === "taken" || answer === "gone") return answer;
    const document = await collections.calls.findOne({ _id: callId }, { projection: { status: 1 } });
    return document?.status === "live" ? "unowned" : "gone";
  };

  const orphans = new Orphans({ collections, clock, processId, claim, takeUp, log, held: (id) => live.has(id) });

  return {
    handler,
    live,
    inbox: {
      offerAccepted: (request) => deliver(request.callId, { kind: "offerAccepted", request }),
      unstaffed: (request) => deliver(request.callId, { kind: "unstaffed", request }),
    },
    useCallCentre(given) {
      callCentre = given;
    },
    async start() {
      await prepareCallCollections(collections);
      await orphans.start();
    },
    async alive(callIds) {
      const found = await collections.calls
        .find({ _id: { $in: [...callIds] }, status: "live" }, { projection: { _id: 1 } })
        .toArray();
      return new Set(found.map((document) => document._id));
    },
    async close() {
      if (closing) return;
      closing = true;
      await Promise.all([...live.values()].map((call) => call.release()));
      for (const stop of answers.values()) stop();
      await orphans.stop();
    },
  };
}

async function answerInbox(call: LiveCall, message: InboxMessage): Promise<"taken" | "gone"> {
  if (message.kind === "unstaffed") return call.unstaffed(message.request.entry);
  const { entry, offerId, operatorId, operatorName, target } = message.request;
  return call.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId, target }, operatorName);
}

/** Copies the trace lines that the store has to their own collection. Doing it twice does no harm. */
async function moveTrace({ traceEvents }: CallCollections, call: CallDocument): Promise<number> {
  if (call.traceTail.length === 0) return 0;
  const documents = call.traceTail.map((line) => ({
    _id: `${call._id}.${line.seq}`,
    callId: call._id,
    companyId: call.companyId,
    ...line,
  }));
  try {
    await traceEvents.insertMany(documents, { ordered: false });
  } catch (error) {
    if (!(typeof error === "object" && error !== null && "code" in error && error.code === 11000)) return 0;
  }
  return call.traceTail.at(-1)?.seq ?? 0;
}

/** Asks until an answer comes; after `comfortMs` without one `comfort` is called, once. */
async function untilAnswered<T>(ask: () => Promise<T>, clock: Clock, comfort: () => void): Promise<T> {
  const stopComfort = clock.at(clock.now() + 2_500, comfort);
  try {
    for (let wait = 100; ; wait = Math.min(2_000, wait * 2)) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof TypeError || error instanceof RangeError) throw error;
        await new Promise<void>((resolve) => {
          clock.at(clock.now() + wait, resolve);
        });
      }
    }
  } finally {
    stopComfort();
  }
}
