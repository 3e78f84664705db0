import { type AcdState, checkInvariants, type Decision, decide, type Queue } from "@cordboard/acd";
import { randomId } from "../../ports/index.ts";
import type { CallCentreStore } from "../centre-store.ts";
import { type CallCentreHost, createCallCentre } from "../create-call-centre.ts";
import { Activity } from "./activity.ts";
import { FakeCalls } from "./fake-calls.ts";
import { VirtualBus } from "./virtual-bus.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const companyId = "co_test";
const never = new Promise<never>(() => {});

/** What may happen to a process at one of its writes. */
export type Fate = "lives" | "dies before" | "dies after";

export interface TestProcess {
  readonly id: string;
  readonly centre: CallCentreHost;
  readonly alive: boolean;
  /** Ends it as `kill -9` does: nothing of it is heard any more, and what it had asked of the store may still happen. */
  kill(): void;
  /** Resolves when it was killed. */
  readonly death: Promise<void>;
  /** Its clock and its store stand still, as those of a process that is stopped; `false` lets it go on. */
  freeze(frozen: boolean): void;
  /** Asked at each write to the store; apply counts each document as a write. */
  fate: (write: string) => Fate;
}

/** Opening hours: each is closed until a time of its own; one that has none is open. */
export class TestSchedules {
  readonly opensAt = new Map<string, number>();

  ask(ids: readonly string[], now: number) {
    const times = ids.flatMap((id) => this.opensAt.get(id) ?? []).filter((at) => at > now);
    const open = ids.filter((id) => (this.opensAt.get(id) ?? 0) <= now);
    return { open, until: times.length === 0 ? null : Math.min(...times) };
  }
}

/** Processes that share a store, a bus and a clock, with calls that dial when told to. */
export class TestWorld {
  readonly clock = new VirtualClock();
  readonly activity = new Activity();
  readonly bus = new VirtualBus(this.clock, this.activity);
  readonly calls = new FakeCalls(this.clock);
  readonly violations: string[] = [];
  readonly telephones = new Set(["tel_1", "tel_2", "tel_3", "tel_4", "tel_5"]);
  readonly store: CallCentreStore;
  queues: readonly Queue[];
  operators: AcdState["operators"] = {};
  /** Who was asked for as a call's preferred operators; the answer is whom the call names, after whom its caller talked to last. */
  readonly preferredAsked: { readonly operators: readonly string[]; readonly lastOf: string | null }[] = [];
  readonly lastOperators = new Map<string, string>();
  readonly schedules = new TestSchedules();
  /** Stands for a bug in the decisions. */
  spoil = (decision: Decision): Decision => decision;
  /** The store cannot be reached by any process. */
  storeGone = false;

  constructor(store: CallCentreStore, queues: readonly Queue[]) {
    this.store = store;
    this.queues = queues;
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms, this.activity.settle);
  }

  settle(): Promise<void> {
    return this.activity.settle();
  }

  /** Moves time on until the promise is settled, at most `ms`. */
  async during<T>(promise: Promise<T>, ms = 20_000): Promise<T> {
    let open = true;
    const done = () => {
      open = false;
    };
    promise.then(done, done);
    const end = this.clock.now() + ms;
    await this.settle();
    while (open && this.clock.now() < end) await this.advance(50);
    if (open) throw new Error(`still open after ${ms} ms`);
    return await promise;
  }

  /** `behindMs`: the process's clock is late by that much. `alone`: it believes that no other process is alive. */
  async start({ behindMs = 0, alone = false } = {}): Promise<TestProcess> {
    const process = new Mortal(this, behindMs, alone);
    await this.during(process.centre.start());
    return process;
  }
}

class Mortal implements TestProcess {
  readonly id = randomId("proc");
  readonly centre: CallCentreHost;
  readonly death: Promise<void>;
  alive = true;
  fate: (write: string) => Fate = () => "lives";
  readonly #die: () => void;
  readonly #unanswer: (() => void)[] = [];
  #thaw: Promise<void> | null = null;
  #letGo: () => void = () => {};

  constructor(world: TestWorld, behindMs: number, alone: boolean) {
    let die = () => {};
    this.death = new Promise((resolve) => {
      die = resolve;
    });
    this.#die = die;
    const { clock, bus, calls } = world;
    this.centre = createCallCentre({
      store: this.#mortalStore(world),
      bus: {
        ...{ subscribe: bus.subscribe.bind(bus), close: () => bus.close() },
        publish: (channel, message) => this.alive && bus.publish(channel, message),
        request: (...asked) => this.#lives(() => bus.request(...asked)),
        answer: (channel, handler) => {
          const end = bus.answer(channel, (message) => this.#lives(() => handler(message)));
          this.#unanswer.push(end);
          return end;
        },
      },
      clock: {
        now: () => clock.now() - behindMs,
        at: (at, due) =>
          clock.at(at + behindMs, () => {
            if (!this.alive) return;
            if (this.#thaw) void this.#thaw.then(due);
            else due();
          }),
      },
      makeId: randomId,
      log: { info: () => {}, warn: () => {}, error: (details: unknown) => world.violations.push(describe(details)) },
      inbox: {
        offerAccepted: (request) => this.#lives(() => world.activity.track(() => calls.offerAccepted(request))),
        unstaffed: (request) => this.#lives(() => world.activity.track(() => calls.unstaffed(request))),
        placeCall: (order) => this.#lives(() => world.activity.track(() => calls.placeCall(order))),
      },
      lookups: {
        queues: async () => world.queues,
        operatorName: async (_companyId, operatorId) => `name of ${operatorId}`,
        telephoneExists: async (_companyId, telephoneId) => world.telephones.has(telephoneId),
        callsAlive: (...asked) => calls.callsAlive(...asked),
        country: async () => "FR",
        openSchedules: async (_companyId, ids) => world.schedules.ask(ids, clock.now()),
        operators: async () => world.operators,
        skills: async () => new Set(["english", "billing"]),
        async preferred(_companyId, asked) {
          world.preferredAsked.push(asked);
          const last = world.lastOperators.get(asked.lastOf ?? "");
          return [...(last === undefined ? [] : [last]), ...asked.operators];
        },
      },
      processId: this.id,
      alone,
      decide: (state, event, moment) => {
        const decision = world.spoil(decide(state, event, moment));
        for (const { rule, about } of checkInvariants(decision.state, { now: moment.now, before: state })) {
          world.violations.push(`${rule} ${about} after ${event.type}`);
        }
        return decision;
      },
    });
  }

  kill(): void {
    this.alive = false;
    for (const end of this.#unanswer) end();
    this.#die();
  }

  freeze(frozen: boolean): void {
    if (frozen) {
      this.#thaw = new Promise((resolve) => {
        this.#letGo = resolve;
      });
    } else {
      this.#thaw = null;
      this.#letGo();
    }
  }

  async #lives<T>(work: () => Promise<T>): Promise<T> {
    if (!this.alive) return await never;
    if (this.#thaw) await this.#thaw;
    const result = await work();
    if (this.#thaw) await this.#thaw;
    return this.alive ? result : await never;
  }

  #mortalStore(world: TestWorld): CallCentreStore {
    const { activity, store } = world;
    const read = <T>(work: () => Promise<T>) =>
      this.#lives(() => {
        if (world.storeGone) return Promise.reject(new Error("the store cannot be reached"));
        return activity.track(work);
      });
    const write = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const fate = this.alive ? this.fate(what) : "lives";
      if (fate === "dies before") this.kill();
      if (fate === "dies after") return await read(() => work().finally(() => this.kill()));
      return await read(work);
    };
    return {
      prepare: () => read(() => store.prepare()),
      take: (...asked) => write("take", () => store.take(...asked)),
      renew: (...asked) => read(() => store.renew(...asked)),
      release: (...asked) => read(() => store.release(...asked)),
      commit: (commit) => write("commit", () => store.commit(commit)),
      apply: async (writes) => {
        for (const [at, { collection }] of writes.entries()) {
          const fate = this.alive ? this.fate(`apply ${collection}`) : "lives";
          if (fate === "lives") continue;
          // What came before it in the same round trip may have happened, as far as the store allows a part of it.
          const part = writes.slice(0, fate === "dies after" ? at + 1 : at);
          await activity.track(() => store.apply(part).catch(() => {}));
          this.kill();
        }
        // On its way it is slower than what is sent after it, and lost when the process dies meanwhile.
        await activity.track(async () => {
          for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
        });
        await read(() => store.apply(writes));
      },
      loadOpen: (...asked) => read(() => store.loadOpen(...asked)),
      unattended: (...asked) => read(() => store.unattended(...asked)),
      drawPlaces: (...asked) => write("drawPlaces", () => store.drawPlaces(...asked)),
      waitingCalls: (...asked) => read(() => store.waitingCalls(...asked)),
      visitsOf: (...asked) => read(() => store.visitsOf(...asked)),
      closedVisits: (...asked) => read(() => store.closedVisits(...asked)),
      handledTimes: (...asked) => read(() => store.handledTimes(...asked)),
      offers: (...asked) => read(() => store.offers(...asked)),
      shifts: (...asked) => read(() => store.shifts(...asked)),
      lastShifts: (...asked) => read(() => store.lastShifts(...asked)),
    };
  }
}

function describe(details: unknown): string {
  if (typeof details === "object" && details !== null && "err" in details) return String(details.err);
  return JSON.stringify(details);
}
