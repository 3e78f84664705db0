import { bareCallData, callData, type StatusChange } from "../call-info.ts";
import { type DialTarget, readTargets } from "../dial/dial-target.ts";
import { DialledLeg } from "../dial/dialled-leg.ts";
import { createDtmfCollector, type DtmfCollector } from "../dial/dtmf-collector.ts";
import { type Fiber, wait } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Endpoint } from "../media/endpoint.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import { userOf } from "../sip/sip-text.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook, SipHeader } from "../types.ts";
import { ListenVerb } from "./listen.ts";
import { isRecord, type VerbData } from "./normalize-verbs.ts";
import { type KillReason, numberOf, readHook, textOf, tracing, Verb, type VerbHost } from "./verb.ts";

interface DialResults {
  dialCallStatus?: string;
  dialSipStatus?: number | undefined;
  dialCallSid?: string;
  dialSbcCallid?: string | undefined;
}

/** Makes a call of its own of a leg, with these verbs; given from outside for the same reason. */
export type Adult = (host: VerbHost, leg: DialledLeg, verbs: Verb[]) => void;

/** Runs the verbs of a confirmation hook on an answered leg; given from outside because a session runs verbs, and verbs run in it. */
export type Confirm = (host: VerbHost, leg: DialledLeg, hook: Hook | string) => Fiber<"accept" | "decline">;

/**
 * Rings one or several telephones and connects the first that answers (jambonz 0.9.8, seen: b, j10–j19, l10–l12, m4–m8).
 *
 * What an application must know is kept as it is: a redirect while it rings posts the hook, and the ack's verbs win; while connected
 * they do not (b9, b10). An answer that crosses the end of the dial leaves the callee connected to nobody (j19, m7, m8).
 */
export class DialVerb extends Verb {
  override readonly earlyMedia: boolean;
  /** The leg that talks. */
  connected: DialledLeg | undefined;
  listen: ListenVerb | undefined;
  private readonly legs = new Map<string, DialledLeg>();
  private readonly results: DialResults = {};
  private readonly confirm: Confirm;
  private readonly adult: Adult;
  private killReason: KillReason = "hangup";
  private targets: readonly DialTarget[] = [];
  private callerEndpoint: Endpoint | undefined;
  private bridged = false;
  private ringTimer: Timer | undefined;
  private talkTimer: Timer | undefined;
  private readonly stopKeys: Array<() => void> = [];

  constructor(data: VerbData, confirm: Confirm, adult: Adult) {
    super(data);
    this.confirm = confirm;
    this.adult = adult;
    this.earlyMedia = this.data.answerOnBridge === true;
    const listen = isRecord(this.data.listen) ? this.data.listen : this.data.stream;
    if (isRecord(listen)) this.listen = new ListenVerb({ name: "listen", data: listen }, this);
  }

  *exec(host: VerbHost): Fiber<void> {
    try {
      this.targets = readTargets(this.data.target, host.world.config.sipRealm);
      const alreadyAnswered = host.dialogue !== undefined;
      this.callerEndpoint = host.info.direction === "inbound" ? yield* host.needEndpoint(this) : host.endpoint;
      this.playDialMusic(host);
      if (!this.killed) this.ringAll(host, alreadyAnswered);
      yield* this.untilDone();
      yield* this.performAction(host, this.results, this.killReason !== "replaced");
      for (const stop of this.stopKeys) stop();
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      this.kill(host);
    }
  }

  override kill(host: VerbHost, reason?: KillReason): void {
    // It may be killed a second time (by its timer, and by the leg that the timer ended): what plays by then is the next verb's.
    const music = this.data.dialMusic && !this.killed;
    super.kill(host);
    if (music && this.callerEndpoint?.connected) this.callerEndpoint.breakPlayback();
    this.killReason = reason ?? "hangup";
    this.talkTimer?.cancel();
    this.ringTimer?.cancel();
    for (const stop of this.stopKeys) stop();
    host.world.scheduler.spawn(this.end(host));
  }

  /** Plays to one side alone; the two do not hear each other meanwhile (jambonz 0.9.8, seen: h14). */
  *whisper(host: VerbHost, callSid: string, list: readonly unknown[]): Fiber<void> {
    const leg = this.connected;
    if (!leg) return;
    try {
      const verbs = host.makeVerbs(list);
      if (verbs.some((verb) => verb.name !== "play" && verb.name !== "say")) return;
      if (!leg.endpoint && !host.endpoint) {
        const callee = host.world.scheduler.spawn(leg.anchorMedia());
        yield* host.anchorMedia();
        yield* wait(callee);
        this.callerEndpoint = host.endpoint;
      }
      const endpoint = callSid === leg.callSid ? leg.endpoint : host.endpoint;
      if (!endpoint) return;
      for (const verb of verbs) yield* verb.exec(host, { endpoint });
      if (host.callGone || this.connected !== leg) return;
      if (this.canReleaseMedia(host)) yield* this.releaseMedia(host, leg);
      else this.letHearEachOther(host, leg);
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
    }
  }

  /** Gives the connected leg verbs of its own: from now on it is another call, and the dial is over (seen: h16). */
  *makeAdult(host: VerbHost, hook: Hook | string): Fiber<void> {
    const leg = this.connected;
    if (!leg?.info) return;
    const list = yield* wait(host.requestor.request("session:redirect", hook, callData(leg.info)));
    if (!Array.isArray(list) || this.connected !== leg) return;
    const verbs = host.makeVerbs(list);
    yield* leg.anchorMedia();
    this.connected = undefined;
    host.untrackChild(leg.callSid);
    leg.leaveHome();
    // Neither hears the other any more, also where the border controller had connected the two.
    for (const side of [host.dialogue, leg.dialogue]) side?.leg.hearBehind({ kind: "silence" });
    this.adult(host, leg, verbs);
    this.kill(host);
  }

  private *end(host: VerbHost): Fiber<void> {
    yield* this.killLegs(host);
    const { connected } = this;
    if (this.bridged || connected) host.dialogue?.leg.hearBehind({ kind: "silence" });
    if (connected) {
      host.world.scheduler.spawn(connected.kill());
      connected.detached = true;
      this.connected = undefined;
      host.untrackChild(connected.callSid);
    }
    this.listen?.kill(host);
    this.listen = undefined;
    this.done();
  }

  /** One after the other, each with the time that its endpoint takes (seen: l10, l11). */
  private *killLegs(host: VerbHost): Fiber<void> {
    for (const leg of [...this.legs.values()]) {
      yield* wait(host.world.scheduler.spawn(leg.kill()));
      leg.detached = true;
    }
    this.legs.clear();
  }

  private playDialMusic(host: VerbHost): void {
    const music = textOf(this.data.dialMusic);
    const endpoint = this.callerEndpoint;
    if (!music || !endpoint) return;
    const once = (): void => {
      endpoint.play({ kind: "files", urls: [music], verb: "dial" }).listen((outcome) => {
        // An outgoing call hears it again and again, an incoming one once (read).
        if (outcome.ok && host.info.direction === "outbound" && !this.killed && !this.bridged && endpoint.connected)
          once();
      });
    };
    once();
  }

  private ringAll(host: VerbHost, alreadyAnswered: boolean): void {
    const { scheduler } = host.world;
    const seconds = numberOf(this.data.timeout) || 60;
    this.ringTimer = scheduler.after(seconds * 1000, () => {
      this.ringTimer = undefined;
      scheduler.spawn(this.killLegs(host)).listen(() => this.kill(host));
    });
    const from = host.invite?.from.uri ?? `sip:${host.info.from}@x`;
    for (const target of this.targets) {
      const leg = new DialledLeg({
        host,
        target,
        headers: this.headersFor(host, target),
        callerId: textOf(this.data.callerId) ?? userOf(from),
        callerName: textOf(this.data.callerName),
        proxy: textOf(this.data.proxy) ?? host.invite?.source ?? host.world.config.outboundProxy,
        tag: isRecord(this.data.tag) ? this.data.tag : undefined,
        confirmHook: target.confirmHook ?? readHook(this.data.confirmHook),
        confirm: (answered, hook) => this.confirm(host, answered, hook),
        listeners: {
          onStatus: (change) => this.legChanged(host, leg, change),
          onAccept: () => this.connect(host, leg, alreadyAnswered),
          onDecline: () => this.legLost(host, leg),
        },
      });
      this.legs.set(leg.callSid, leg);
      scheduler.spawn(leg.exec());
    }
  }

  private headersFor(host: VerbHost, target: DialTarget): SipHeader[] {
    const { invite } = host;
    const passed = (name: string): SipHeader[] => {
      const value = invite?.header(name);
      return value === undefined ? [] : [[name, value]];
    };
    const cid = invite
      ? passed("X-CID")
      : host.info.sbcCallid === undefined
        ? []
        : [["X-CID", host.info.sbcCallid] as const];
    const own: SipHeader[] = isRecord(this.data.headers)
      ? Object.entries(this.data.headers).map(([name, value]) => [name, String(value)])
      : [];
    return [
      ["X-Account-Sid", host.info.accountSid],
      ...cid,
      ...passed("P-Asserted-Identity"),
      ...passed("Privacy"),
      ...passed("X-Voip-Carrier-Sid"),
      ...own,
      ...target.headers,
    ];
  }

  private legChanged(host: VerbHost, leg: DialledLeg, change: StatusChange): void {
    if (this.results.dialCallStatus !== "completed" && this.results.dialCallStatus !== "no-answer") {
      this.results.dialCallStatus = change.callStatus;
      this.results.dialSipStatus = change.sipStatus;
      this.results.dialCallSid = leg.callSid;
      this.results.dialSbcCallid = leg.info?.sbcCallid;
    }
    if (change.callStatus === "early-media" && this.targets.length === 1 && !this.data.dialMusic)
      this.bridge(host, leg);
    if (change.callStatus === "in-progress") this.stopRinging();
    if (change.callStatus === "failed" || change.callStatus === "busy" || change.callStatus === "no-answer")
      this.legLost(host, leg, false);
  }

  private legLost(host: VerbHost, leg: DialledLeg, detach = true): void {
    this.legs.delete(leg.callSid);
    if (detach) leg.detached = true;
    if (this.legs.size > 0 || this.connected) return;
    this.stopRinging();
    this.kill(host);
  }

  private stopRinging(): void {
    this.ringTimer?.cancel();
    this.ringTimer = undefined;
  }

  private bridge(host: VerbHost, leg: DialledLeg): void {
    if (this.bridged || !leg.invite) return;
    this.bridged = true;
    this.callerEndpoint?.breakPlayback();
    this.letHearEachOther(host, leg);
  }

  private letHearEachOther(host: VerbHost, leg: DialledLeg): void {
    const caller = host.dialogue?.leg ?? host.invite?.leg;
    if (!caller || !leg.invite) return;
    caller.hearBehind({ kind: "bridged", with: leg.invite.leg.id });
    leg.invite.leg.hearBehind({ kind: "bridged", with: caller.id });
  }

  private connect(host: VerbHost, leg: DialledLeg, alreadyAnswered: boolean): void {
    this.stopRinging();
    host.world.scheduler.spawn(this.select(host, leg, alreadyAnswered));
  }

  private *select(host: VerbHost, leg: DialledLeg, alreadyAnswered: boolean): Fiber<void> {
    if (!this.canReleaseMedia(host)) this.bridge(host, leg);
    this.legs.delete(leg.callSid);
    this.connected = leg;
    const { dialogue } = leg;
    if (this.earlyMedia && !alreadyAnswered) yield* host.propagateAnswer();
    if (!dialogue) return;
    const limit = numberOf(this.data.timeLimit) ?? 0;
    if (limit > 0) this.talkTimer = host.world.scheduler.after(limit * 1000, () => this.kill(host));
    host.trackChild(leg.callSid);
    dialogue.onHangup(() => {
      if (this.connected !== leg) return;
      host.untrackChild(leg.callSid);
      this.talkTimer?.cancel();
      this.kill(host);
    });
    Object.assign(this.results, { dialCallStatus: "completed", dialSipStatus: 200, dialCallSid: leg.callSid });
    this.captureKeys(host, leg, dialogue);
    const endpoint = this.listen?.data.channel === 2 ? leg.endpoint : this.callerEndpoint;
    if (this.listen) this.listen.aboutLeg = () => (leg.info ? bareCallData(leg.info) : {});
    if (this.listen && endpoint) host.world.scheduler.spawn(this.listen.exec(host, { endpoint }));
    if (this.canReleaseMedia(host)) {
      host.world.scheduler.after(TIMINGS.mediaRelease, () => host.world.scheduler.spawn(this.releaseMedia(host, leg)));
    }
    yield* this.killLegs(host);
  }

  private canReleaseMedia(host: VerbHost): boolean {
    return !(
      this.data.anchorMedia === true ||
      host.onHoldMusic ||
      host.hasBackgroundListen ||
      this.listen ||
      this.data.transcribe ||
      this.data.dub
    );
  }

  /** From here on the two sides' media run past the server (seen: b1: the callee first, then the caller). */
  private *releaseMedia(host: VerbHost, leg: DialledLeg): Fiber<void> {
    try {
      if (!host.endpoint || !leg.endpoint) return;
      yield* leg.releaseMedia();
      yield* host.releaseMedia();
      this.callerEndpoint = undefined;
      if (this.connected === leg) this.letHearEachOther(host, leg);
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
    }
  }

  /** Digits of the callee's side are looked at; patterns for the caller's side land there too by mistake (read; seen: g7). */
  private captureKeys(host: VerbHost, leg: DialledLeg, dialogue: Dialogue): void {
    const hook = readHook(this.data.dtmfHook);
    if (hook === undefined) return;
    const { dtmfCapture } = this.data;
    const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
    const both = list(dtmfCapture);
    const child = isRecord(dtmfCapture) ? [...list(dtmfCapture.childCall), ...list(dtmfCapture.parentCall)] : both;
    const watch = (on: Dialogue, collector: DtmfCollector, data: () => Record<string, unknown>): void => {
      this.stopKeys.push(
        on.onInfo((contentType, body) => {
          const key = contentType === "application/dtmf-relay" ? /Signal=([0-9#*])/.exec(body)?.[1] : undefined;
          const match = key === undefined ? undefined : collector.keyPressed(key, host.world.scheduler.now());
          if (match !== undefined)
            host.requestor.request("verb:hook", hook, { dtmf: match, ...data() }, { b3: tracing(host) });
        }),
      );
    };
    if (child.length > 0) watch(dialogue, createDtmfCollector(child), () => (leg.info ? callData(leg.info) : {}));
    if (both.length > 0 && host.dialogue) watch(host.dialogue, createDtmfCollector(both), () => callData(host.info));
  }
}
