import type { Bus, CallFacts } from "../ports/index.ts";
import type { LiveCall } from "./live-call.ts";

/** The calls that this process holds, by their id and by jambonz's; each is reachable from other processes while it is held. */
export class HeldCalls {
  readonly #bus: Bus;
  readonly #answer: (call: LiveCall, message: unknown) => Promise<unknown>;
  readonly #byId = new Map<string, LiveCall>();
  readonly #bySid = new Map<string, LiveCall>();
  readonly #unanswer = new Map<object, () => void>();
  /** By which of jambonz's ids a call is held: that of a call which we place becomes known later. */
  readonly #sidOf = new Map<object, string>();

  constructor(bus: Bus, answer: (call: LiveCall, message: unknown) => Promise<unknown>) {
    this.#bus = bus;
    this.#answer = answer;
  }

  static channel(callId: string): string {
    return `call/${callId}`;
  }

  get all(): ReadonlyMap<string, LiveCall> {
    return this.#byId;
  }

  bySid(callSid: string): LiveCall | undefined {
    return this.#bySid.get(callSid);
  }

  /** The call that a connection is about: by our own id, where it says so. */
  of({ callSid, ourCallId }: Pick<CallFacts, "callSid" | "ourCallId">): LiveCall | undefined {
    return ourCallId === null ? this.#bySid.get(callSid) : this.#byId.get(ourCallId);
  }

  /**
   * One call is held once: where it was taken up twice (a sweep and a reconnection that met), the higher epoch stays, in whatever order
   * they come. False when that is not this one: it says and writes nothing.
   */
  hold(call: LiveCall): boolean {
    const other = this.#byId.get(call.id);
    if (other && other !== call) {
      if (other.document.ownerEpoch > call.document.ownerEpoch) {
        call.abandon();
        return false;
      }
      other.abandon();
      this.drop(other);
    }
    this.#byId.set(call.id, call);
    const { callSid } = call.document;
    this.#bySid.set(callSid, call);
    this.#sidOf.set(call, callSid);
    this.#unanswer.set(
      call,
      this.#bus.answer(HeldCalls.channel(call.id), (message) => this.#answer(call, message)),
    );
    return true;
  }

  /** Forgets this very call; another one of the same id stays. */
  drop(call: Pick<LiveCall, "id" | "document">): void {
    if (this.#byId.get(call.id) === call) this.#byId.delete(call.id);
    const callSid = this.#sidOf.get(call) ?? call.document.callSid;
    if (this.#bySid.get(callSid) === call) this.#bySid.delete(callSid);
    this.#sidOf.delete(call);
    this.#unanswer.get(call)?.();
    this.#unanswer.delete(call);
  }
}
