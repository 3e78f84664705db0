import { applyStatus, type CallInfo, callData, list, type StatusChange } from "../call-info.ts";
import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import { PreconditionFailure, SimulatedFailure, VerbFailure } from "../kernel/simulated-failure.ts";
import { createEndpoint, type Endpoint } from "../media/endpoint.ts";
import { createRequestor } from "../requestor/create-requestor.ts";
import type { Command, Requestor } from "../requestor/requestor.ts";
import { createDialogue, type Dialogue } from "../sip/dialogue.ts";
import type { IncomingInvite } from "../sip/incoming-invite.ts";
import type { Leg } from "../sip/leg.ts";
import { customHeaders } from "../sip/sip-text.ts";
import { TIMINGS } from "../timings.ts";
import type { Application, Hook, RecognizerSettings, SipHeader, SpeechSettings } from "../types.ts";
import { ListenVerb } from "../verbs/listen.ts";
import { hangUp, tellHungUp } from "../verbs/simple-verbs.ts";
import type { MakeVerbs, Resources, Verb } from "../verbs/verb.ts";
import type { Controllable, World } from "../world.ts";
import { runCommand } from "./commands.ts";
import type { ControlledCall } from "./controlled-call.ts";
import { updateCall } from "./live-call-control.ts";
import { createPlaybackBreaks, type PlaybackBreaks } from "./playback-breaks.ts";

export interface SessionOptions {
  readonly world: World;
  readonly info: CallInfo;
  readonly application: Pick<Application, "callHook" | "callStatusHook" | "synthesizer" | "recognizer"> & {
    readonly sid?: string;
  };
  readonly requestor: Requestor;
  readonly notifier: Requestor;
  readonly makeVerbs: MakeVerbs;
}

/** Verbs that may follow in a confirmation; others are left out (jambonz 0.9.8, seen: h2; "plays" is its own slip). */
const CONFIRMATION_VERBS = new Set(["config", "gather", "plays", "say", "tag"]);

/** One call under control of an application: it runs verbs one after the other, and waits for commands when they have run out. */
export class CallSession implements ControlledCall, Controllable {
  readonly world: World;
  readonly info: CallInfo;
  readonly sid: string | undefined;
  readonly callHook: Hook;
  readonly statusHook: Hook;
  readonly makeVerbs: MakeVerbs;
  readonly breaks: PlaybackBreaks = createPlaybackBreaks();
  readonly isConfirmSession: boolean = false;
  invite: IncomingInvite | undefined;
  dialogue: Dialogue | undefined;
  endpoint: Endpoint | undefined;
  notifyEvents = false;
  silentUntil: number | undefined;
  onHoldMusic: string | undefined;
  synthesizer: SpeechSettings;
  recognizer: RecognizerSettings;
  requestor: Requestor;
  readonly notifier: Requestor;
  verbs: Verb[] = [];
  currentVerb: Verb | undefined;
  callGone = false;
  private lastVerb: Verb | undefined;
  private wakeUp: Signal<void> | undefined;
  private toldOfEnd = false;
  private background: ListenVerb | undefined;

  constructor({ world, info, application, requestor, notifier, makeVerbs }: SessionOptions) {
    this.world = world;
    this.info = info;
    this.makeVerbs = makeVerbs;
    this.sid = application.sid;
    this.callHook = application.callHook;
    this.statusHook = application.callStatusHook ?? application.callHook;
    this.synthesizer = application.synthesizer;
    this.recognizer = application.recognizer;
    this.requestor = requestor;
    this.notifier = notifier;
    if (this.isConfirmSession) return;
    list(info, world.listed);
    this.attach(requestor);
  }

  get direction(): "inbound" | "outbound" {
    return this.info.direction;
  }

  get hasStableDialogue(): boolean {
    return this.dialogue?.connected ?? false;
  }

  get isAnswered(): boolean {
    return this.invite?.finalSent ?? this.dialogue !== undefined;
  }

  get isRinging(): boolean {
    return this.direction === "outbound" && this.dialogue === undefined && !this.callGone;
  }

  get hasBackgroundListen(): boolean {
    return this.background !== undefined;
  }

  get leg(): Leg | undefined {
    return this.invite?.leg ?? this.dialogue?.leg;
  }

  *exec(): Fiber<void> {
    while (this.verbs.length > 0 && !this.callGone) {
      const verb = this.verbs.shift();
      if (!verb) break;
      this.lastVerb = verb;
      this.tell(verb, "starting");
      try {
        const resources = yield* this.bringAbout(verb);
        this.currentVerb = verb;
        yield* verb.exec(this, resources);
        if (this.currentVerb === verb) this.currentVerb = undefined;
        this.tell(verb, "finished");
      } catch (error) {
        if (!(error instanceof SimulatedFailure)) throw error;
        if (this.currentVerb === verb) this.currentVerb = undefined;
        if (!(error instanceof PreconditionFailure || error instanceof VerbFailure)) break;
      }
      if (this.verbs.length === 0 && this.waitsForCommands()) {
        this.wakeUp = createSignal();
        yield* wait(this.wakeUp);
      }
    }
    this.verbsDone();
    yield* this.clear();
    if (!this.isConfirmSession) this.world.calls.delete(this.info.callSid);
  }

  /** An application on a socket is waited for; there is no end for want of verbs (seen: a8, b15). */
  private waitsForCommands(): boolean {
    return this.requestor.kind === "ws" && !this.requestor.closedGracefully && !this.callGone && !this.isConfirmSession;
  }

  /** What is still to be done when no verb follows. */
  protected verbsDone(): void {}

  protected *clear(): Fiber<void> {
    hangUp(this);
    if (this.endpoint?.connected) yield* wait(this.endpoint.destroy());
    this.dialogue = undefined;
    this.endpoint = undefined;
    yield* wait(this.world.scheduler.sleep(TIMINGS.sessionEnd));
    this.requestor.close();
    this.notifier.close();
  }

  replaceApplication(verbs: Verb[]): void {
    if (this.callGone) return;
    const allowed = this.isConfirmSession ? verbs.filter((verb) => CONFIRMATION_VERBS.has(verb.name)) : verbs;
    if (this.isConfirmSession && allowed.length === 0) return;
    this.verbs = allowed;
    const { currentVerb } = this;
    this.currentVerb = undefined;
    if (currentVerb) currentVerb.kill(this, "replaced");
    else if (this.wakeUp) this.wake();
    if (!currentVerb && this.lastVerb?.name === "play") this.breaks.order(this.lastVerb);
  }

  callReleased(): void {
    this.callGone = true;
    const { currentVerb } = this;
    this.currentVerb = undefined;
    currentVerb?.kill(this);
    this.wake();
  }

  wake(): void {
    const { wakeUp } = this;
    this.wakeUp = undefined;
    wakeUp?.settle();
  }

  changeStatus(change: StatusChange): void {
    if (change.callStatus === "completed") {
      if (this.toldOfEnd) return;
      this.toldOfEnd = true;
    }
    applyStatus(this.info, change);
    this.notifier.request("call:status", this.statusHook, callData(this.info));
  }

  /**
   * Hangs up from our side and ends what runs. The telephone of a leg that was dialled is hung up when its verb has come to its end, which one that is
   * coming into a conference never does (read: `RestCallSession`, `AdultingCallSession`; run against the real session code).
   */
  hangUp(headers: readonly SipHeader[] = []): void {
    if (this.invite || this.isConfirmSession) hangUp(this, headers);
    else if (this.dialogue?.connected) tellHungUp(this, this.dialogue);
    this.callReleased();
  }

  /** Ends a call that is not answered: an incoming one is refused with 503. */
  endUnanswered(): void {
    if (!this.invite || this.invite.finalSent) return;
    this.invite.respond(503);
    this.callReleased();
  }

  /** The other side's hang-up ends this call. */
  followHangUp(dialogue: Dialogue): void {
    dialogue.onHangup((headers) => this.callerHungUp(headers));
  }

  protected callerHungUp(headers: readonly SipHeader[]): void {
    const { dialogue } = this;
    if (!dialogue) return;
    const custom = customHeaders(headers);
    this.info.callTerminationBy = "caller";
    const duration = Math.floor((this.world.scheduler.now() - dialogue.connectTime) / 1000);
    this.changeStatus({ callStatus: "completed", duration, ...(custom ? { headers: custom } : {}) });
    this.callReleased();
  }

  handOver(hook: Hook): void {
    this.attach(createRequestor(this.world, hook));
  }

  private attach(requestor: Requestor): void {
    this.requestor.listeners = {};
    this.requestor = requestor;
    requestor.listeners = {
      onCommand: (command: Command) => runCommand(this, command),
      onHandover: (next) => this.attach(next),
      onReconnectError: () => this.hangUp(),
    };
  }

  private tell(verb: Verb, event: "starting" | "finished"): void {
    if (!this.notifyEvents || this.requestor.kind !== "ws") return;
    this.requestor.request("verb:status", "/status", { event, id: verb.id, name: verb.name });
  }

  private *bringAbout(verb: Verb): Fiber<Resources> {
    switch (verb.precondition) {
      case "none":
        return {};
      case "endpoint":
        return { endpoint: yield* this.needEndpoint(verb) };
      case "stableCall":
        if (this.callGone || !this.dialogue) throw new PreconditionFailure("call was not answered");
        return {};
      case "unansweredCall":
        if (!this.invite || this.invite.finalSent) throw new PreconditionFailure("final sip status already sent");
        return {};
    }
  }

  /** A media endpoint; unless the verb is content with early media, having one answers the call (seen: a12, b8). */
  *needEndpoint(verb: Verb): Fiber<Endpoint> {
    const { invite } = this;
    if (this.endpoint) {
      if (!verb.earlyMedia && !this.dialogue && invite) yield* this.propagateAnswer();
      return this.endpoint;
    }
    if (!this.leg) throw new PreconditionFailure("unable to allocate endpoint");
    const { leg } = this;
    yield* wait(this.world.scheduler.sleep(TIMINGS.endpoint));
    if (invite?.cancelled) throw new PreconditionFailure("call gone");
    if (!invite) {
      // Nobody tells a telephone that was dialled where its sound comes from now (run against the real session code; read: "outbound call TODO").
      leg.hear(undefined);
      leg.hearBehind({ kind: "silence" });
      this.endpoint = createEndpoint(this.world, { ...leg, hear: () => {}, hearBehind: () => {} });
      return this.endpoint;
    }
    this.endpoint = createEndpoint(this.world, leg);
    if (verb.earlyMedia && !invite.finalSent) {
      invite.respond(183, "Session in Progress");
      leg.hearBehind({ kind: "silence" });
    } else yield* this.propagateAnswer();
    return this.endpoint;
  }

  /** Answers the call; when it is answered already, brings its media back to the server (seen: b10). */
  *propagateAnswer(): Fiber<void> {
    const { invite } = this;
    if (this.dialogue) {
      yield* wait(this.dialogue.modify());
      return;
    }
    if (!invite || invite.cancelled) return;
    const contact = /<([^>]*)>/.exec(invite.header("contact") ?? "")?.[1] ?? invite.from.uri;
    const headers: SipHeader[] = [
      ["X-Trace-ID", this.world.config.traceId],
      ["X-Call-Sid", this.info.callSid],
      ...(this.sid === undefined ? [] : [["X-Application-Sid", this.sid] as const]),
    ];
    invite.respond(200, "OK", headers);
    invite.leg.hearBehind({ kind: "silence" });
    const ours = `<sip:${this.info.to}@${this.world.config.sipAddress}>`;
    const dialogue = createDialogue(this.world, invite.leg, contact, ours);
    this.dialogue = dialogue;
    yield* wait(this.world.scheduler.sleep(TIMINGS.sipTurn));
    dialogue.onHangup((hangupHeaders) => this.callerHungUp(hangupHeaders));
    this.changeStatus({ callStatus: "in-progress", sipStatus: 200, sipReason: "OK" });
  }

  *releaseMedia(): Fiber<void> {
    if (!this.dialogue?.connected || !this.endpoint) throw new SimulatedFailure("nothing to release");
    const { endpoint } = this;
    yield* wait(this.dialogue.modify([["X-Reason", "release-media"]]));
    yield* wait(endpoint.destroy());
    this.endpoint = undefined;
  }

  /** Brings the media back to the server during a conversation (seen: h14, h17). */
  *anchorMedia(): Fiber<void> {
    if (!this.dialogue?.connected || this.endpoint || !this.leg) return;
    yield* wait(this.world.scheduler.sleep(TIMINGS.endpoint));
    this.endpoint = createEndpoint(this.world, this.leg);
    yield* wait(this.dialogue.modify([["X-Reason", "anchor-media"]]));
  }

  startBackgroundListen(data: Readonly<Record<string, unknown>>): void {
    if (!this.endpoint) return;
    this.background = new ListenVerb({ name: "listen", data });
    this.world.scheduler.spawn(this.background.exec(this, { endpoint: this.endpoint })).listen(() => {
      this.background = undefined;
    });
  }

  stopBackgroundListen(): void {
    this.background?.kill(this);
  }

  /** The background stream, for commands about `listen`. */
  get backgroundListen(): ListenVerb | undefined {
    return this.background;
  }

  trackChild(callSid: string): void {
    this.world.calls.set(callSid, this);
  }

  untrackChild(callSid: string): void {
    this.world.calls.delete(callSid);
  }

  update(body: Readonly<Record<string, unknown>>, callSid: string): void {
    updateCall(this, body, callSid);
  }
}
