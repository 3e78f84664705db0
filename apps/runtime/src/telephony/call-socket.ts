import type { RawData, WebSocket } from "ws";
import type {
  CallConnection,
  CallFacts,
  CallHandler,
  Clock,
  LegCommand,
  TelephonyEvent,
  Verb,
} from "../ports/index.ts";
import { decodeMessage, type HookResult, type Incoming } from "./decode-message.ts";
import { HOOK_PATIENCE_MS, HookLedger } from "./hook-ledger.ts";
import { legCommand } from "./leg-command.ts";
import type { Log } from "./log.ts";
import { PART_HOOK } from "./media-address.ts";
import { Presented } from "./presented.ts";
import { encodeMessage, validateVerbs } from "./validate-verbs.ts";

export interface CallSocketPorts {
  readonly handler: CallHandler;
  readonly clock: Clock;
  readonly log: Log;
  /** Counts what should not happen, by name. */
  readonly count: (what: string) => void;
  /** The socket is closed. */
  readonly onClosed: (socket: CallSocket) => void;
}

/** How long a socket that brought only the end of a call is kept for what may follow; jambonz does not close it (seen: d11). */
const AFTERMATH_MS = 1_000;

/**
 * A session follows the answer of a call that we placed within moments (jambonz 0.9.8, seen: e1-e9). Where it does not, whoever picked up
 * has hung up since, and jambonz, which ended the session while this socket was opened, says no more.
 */
const SESSION_AFTER_ANSWER_MS = 5_000;

/** Verb events are asked for with the very first ack: nothing that follows would be known to have arrived without them. */
const CONFIG: readonly Verb[] = [{ verb: "config", notifyEvents: true }];

/** What a verb tells also where it was killed; the others say nothing then, so that theirs was on its way before (seen: b14, b10, f10). */
const POSTED_WHEN_KILLED: ReadonlySet<HookResult["kind"]> = new Set(["dialEnded", "recordEnded", "referEnded"]);

/** Of a leg that was dialled and is not connected yet; the dial goes on. */
const OF_DIALLED_LEG: ReadonlySet<HookResult["kind"]> = new Set(["confirmAsked", "noticeHeard", "refusalHeard"]);

/** `placing`: it has told of a call that we placed, which is not answered; nothing is heard in it yet. */
type State = "opening" | "placing" | "live" | "ended";

/**
 * One socket of jambonz, that is one leg. It keeps the protocol's rules towards jambonz and tells the call core what happened;
 * what a caller hears is the core's to decide. Rules, and what `seen: d11` names: docs/decisions/0002-our-own-jambonz-socket.md.
 */
export class CallSocket implements CallConnection {
  readonly #socket: WebSocket;
  readonly #ports: CallSocketPorts;
  readonly #ledger: HookLedger;
  readonly #presented: Presented;
  #state: State = "opening";
  #facts: CallFacts | null = null;
  #reconnected = false;
  #answered = false;
  #released = false;
  #declined = false;
  /**
   * `session:redirect`, which a REST `call_hook` leads to (n8). Acked only with what is presented next: jambonz stops what runs for any
   * ack, an empty one too, and leaves it alone when it gets none within 5 s (jambonz 0.9.8, read: `_lccCallHook`).
   */
  #redirectHook: { readonly msgid: string; readonly until: number } | null = null;
  /** What the leg that is being parted from this call is to do, until jambonz asks. */
  #forParted: readonly Verb[] | null = null;
  /** The call whose end was all that this socket brought. */
  #aftermathOf: { readonly callSid: string; readonly ourCallId: string | null } | null = null;
  #stopAftermath: () => void = () => {};

  constructor(socket: WebSocket, ports: CallSocketPorts) {
    this.#socket = socket;
    this.#ports = ports;
    this.#ledger = new HookLedger({
      clock: ports.clock,
      ack: (msgid, data) => this.#send({ type: "ack", msgid, data }),
      redirect: (verbs) => this.#redirectOrHoldBack(verbs),
      presented: (verbs) => this.#presented.now(verbs, "ack"),
      stale: () => this.#unexpected("staleAnswer", "an answer came after something else was presented: dropped"),
    });
    this.#presented = new Presented(
      ports.clock,
      (verbs) => this.#sendRedirect(verbs),
      (command) => this.#send(legCommand(command)),
    );
    socket.on("message", (data, isBinary) => this.#guard(() => this.#receive(data, isBinary)));
    socket.on("close", (code) => this.#guard(() => this.#closed(code)));
    // ws closes the socket itself; without a listener the error would end the process.
    socket.on("error", (error) =>
      ports.log.warn({ callSid: this.#facts?.callSid, err: error }, "telephony: socket error"),
    );
  }

  /** Facts of the call. Only called once a session is known: the core never sees a connection before. */
  get facts(): CallFacts {
    if (!this.#facts) throw new Error("telephony: no session on this socket yet");
    return this.#facts;
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Whether a call lives on this socket (and would have to be handed over). */
  get live(): boolean {
    return this.#state === "live" || this.#state === "placing";
  }

  /** Says what became of the verbs: `heldBack` ones are sent as soon as jambonz can take them, unless the socket is lost before. */
  redirect(verbs: readonly Verb[]): "sent" | "heldBack" | "closed" {
    validateVerbs(verbs);
    return this.#redirectOrHoldBack(verbs);
  }

  stream(listen: { readonly enable: boolean; readonly [option: string]: unknown }): boolean {
    validateVerbs([{ verb: "config", listen }]);
    if (!this.open || this.#state !== "live") return false;
    this.#send({ type: "command", command: "config", data: { listen } });
    return true;
  }

  command(command: LegCommand): boolean {
    if (command.kind === "part") validateVerbs(command.verbs);
    if (!this.open || this.#state !== "live") return false;
    if (command.kind === "part") this.#forParted = command.verbs;
    if (!this.#presented.holdBackCommand(command)) this.#send(legCommand(command));
    return true;
  }

  release(reason: string): void {
    if (!this.open) return;
    this.#released = true;
    this.#ports.log.info({ callSid: this.#facts?.callSid, reason }, "telephony: handing a call back");
    // 1001: jambonz reconnects. After 1000 it would not, and the caller would be cut off when the running verb ends (seen: d5, d2).
    this.#socket.close(1001, reason.slice(0, 100));
  }

  finish(): void {
    if (this.#state === "live" || this.#state === "placing") {
      // Only jambonz's word ends a call. Closing now with 1000 would strand the caller (rule 7).
      this.#unexpected("finishedAlive", "asked to finish a call that has not ended: handing it back instead");
      this.release("not ended");
      return;
    }
    if (this.open) this.#socket.close(1000);
  }

  /** For a socket that does not close when asked. */
  terminate(): void {
    this.#socket.terminate();
  }

  #redirectOrHoldBack(verbs: readonly Verb[]): "sent" | "heldBack" | "closed" {
    if (!this.open || this.#state !== "live") return "closed";
    // Encoded before it is held back: what is too long is heard of by who presents it, not by a timer.
    const text = redirectCommand(verbs);
    if (this.#presented.holdBack(verbs)) return "heldBack";
    this.#sendRedirect(verbs, text);
    return "sent";
  }

  #sendRedirect(verbs: readonly Verb[], text = redirectCommand(verbs)): void {
    if (!this.open || this.#state !== "live") return;
    const hook = this.#redirectHook;
    this.#redirectHook = null;
    this.#ledger.supersede();
    const asAck = hook !== null && this.#ports.clock.now() < hook.until && this.#ledger.settle(hook.msgid, verbs);
    if (!asAck) this.#socket.send(text);
    this.#presented.now(verbs, asAck ? "ack" : "command");
    if (verbs.some(({ verb }) => verb === "sip:decline")) this.#declined = true;
  }

  #send(message: object): void {
    const text = encodeMessage(message);
    if (this.open) this.#socket.send(text);
  }

  #receive(data: RawData, isBinary: boolean): void {
    const message: Incoming = isBinary
      ? { kind: "malformed", what: "binary", msgid: null }
      : decodeMessage(data.toString());
    if (message.kind === "sessionNew" || message.kind === "sessionReconnect") {
      this.#session(message);
      return;
    }
    if (message.kind === "sessionParted") {
      this.#parted(message);
      return;
    }
    this.#dispatch(message);
    this.#presented.heard();
  }

  #dispatch(message: Exclude<Incoming, { kind: "sessionNew" | "sessionReconnect" | "sessionParted" }>): void {
    switch (message.kind) {
      case "reconnectUnanswered":
        // What jambonz has to say of the call waits for this ack, and says which it is.
        this.#ledger.settle(message.msgid);
        return;
      case "sessionRedirect":
        if (message.path === PART_HOOK && this.#forParted) {
          const verbs = this.#forParted;
          this.#forParted = null;
          this.#ledger.settle(message.msgid, verbs);
          return;
        }
        this.#redirectHook = { msgid: message.msgid, until: this.#ports.clock.now() + HOOK_PATIENCE_MS };
        return;
      case "hook":
        if (message.nested) this.#nestedHook(message.msgid, message.path, message.result);
        else this.#hook(message.msgid, message.path, message.result);
        return;
      case "whoAnswered":
        if (this.#ledger.settle(message.msgid) && message.machine) this.#tell({ kind: "machineAnswered" });
        return;
      case "otherHook":
        if (this.#ledger.settle(message.msgid)) this.#tell({ kind: "strayHook", path: message.path });
        return;
      case "malformed":
        this.#unexpected("malformed", `a message that does not fit its schema (${message.what}): ignored`);
        if (message.msgid !== null) this.#ledger.settle(message.msgid);
        return;
      default:
        this.#status(message);
    }
  }

  /** The ack goes before anything else, and in the same turn: a socket lost before it costs the call (rules 1 and 8). */
  #session({ kind, msgid, facts }: Extract<Incoming, { kind: "sessionNew" | "sessionReconnect" }>): void {
    const pickedUp = this.#state === "placing" && kind === "sessionNew";
    if (this.#state !== "opening" && !pickedUp) {
      // The session:new of an outbound call that is over already (rule 9; jambonz 0.9.8, seen: e9), or a repeat. Where the call is not
      // over at all, whoever picked up is not left in silence.
      if (this.#ledger.settle(msgid, facts.ourCallId === null ? [] : [{ verb: "hangup" }]))
        this.#unexpected("lateSession", "a session on a socket that has or had one: not begun");
      return;
    }
    this.#stopAftermath();
    this.#facts = facts;
    this.#state = "live";
    this.#answered = facts.ourCallId !== null;
    this.#reconnected = kind === "sessionReconnect";
    if (facts.parentSid !== undefined) {
      this.#ledger.settle(msgid);
      this.#answered = true;
      this.#presented.parted();
      this.#ports.handler.onParted(this, this.#reconnected);
    } else if (this.#reconnected) {
      // Verbs in it are ignored (seen: d7), unless the ack of session:new was lost: then this one counts as it (seen: d12), and must
      // have some, or the caller gets 480 (seen: g8).
      this.#ledger.settle(msgid, CONFIG);
      this.#ports.handler.onReconnect(this);
    } else {
      this.#ledger.settle(msgid, CONFIG);
      this.#presented.sessionBegan();
      if (pickedUp) this.#tell({ kind: "placedAnswered" });
      else this.#ports.handler.onNew(this);
    }
  }

  /** What a leg does that was parted from its call it was told already; its first ack is empty (seen: h16). */
  #parted({ msgid, facts }: Extract<Incoming, { kind: "sessionParted" }>): void {
    if (!this.#ledger.settle(msgid) || this.#state !== "opening") return;
    this.#facts = facts;
    this.#state = "live";
    this.#answered = true;
    this.#presented.parted();
    this.#ports.handler.onParted(this, false);
  }

  #hook(msgid: string, path: string, result: HookResult): void {
    if (this.#state === "ended" && result.kind === "dialEnded") {
      // Comes after the caller is gone (seen: b4, b5); how the telephone ended still matters to its operator.
      if (this.#ledger.settle(msgid)) this.#tell({ ...result, hook: this.#ledger.unackable() });
      return;
    }
    if (POSTED_WHEN_KILLED.has(result.kind) && this.#presented.replaced(result.entry)) {
      // With verbs in its ack those would win over what replaced it (seen: i1, f10).
      if (this.#ledger.settle(msgid)) this.#tell({ kind: "strayHook", path });
      return;
    }
    if (OF_DIALLED_LEG.has(result.kind) && this.#state === "live" && this.#presented.awaits(result.entry)) {
      const aside = this.#ledger.openAside(msgid);
      if (aside) this.#tell({ ...result, hook: aside });
      return;
    }
    const heldBack = this.#presented.dialOver(result.entry);
    if (heldBack && result.kind === "dialEnded" && this.#ledger.settle(msgid)) {
      this.#sendRedirect(heldBack);
      this.#tell({ ...result, hook: this.#ledger.unackable() });
      return;
    }
    if (this.#state !== "live" || !this.#presented.awaits(result.entry)) {
      if (this.#ledger.settle(msgid)) this.#tell({ kind: "strayHook", path });
      return;
    }
    const hook = this.#ledger.open(msgid);
    if (!hook) return;
    this.#presented.hookCame(result.entry);
    this.#tell({ ...result, hook });
  }

  /** Its ack carries nothing: acked at once, and what follows is sent as a redirect. */
  #nestedHook(msgid: string, path: string, result: HookResult): void {
    if (!this.#ledger.settle(msgid)) return;
    const { entry, kind } = result;
    const ofKilled = kind === "playEnded" && this.#presented.replaced(entry);
    const current = this.#state === "live" && this.#presented.awaits(entry) && !ofKilled;
    this.#tell(current ? { ...result, hook: this.#ledger.unackable() } : { kind: "strayHook", path });
  }

  #status(message: Exclude<Incoming, { msgid: string } | { kind: "malformed" }>): void {
    switch (message.kind) {
      case "callOver":
        this.#callOver(message);
        return;
      case "callTrying":
      case "callRinging":
        this.#notAnswered(message);
        return;
      case "callAnswered":
        this.#notAnswered(message);
        if (this.#state !== "live" || message.callSid !== this.#facts?.callSid || this.#answered) return;
        this.#answered = true;
        this.#tell({ kind: "answered" });
        return;
      case "leg":
        if (this.#partedLeg(message)) return;
        if (this.#facts && message.parentSid !== this.#facts.callSid) return;
        if (message.event.kind === "legAnswered") this.#presented.dialAnswered();
        if (message.event.kind === "legEnded") this.#presented.legEnded(message.event);
        this.#tell(message.event);
        return;
      case "turn":
        this.#tell(message.event);
        return;
      case "verbStarted":
        this.#presented.started(message.entry);
        this.#tell({ kind: "mediaStarted", entry: message.entry });
        return;
      case "verbFinished":
        this.#finished(message.entry, message.verb);
        return;
      case "failure":
        this.#ports.log.warn(
          { callSid: this.#facts?.callSid, code: message.code, details: message.details },
          "telephony: jambonz reports an error",
        );
        if (message.entry !== null && this.#presented.replaced(message.entry)) return;
        this.#tell({ kind: "mediaLost", entry: message.entry, code: message.code, details: message.details });
        return;
      default:
        return;
    }
  }

  /** True for what is told of a leg on its own socket, or on one that is opened for that: only its end is news. */
  #partedLeg({ parentSid, event }: Extract<Incoming, { kind: "leg" }>): boolean {
    const own = event.legSid === this.#facts?.callSid;
    if (event.kind === "legEnded" && own && this.#state === "live")
      this.#end({ kind: "callerGone", by: "caller", sipStatus: event.sipStatus, durationMs: 0 });
    const onlyEnd = !this.#facts && event.kind === "legEnded" && this.#state === "opening";
    if (onlyEnd) this.#partedOver(parentSid, event.legSid);
    return own || onlyEnd;
  }

  /** The end of a parted leg is all that this socket brings. */
  #partedOver(parentSid: string, legSid: string): void {
    const { clock } = this.#ports;
    this.#state = "ended";
    this.#stopAftermath = clock.at(clock.now() + AFTERMATH_MS, () => this.finish());
    this.#ports.handler.onPartedOver(parentSid, legSid);
  }

  /** A call that we placed is told of before there is a session (rule 9; jambonz 0.9.8, seen: e1-e6). */
  #notAnswered({
    kind,
    placed,
  }: Extract<Incoming, { placed: unknown; kind: "callTrying" | "callRinging" | "callAnswered" }>) {
    if (this.#state === "opening" && placed) {
      this.#facts = placed;
      this.#state = "placing";
      this.#ports.handler.onPlaced(this);
    }
    if (this.#state === "placing" && kind === "callRinging") this.#tell({ kind: "placedRinging" });
    if (this.#state === "placing" && kind === "callAnswered") {
      const { clock } = this.#ports;
      this.#stopAftermath = clock.at(clock.now() + SESSION_AFTER_ANSWER_MS, () => {
        this.#end({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 0 });
        this.finish();
      });
    }
  }

  #callOver({ callSid, event, placed }: Extract<Incoming, { kind: "callOver" }>): void {
    const { clock } = this.#ports;
    if (this.#state === "opening" || this.#state === "placing") {
      // The end of a call is all that this socket brings (rule 9; jambonz 0.9.8, seen: d11), or what is left to be told of one that
      // we placed, whose socket stays open for 5 s then (e2-e4).
      if (this.#state === "opening") this.#aftermathOf = { callSid, ourCallId: placed?.ourCallId ?? null };
      this.#state = "ended";
      this.#stopAftermath = clock.at(clock.now() + AFTERMATH_MS, () => this.finish());
      this.#tell(event);
      return;
    }
    if (callSid !== this.#facts?.callSid || this.#state === "ended") return;
    this.#end(this.#declined && event.by === "network" ? { ...event, by: "us" } : event);
  }

  /**
   * A verb ended whose hook never came here: it was in flight when the socket before this one was lost. jambonz does not send it again
   * (jambonz 0.9.8, read: `_clearPendingMessages` of its requestor rejects it at once), and says nothing for play and dial.
   */
  #finished(entry: number, verb: string | null): void {
    if (this.#state !== "live" || !this.#presented.lost(entry)) return;
    this.#ports.count("hookLost");
    const legEnd = this.#presented.lastLegEnd;
    if (verb === "play") {
      this.#tell({ kind: "playEnded", entry, failed: false, hook: this.#ledger.unackable() });
    } else if (verb === "dial" && legEnd) {
      const { legSid, result, sipStatus } = legEnd;
      this.#tell({ kind: "dialEnded", entry, result, sipStatus, legSid, hook: this.#ledger.unackable() });
    } else {
      this.#tell({ kind: "mediaLost", entry, code: "hookLost", details: "the answer was lost with the socket" });
    }
  }

  #end(event: Extract<TelephonyEvent, { kind: "callerGone" }>): void {
    this.#state = "ended";
    this.#presented.stop();
    this.#tell(event);
    // What is still undecided would keep jambonz's session open for seconds (seen: j4).
    this.#ledger.supersede();
  }

  #closed(code: number): void {
    this.#ledger.close();
    this.#presented.stop();
    this.#stopAftermath();
    this.#ports.onClosed(this);
    if (this.#state !== "live" && this.#state !== "placing") return;
    // jambonz closes with 1000 when its session is over, and with 1001 when it refused the call (seen: j6, g1); everybody else is cut off.
    const over = code === 1000 || (code === 1001 && !this.#released && !this.#reconnected && !this.#answered);
    const unanswered = this.#state === "placing" ? { unanswered: "unreachable" as const } : null;
    if (over) this.#end({ kind: "callerGone", by: "network", sipStatus: null, durationMs: 0, ...unanswered });
    else {
      this.#state = "ended";
      this.#ports.handler.onCut(this, code);
    }
  }

  #tell(event: TelephonyEvent): void {
    if (this.#facts) this.#ports.handler.onEvent(this, event);
    else if (this.#aftermathOf) {
      const { callSid, ourCallId } = this.#aftermathOf;
      this.#ports.handler.onAftermath(callSid, event, ourCallId);
    }
  }

  #unexpected(what: string, message: string): void {
    this.#ports.count(what);
    this.#ports.log.warn({ callSid: this.#facts?.callSid }, `telephony: ${message}`);
  }

  /** A bug met in one message must not take the process, and every other call, with it. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ports.count("handlerThrew");
      this.#ports.log.error({ callSid: this.#facts?.callSid, err: error }, "telephony: handling a message failed");
    }
  }
}

function redirectCommand(verbs: readonly Verb[]): string {
  return encodeMessage({ type: "command", command: "redirect", data: verbs });
}
