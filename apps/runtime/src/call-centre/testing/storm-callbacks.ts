import type { CallbackCommand, LegReport, OperatorCommand, PromiseResult } from "../../ports/index.ts";
import { callbackIdOf } from "../callback-ids.ts";
import { waitingCallOf } from "../documents.ts";
import { promising } from "./callback-suite.ts";
import type { FakeCall, PlacedCall } from "./fake-calls.ts";
import { card } from "./samples.ts";
import { companyId, type TestProcess, type TestWorld } from "./test-process.ts";

interface StormParts {
  readonly world: TestWorld;
  readonly random: () => number;
  readonly pick: <T>(from: readonly T[]) => T | undefined;
  /** Tells something, in order for each `who`, until it was answered. */
  readonly owe: (who: string, tell: (process: TestProcess) => Promise<void>) => void;
}

/** Few numbers, so that callers whom a callback was promised call again, and promises meet. */
export function someNumber(random: () => number): string {
  return `+3360000000${Math.floor(random() * 9)}`;
}

/** What a storm does to promised callbacks: callers leave their numbers, numbers answer or do not, supervisors and operators meddle. */
export class StormCallbacks {
  /** The last answer to each promise. */
  readonly promised = new Map<string, PromiseResult>();
  /** Made by operators of their own accord, where the command was answered with yes. */
  readonly own = new Set<string>();
  readonly broken: string[] = [];
  readonly #parts: StormParts;
  /** How each call that was placed went, by its offer. */
  readonly #results = new Map<string, string>();
  #names = 0;
  #asked = 0;

  constructor(parts: StormParts) {
    this.#parts = parts;
  }

  /** A caller who waits leaves their number, perhaps told twice; the storm lets them hang up. */
  leaveNumber({ callId }: FakeCall, queueId: string): void {
    const { random, owe } = this.#parts;
    const number = someNumber(random);
    const request = promising(callId, {
      queueId,
      number,
      keepPlace: random() < 0.8,
      card: card(number),
      ...this.#chosen(),
    });
    const callbackId = callbackIdOf(companyId, callId, request.promiseId);
    const tell = async ({ centre }: TestProcess) => {
      const { result } = await centre.promiseCallback(request);
      if (this.promised.get(callbackId) === "promised" && result !== "promised")
        this.broken.push(`${callbackId} was promised, then ${result}`);
      this.promised.set(callbackId, result);
    };
    owe(callId, tell);
    if (random() < 0.3) owe(callId, tell);
  }

  /** Something happens to a call that was placed. */
  move(): void {
    const { world, random, pick } = this.#parts;
    const placed = pick([...world.calls.placed.values()].filter(({ alive }) => alive));
    if (!placed) return;
    const dice = random();
    if (placed.answered || dice < 0.1) this.#over(placed, dice > 0.02);
    else if (dice < 0.45) {
      placed.answered = true;
      this.#results.set(placed.order.offerId ?? "", "answered");
      this.#report(placed, { kind: "answered" });
    } else {
      const result = pick(["busy", "silent", "unreachable"] as const) ?? "busy";
      const isNumber = dice < 0.85;
      if (isNumber)
        this.#results.set(placed.order.offerId ?? "", `number${result.charAt(0).toUpperCase()}${result.slice(1)}`);
      this.#report(placed, { kind: isNumber ? "numberFailed" : "failed", result });
      this.#over(placed, true);
    }
  }

  /** An operator takes a callback or rings a number of their own; or a supervisor does something about one. */
  meddle(
    operatorId: string,
    queueId: string,
    then: (operatorId: string, asked: OperatorCommand, made: () => void) => void,
  ) {
    const { random, pick, owe } = this.#parts;
    const callbackId = pick([...this.promised.keys()].slice(-6));
    const dice = random();
    if (dice < 0.25 || !callbackId) {
      const own = `callback_${(this.#names++).toString(16).padStart(32, "0")}`;
      const number = someNumber(random);
      const promise = { number, queueId, card: card(number) };
      then(operatorId, { kind: "callBack", callbackId: own, promise }, () => this.own.add(own));
    } else if (dice < 0.6) then(operatorId, { kind: "callBack", callbackId, promise: null }, () => {});
    else {
      const kind = dice < 0.7 ? "cancel" : "callNow";
      // Some are put off instead.
      const slotAt = kind === "callNow" ? this.#chosen().slotAt : undefined;
      const command: CallbackCommand =
        slotAt === undefined ? { kind, callbackId } : { kind: "move", callbackId, slotAt };
      owe(callbackId, async ({ centre }) => void (await centre.callback(companyId, command)));
    }
  }

  /** Every call that was placed by now is over, and told. */
  endPlaced(): void {
    for (const placed of this.#parts.world.calls.placed.values()) if (placed.alive) this.#over(placed, true);
  }

  /** What is still promised is taken back. */
  cancelAll(): void {
    const { owe } = this.#parts;
    for (const callbackId of [...this.promised.keys(), ...this.own]) {
      owe(`calm ${callbackId}`, async ({ centre }) => {
        const answer = await centre.callback(companyId, { kind: "cancel", callbackId });
        if (!answer.ok && answer.reason === "underWay") throw new Error("again");
      });
    }
  }

  /** Every promise is kept in the store, over, and its attempts are what really happened, each once. */
  async check(): Promise<readonly string[]> {
    const { store } = this.#parts.world;
    const broken = [...this.broken];
    const ids = [...this.promised].flatMap(([id, result]) => (result === "promised" ? id : []));
    const found = await store.waitingCalls(
      companyId,
      [...ids, ...this.own].map((id) => `${id}.1`),
    );
    const kept = new Map(found.map((row) => [row.callId, waitingCallOf(row)]));
    for (const id of ids) if (!kept.has(id)) broken.push(`${id} was promised and is forgotten`);
    for (const { callId, callback, leftReason } of kept.values()) {
      if (leftReason === null) broken.push(`${callId} is still open`);
      for (const { offerId, result } of callback?.attempts ?? []) {
        const truly = this.#results.get(offerId);
        if (truly !== result) broken.push(`${offerId} of ${callId} is said to be ${result}, and was ${truly}`);
      }
      if (leftReason === "givenUp" && callback && !callback.once && callback.attempts.length < callback.attemptsAllowed)
        broken.push(`${callId} was given up after ${callback.attempts.length} attempts`);
    }
    const counted = new Set(
      [...kept.values()].flatMap(({ callback }) => callback?.attempts.map((one) => one.offerId) ?? []),
    );
    for (const [offerId, result] of this.#results) {
      const { callbackId } = this.#placedFor(offerId)?.order ?? { callbackId: "" };
      if (kept.has(callbackId ?? "") && !counted.has(offerId))
        broken.push(`${offerId} was ${result} and is no attempt`);
    }
    return broken;
  }

  /** Some choose a time, some as soon as possible, most are not asked. */
  #chosen(): { readonly slotAt?: number | null } {
    // Not by chance: what the rest of a storm meets stays as it is.
    const turn = this.#asked++ % 8;
    if (turn < 5) return {};
    return { slotAt: turn === 5 ? null : (Math.floor(this.#parts.world.clock.now() / 20_000) + turn - 5) * 20_000 };
  }

  #placedFor(offerId: string): PlacedCall | undefined {
    return [...this.#parts.world.calls.placed.values()].find(({ order }) => order.offerId === offerId);
  }

  #over(placed: PlacedCall, told: boolean): void {
    placed.alive = false;
    // Otherwise it died without a word.
    if (told) this.#report(placed, { kind: "ended", talkMs: 500 });
    if (told)
      this.#parts.owe(placed.order.callId, ({ centre }) =>
        centre.callEnded({ companyId, callId: placed.order.callId, by: "us" }),
      );
  }

  #report({ order: { callId, offerId } }: PlacedCall, report: LegReport): void {
    this.#parts.owe(callId, ({ centre }) => centre.reportLeg({ companyId, callId, offerId, report }));
  }
}
