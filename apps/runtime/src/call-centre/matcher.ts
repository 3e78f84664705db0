import {
  type AcdEvent,
  decide as acdDecide,
  emptyState,
  type Intent,
  type Moment,
  standardSettings,
} from "@cordboard/acd";
import { operatorChannel } from "../ports/index.ts";
import { Board } from "./board.ts";
import { isCallbackId } from "./callback-ids.ts";
import { CallbackNews } from "./callback-news.ts";
import type { Lease } from "./centre-store.ts";
import { type AnswerLater, decideRequest, takeOperators, takeQueues } from "./decide-request.ts";
import { waitingCallOf } from "./documents.ts";
import { Errands } from "./errands.ts";
import { gatherFacts, operatorsNow, schedulesNow } from "./facts.ts";
import { HeldLease } from "./held-lease.ts";
import { Holding } from "./holding.ts";
import { LiveFeed } from "./live-feed.ts";
import {
  connectCall,
  type Owing,
  placeCall,
  placeDialled,
  tellBusy,
  tellTurnedAway,
  tellUnstaffed,
} from "./owed-to-calls.ts";
import { type CallCentrePorts, centreTimes } from "./ports.ts";
import { Presence } from "./presence.ts";
import type { CentreRequest } from "./requests.ts";
import { type Suspect, suspectOf, suspects } from "./suspects.ts";

/** This process does not match for the company (any more); whether the request was carried out is unknown. */
export class NotHere extends Error {}

type Work =
  | {
      readonly kind: "request";
      readonly request: CentreRequest;
      readonly resolve: (answer: unknown) => void;
      readonly reject: (error: unknown) => void;
    }
  | { readonly kind: "event"; readonly event: AcdEvent };

/** The most requests and events that share one commit. */
const largestBatch = 64;

/**
 * Matches for one company while it holds the lease: takes requests and events one after the other, decides, commits, answers, and then
 * carries out what follows (pop-ups, calls to connect).
 *
 * M1. Nothing is answered, shown or told to a call before the commit that decided it.
 * M2. A request of a call or an operator is answered only after a commit, even when it changed nothing: only a commit proves that
 *     this memory is the present one.
 * M3. A commit that fails ends this matcher; its memory is thrown away, and whoever asked asks again elsewhere.
 */
export class Matcher {
  readonly #ports: CallCentrePorts;
  readonly #companyId: string;
  readonly #lease: HeldLease;
  readonly #presence = new Presence();
  readonly #errands: Errands;
  readonly #board: Board;
  readonly #callbackNews: CallbackNews;
  readonly #live: LiveFeed;
  readonly #onEnd: () => void;
  #holding: Holding | null = null;
  #works: Work[] = [];
  #inHand: readonly Work[] = [];
  #draining = false;
  #drained: Promise<void> = Promise.resolve();
  /** The writes of the last commit on their way to their collections. */
  #applying: Promise<boolean> = Promise.resolve(true);
  #ended = false;
  #closing = false;
  #cancelTick: () => void = () => {};
  #cancelSweep: () => void = () => {};
  #cancelSchedules: () => void = () => {};
  #idleSince: number;
  #queuesAt: number;
  #aliveAt: number;

  constructor(ports: CallCentrePorts, lease: Lease, until: number, onEnd: () => void) {
    const now = ports.clock.now();
    this.#ports = ports;
    this.#companyId = lease.companyId;
    this.#onEnd = onEnd;
    this.#errands = new Errands(ports);
    this.#board = new Board(lease.companyId, ports);
    this.#callbackNews = new CallbackNews(lease.companyId, ports);
    this.#live = new LiveFeed(lease, ports);
    this.#idleSince = now;
    this.#queuesAt = now;
    this.#aliveAt = now;
    this.#lease = new HeldLease(ports, lease, until, () => this.#end());
    void this.#open(lease);
  }

  /** Resolves with the answer once it is durable; rejects with `NotHere` when it is to be asked elsewhere, or again. */
  ask(request: CentreRequest): Promise<unknown> {
    if (this.#ended || this.#closing) return Promise.reject(new NotHere("does not match for this company"));
    if (request.kind !== "view") this.#idleSince = this.#ports.clock.now();
    return new Promise((resolve, reject) => this.#push({ kind: "request", request, resolve, reject }));
  }

  /** Finishes what is in hand and gives the lease back, so that another process goes on at once. */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#draining) await this.#drained;
    await this.#applying;
    await this.#lease.release();
    this.#end();
  }

  async #open(lease: Lease): Promise<void> {
    const { store, lookups, clock, log } = this.#ports;
    const companyId = this.#companyId;
    try {
      // What the one before had committed and perhaps not carried out (S2).
      await store.apply(lease.pending);
      const [open, queues, operators] = await Promise.all([
        store.loadOpen(companyId),
        lookups.queues(companyId),
        operatorsNow(lookups, companyId),
      ]);
      const calls = Object.fromEntries(open.waitingCalls.map((call) => [call._id, waitingCallOf(call)]));
      const schedules = await schedulesNow(lookups, { companyId, queues, calls, asked: [] });
      if (this.#ended) return;
      this.#lookAgainAt(schedules.until);
      const base = {
        companyId,
        settings: standardSettings,
        queues: Object.fromEntries(queues.map((queue) => [queue.id, queue])),
        openSchedules: schedules.open,
        operators,
      };
      this.#holding = new Holding(this.#ports.decide ?? acdDecide, { ...emptyState(companyId), ...base }, open);
    } catch (error) {
      log.warn({ err: error, companyId }, "the call centre could not be loaded; trying again");
      if (this.#ended) return;
      clock.at(clock.now() + centreTimes.pauseMs, () => void this.#open(lease));
      return;
    }
    const { shifts } = this.#holding.state;
    this.#presence.assume(Object.values(shifts), clock.now());
    log.info({ companyId, epoch: lease.epoch, shifts: Object.keys(shifts).length }, "matches for the company");
    for (const { operatorId } of Object.values(shifts)) this.#showTo(operatorId);
    this.#board.show(this.#holding.state);
    this.#live.start(this.#holding);
    this.#push({ kind: "event", event: { type: "sweep" } });
    this.#tickLater();
  }

  #push(work: Work): void {
    if (this.#ended) return;
    this.#works.push(work);
    if (!this.#holding || this.#draining) return;
    this.#draining = true;
    this.#drained = this.#drain(this.#holding);
  }

  async #drain(holding: Holding): Promise<void> {
    // One turn later: what comes in the same turn shares the commit.
    await new Promise(setImmediate);
    while (this.#works.length > 0 && !this.#ended) {
      const batch = this.#works.splice(0, largestBatch);
      this.#inHand = batch;
      try {
        await this.#carryOut(holding, batch);
      } catch (error) {
        await this.#failed(batch, error);
      }
      this.#inHand = [];
    }
    this.#draining = false;
  }

  /** Whoever asked asks again. What was decided and could not be committed is nobody's truth: but for the lease, a bug (M3). */
  async #failed(batch: readonly Work[], error: unknown): Promise<void> {
    const again = error instanceof NotHere ? error : new NotHere("what was decided could not be committed");
    for (const work of batch) if (work.kind === "request") work.reject(again);
    if (again === error) return;
    this.#ports.log.error(
      { err: error, companyId: this.#companyId },
      "a decision could not be committed; loading anew",
    );
    await this.#lease.release();
    this.#end();
  }

  async #carryOut(holding: Holding, batch: readonly Work[]): Promise<void> {
    const requests = batch.flatMap((work) => (work.kind === "request" ? [work.request] : []));
    const facts = await gatherFacts(this.#ports, holding, requests).catch((error: unknown) => {
      this.#ports.log.warn({ err: error, companyId: this.#companyId }, "the store did not answer the call centre");
      throw new NotHere("the store did not answer");
    });
    const now = this.#ports.clock.now();
    const decide = (event: AcdEvent) => holding.decide(event, this.#moment(now));
    for (const { operatorId, since, desk } of facts.lastShifts) holding.rememberLast(operatorId, { since, desk });
    if (facts.queues) takeQueues({ holding, decide }, facts.queues);
    if (facts.operators) takeOperators({ holding, decide }, facts.operators);
    if (facts.schedules) {
      decide({ type: "schedulesSeen", open: facts.schedules.open });
      this.#lookAgainAt(facts.schedules.until);
    }
    const answers: (() => void)[] = [];
    for (const work of batch) {
      try {
        if (work.kind === "request") {
          const context = { holding, presence: this.#presence, facts, now, decide };
          const answer: AnswerLater = decideRequest(context, work.request);
          answers.push(() => {
            // Who changes a callback looks at it next, in the store.
            if (work.request.kind === "live") void this.#live.snapshot().then(work.resolve, work.reject);
            else if (work.request.kind !== "callback") work.resolve(answer());
            else void this.#applying.then((done) => (done ? work.resolve(answer()) : work.reject(notApplied())));
          });
        } else if (work.event.type === "sweep") this.#sweep(holding, now);
        else decide(work.event);
      } catch (error) {
        this.#ports.log.error({ err: error, companyId: this.#companyId }, "a decision failed");
        if (work.kind === "request") work.reject(error);
      }
    }
    const outcome = holding.takeOutcome(this.#lease.nextCommit);
    if (outcome.writes.length > 0 || requests.some(isBinding)) {
      await this.#applying;
      if (!(await this.#lease.commit(outcome.writes, holding.live))) throw new NotHere("the lease was lost");
      this.#applying = this.#lease.apply(outcome.writes);
    } else if (!this.#lease.holds) throw new NotHere("the lease was lost");
    for (const answer of answers) answer();
    for (const operatorId of outcome.operatorIds) this.#showTo(operatorId);
    this.#board.show(holding.state);
    this.#live.show(outcome);
    this.#callbackNews.tell(outcome.writes, this.#applying);
    for (const intent of outcome.intents) this.#follow(holding, intent);
  }

  #moment(now: number): Moment {
    return { now, fresh: this.#ports.makeId("offer").replace(/^offer_/, "") };
  }

  #sweep(holding: Holding, now: number): void {
    const decide = (event: AcdEvent) => holding.decide(event, this.#moment(now));
    this.#presence.forgetOlder(now);
    for (const shift of Object.values(holding.state.shifts)) {
      const correction = shift.closedAt === null ? this.#presence.correction(shift) : null;
      if (correction) decide(correction);
    }
    decide({ type: "sweep", sparing: this.#lease.troubled });
  }

  #showTo(operatorId: string): void {
    const view = this.#holding?.view(operatorId);
    if (view) this.#ports.bus.publish(operatorChannel(this.#companyId, operatorId), { view });
  }

  #follow(holding: Holding, intent: Intent): void {
    switch (intent.type) {
      case "connect":
        this.#errands.start((isCallbackId(intent.callId) ? placeCall : connectCall)(this.#owing(holding), intent));
        return;
      case "dial": {
        const dialOf = (shiftId: string, callId: string) => holding.dialOf(shiftId, callId);
        this.#errands.start(placeDialled({ ...this.#owing(holding), dialOf }, intent));
        return;
      }
      case "unstaffed":
        this.#errands.start(tellUnstaffed(this.#owing(holding), intent));
        return;
      case "busy":
        this.#errands.start(tellBusy(this.#owing(holding), intent));
        return;
      case "full":
      case "overflowed":
      case "closed":
        this.#errands.start(tellTurnedAway(this.#owing(holding), intent));
        return;
      case "checkCall":
        void this.#dropDead([suspectOf(intent)]);
        return;
      case "callbackOver": {
        const { callbackId, queueId, reason } = intent;
        const details = { companyId: this.#companyId, callbackId, queueId, reason };
        if (reason === "givenUp") this.#ports.log.warn(details, "a promised callback was given up");
        else this.#ports.log.info(details, "a promised callback is over");
        return;
      }
      case "scheduleAt": {
        this.#cancelSweep();
        this.#cancelSweep = this.#ports.clock.at(intent.at, () =>
          this.#push({ kind: "event", event: { type: "sweep" } }),
        );
        return;
      }
      // What operators see is shown as a whole. A call whose dial failed has reported that itself and is back in the line already.
      default:
        return;
    }
  }

  #owing(holding: Holding): Owing {
    const { inbox, lookups } = this.#ports;
    return {
      ports: { inbox, lookups },
      companyId: this.#companyId,
      state: () => holding.state,
      extraOf: (id) => holding.extras.get(id),
      tell: (event) => this.#push({ kind: "event", event }),
    };
  }

  #tickLater(): void {
    const { clock } = this.#ports;
    this.#cancelTick = clock.at(clock.now() + centreTimes.sweepMs, () => this.#tick());
  }

  #tick(): void {
    const holding = this.#holding;
    if (this.#ended || this.#closing || !holding) return;
    const now = this.#ports.clock.now();
    this.#push({ kind: "event", event: { type: "sweep" } });
    if (now - this.#queuesAt >= centreTimes.queuesMs) {
      this.#queuesAt = now;
      this.#readSettings();
    }
    if (now - this.#aliveAt >= centreTimes.aliveCheckMs) {
      this.#aliveAt = now;
      void this.#dropDead(suspects(holding.state, now - centreTimes.aliveCheckAgeMs));
    }
    if (!holding.live && now - this.#idleSince >= centreTimes.idleMs) void this.close();
    else this.#tickLater();
  }

  #readSettings(): void {
    this.#push({ kind: "request", request: { kind: "queuesChanged" }, resolve: () => {}, reject: () => {} });
  }

  /** A schedule opens or closes then. */
  #lookAgainAt(at: number | null): void {
    this.#cancelSchedules();
    this.#cancelSchedules = at === null ? () => {} : this.#ports.clock.at(at, () => this.#readSettings());
  }

  /** Ends what waits for, or talks to, calls that have ended without a word reaching us. */
  async #dropDead(all: readonly Suspect[]): Promise<void> {
    if (all.length === 0) return;
    try {
      const callIds = [...new Set(all.map(({ callId }) => callId))];
      const alive = new Set(await this.#ports.lookups.callsAlive(this.#companyId, callIds));
      for (const { callId, event } of all) if (!alive.has(callId)) this.#push({ kind: "event", event });
    } catch (error) {
      this.#ports.log.warn({ err: error, companyId: this.#companyId }, "could not ask which calls are alive");
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelTick();
    this.#cancelSweep();
    this.#cancelSchedules();
    this.#errands.stop();
    this.#board.stop();
    this.#live.stop();
    for (const work of [...this.#inHand, ...this.#works]) {
      if (work.kind === "request") work.reject(new NotHere("the lease was lost"));
    }
    this.#works = [];
    this.#onEnd();
  }
}

/** Whether the asker relies on the answer being the present truth (M2). Views are hints that heal by themselves. */
function isBinding(request: CentreRequest): boolean {
  if (hints.has(request.kind)) return false;
  return !(request.kind === "command" && request.command.kind === "connected");
}

const hints: ReadonlySet<CentreRequest["kind"]> = new Set([
  "view",
  "telephoneHolders",
  "operatorsNow",
  "queuesChanged",
  "live",
  "callers",
]);

function notApplied(): NotHere {
  return new NotHere("the lease was lost before the change could be seen");
}
