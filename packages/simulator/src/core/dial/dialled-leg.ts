import { applyStatus, type CallInfo, callData, list, type StatusChange } from "../call-info.ts";
import { createSignal, type Fiber, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { createEndpoint, type Endpoint } from "../media/endpoint.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import { type OutgoingInvite, SipRefusal, sendInvite } from "../sip/outgoing-invite.ts";
import { customHeaders } from "../sip/sip-text.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook, SipHeader } from "../types.ts";
import type { VerbHost } from "../verbs/verb.ts";
import { type DialTarget, targetAddress } from "./dial-target.ts";

interface DialledLegListeners {
  onStatus(change: StatusChange): void;
  /** The callee has answered, and accepted where a confirmation was asked for. */
  onAccept(): void;
  onDecline(): void;
}

export interface DialledLegOptions {
  readonly host: VerbHost;
  readonly target: DialTarget;
  readonly headers: readonly SipHeader[];
  readonly callerId: string;
  readonly callerName: string | undefined;
  readonly proxy: string;
  readonly tag: unknown;
  readonly confirmHook: Hook | string | undefined;
  readonly confirm: (leg: DialledLeg, hook: Hook | string) => Fiber<"accept" | "decline">;
  readonly listeners: DialledLegListeners;
}

/** A leg that `dial` calls: its status messages go to the parent's application, marked with the parent's `call_sid` (seen: b1). */
export class DialledLeg {
  readonly callSid: string;
  info: CallInfo | undefined;
  dialogue: Dialogue | undefined;
  endpoint: Endpoint | undefined;
  invite: OutgoingInvite | undefined;
  /** Nobody listens any more: the verb that dialled has ended or chosen another leg. */
  detached = false;
  private killed = false;
  private inviteInProgress = false;
  private isAdult = false;
  isAnchoredAgain = false;
  private isReleasing = false;
  private readonly options: DialledLegOptions;

  constructor(options: DialledLegOptions) {
    this.options = options;
    this.callSid = options.host.world.config.ids.callSid();
  }

  *exec(): Fiber<void> {
    const { host, target, callerId, callerName, proxy } = this.options;
    const { world } = host;
    try {
      yield* wait(world.scheduler.sleep(TIMINGS.endpoint));
      if (this.killed) return;
      const address = targetAddress(target, proxy);
      const name = callerName ? `"${callerName}" ` : "";
      const from = `${name}<sip:${callerId}@${world.config.sipAddress}>;tag=${world.config.ids.sipTag()}`;
      const headers: SipHeader[] = [
        ...this.options.headers,
        ["X-Jambonz-Routing", target.type],
        ["X-Call-Sid", this.callSid],
        ...(host.sid === undefined ? [] : [["X-Application-Sid", host.sid] as const]),
      ];
      const invite = sendInvite(world, { uri: address.uri, from, headers, route: proxy });
      this.invite = invite;
      this.endpoint = createEndpoint(world, invite.leg);
      this.inviteInProgress = true;
      this.info = this.childInfo(invite.callId, address.to, callerId);
      list(this.info, world.listed);
      world.scheduler.after(TIMINGS.sipTurn, () =>
        this.change({ callStatus: "trying", sipStatus: 100, sipReason: "Trying" }),
      );
      invite.onProvisional((status, reason, hasMedia) => {
        if (this.info) this.info.sbcCallid = invite.sbcCallid;
        const early = hasMedia && (status === 180 || status === 183);
        this.change({ callStatus: early ? "early-media" : "ringing", sipStatus: status, sipReason: reason });
      });
      const dialogue = yield* wait(invite.answered);
      this.dialogue = dialogue;
      this.info.sbcCallid ??= invite.sbcCallid;
      dialogue.onHangup((hangupHeaders) => this.hungUp(hangupHeaders));
      yield* wait(world.scheduler.sleep(TIMINGS.answerMedia));
      // Given up between the answer and the bridge: like an answer that crosses a cancellation, the callee is left to themselves.
      if (this.killed || !dialogue.connected) return;
      this.inviteInProgress = false;
      this.change({ callStatus: "in-progress", sipStatus: 200, sipReason: "OK" });
      yield* this.confirmThenAccept();
    } catch (error) {
      if (!(error instanceof SipRefusal)) throw error;
      this.inviteInProgress = false;
      const status = error.status ?? 500;
      const callStatus = status === 487 ? "no-answer" : status === 486 || status === 600 ? "busy" : "failed";
      this.change({ callStatus, sipStatus: status, sipReason: error.message });
      this.endpoint?.destroy();
    }
  }

  private *confirmThenAccept(): Fiber<void> {
    const { confirm, confirmHook, listeners } = this.options;
    if (confirmHook === undefined) {
      if (!this.detached) listeners.onAccept();
      return;
    }
    try {
      const how = yield* confirm(this, confirmHook);
      if (this.detached) return;
      if (how === "accept" && this.dialogue?.connected) listeners.onAccept();
      else listeners.onDecline();
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      if (!this.detached) listeners.onDecline();
      if (this.dialogue?.connected) {
        this.dialogue.bye();
        this.endpoint?.destroy();
      }
    }
  }

  /** Cancels the attempt or hangs up, whichever there is, and gives the endpoint back (which takes its time). */
  *kill(): Fiber<void> {
    this.killed = true;
    if (this.inviteInProgress) this.invite?.cancel();
    else if (this.dialogue?.connected) {
      this.change({ callStatus: "completed", duration: this.talkedFor() });
      this.dialogue.bye();
    }
    if (this.endpoint?.connected) yield* wait(this.endpoint.destroy());
  }

  /** Media leave the server: the telephone is told by a re-INVITE, then the endpoint goes (seen: b1). */
  *releaseMedia(): Fiber<void> {
    if (!this.dialogue?.connected || !this.endpoint) throw new SimulatedFailure("nothing to release");
    const { endpoint } = this;
    yield* wait(this.dialogue.modify([["X-Reason", "release-media"]]));
    // The end of one that was made in mid-call is not heard of: until it is released again, everything stays as it is (seen: h14, h17).
    if (this.isAnchoredAgain && !this.isReleasing) {
      this.isReleasing = true;
      endpoint.leave();
      yield* wait(createSignal<void>());
    }
    yield* wait(endpoint.destroy());
    this.endpoint = undefined;
    this.isAnchoredAgain = false;
    this.isReleasing = false;
  }

  /** Media come back to the server (seen: h14). */
  *anchorMedia(): Fiber<void> {
    if (this.endpoint || !this.dialogue || !this.invite) return;
    yield* wait(this.options.host.world.scheduler.sleep(TIMINGS.endpoint));
    this.endpoint = createEndpoint(this.options.host.world, this.invite.leg);
    this.isAnchoredAgain = true;
    yield* wait(this.dialogue.modify([["X-Reason", "anchor-media"]]));
  }

  /** Another call is made of it: its end is no longer told of as that of a dialled leg. */
  leaveHome(): void {
    this.detached = true;
    this.isAdult = true;
  }

  private hungUp(headers: readonly SipHeader[]): void {
    if (this.isAdult) return;
    const custom = customHeaders(headers);
    if (!this.inviteInProgress) {
      this.change({ callStatus: "completed", duration: this.talkedFor(), ...(custom ? { headers: custom } : {}) });
    }
    this.endpoint?.destroy();
  }

  private talkedFor(): number {
    const { now } = this.options.host.world.scheduler;
    return Math.floor((now() - (this.dialogue?.connectTime ?? now())) / 1000);
  }

  private change(change: StatusChange): void {
    const { host, listeners } = this.options;
    if (this.detached && change.callStatus !== "completed") return;
    if (this.info) {
      applyStatus(this.info, change);
      host.notifier.request("call:status", host.statusHook, callData(this.info));
    }
    if (!this.detached) listeners.onStatus(change);
  }

  private childInfo(callId: string, to: string, callerId: string): CallInfo {
    const { host, tag } = this.options;
    return {
      callSid: this.callSid,
      direction: "outbound",
      from: callerId,
      to,
      callId,
      callerName: "",
      sbcCallid: undefined,
      sipStatus: 100,
      sipReason: "Trying",
      callStatus: "trying",
      callerId,
      accountSid: host.info.accountSid,
      ...(host.info.applicationSid === undefined ? {} : { applicationSid: host.info.applicationSid }),
      traceId: host.world.config.traceId,
      localSipAddress: host.world.config.sipAddress,
      parentCallSid: host.info.callSid,
      ...(tag === undefined ? {} : { customerData: tag }),
    };
  }
}
