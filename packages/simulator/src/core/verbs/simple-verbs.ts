import type { Fiber } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import type { Endpoint } from "../media/endpoint.ts";
import type { Dialogue } from "../sip/dialogue.ts";
import { TIMINGS } from "../timings.ts";
import type { SipHeader } from "../types.ts";
import { isRecord } from "./normalize-verbs.ts";
import { numberOf, type Resources, textOf, Verb, type VerbHost } from "./verb.ts";

function headersOf(value: unknown): SipHeader[] {
  return isRecord(value) ? Object.entries(value).map(([name, text]) => [name, String(text)]) : [];
}

/** Answers the call: its precondition does all of it. */
export class AnswerVerb extends Verb {
  override readonly precondition = "endpoint";
  *exec(): Fiber<void> {}
}

/** Hangs up an answered call; on one that is not answered it is skipped (jambonz 0.9.8, seen: j16, g6). */
export class HangupVerb extends Verb {
  override readonly precondition = "stableCall";
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *exec(host: VerbHost): Fiber<void> {
    hangUp(host, headersOf(this.data.headers));
    host.callReleased();
  }
}

/** Ends an answered call from our side: `completed` is told first, then BYE goes out (seen: a1, g6). */
export function hangUp(host: VerbHost, headers: readonly SipHeader[] = []): void {
  const { dialogue } = host;
  if (!dialogue?.connected) return;
  if (host.isConfirmSession) {
    // A leg that is hung up before it is connected ends without a status message (seen: k1, k2).
    dialogue.bye(headers);
    return;
  }
  dialogue.connected = false;
  tellHungUp(host, dialogue);
  dialogue.bye(headers);
}

/** Tells that our side ends an answered call. */
export function tellHungUp(host: VerbHost, { connectTime }: Dialogue): void {
  host.info.callTerminationBy = "jambonz";
  const duration = Math.floor((host.world.scheduler.now() - connectTime) / 1000);
  host.changeStatus({ callStatus: "completed", duration });
}

/** Refuses a call that is not answered, with any SIP status (seen: a6, g12, n2). */
export class SipDeclineVerb extends Verb {
  override readonly precondition = "unansweredCall";
  *exec(host: VerbHost): Fiber<void> {
    const status = numberOf(this.data.status) ?? 480;
    const reason = textOf(this.data.reason);
    const headers: SipHeader[] = [["X-Reason", "SIP Decline Verb"], ...headersOf(this.data.headers)];
    host.changeStatus({
      callStatus: "failed",
      sipStatus: status,
      ...(reason === undefined ? {} : { sipReason: reason }),
    });
    host.world.scheduler.after(TIMINGS.sipTurn, () => {
      host.invite?.respond(status, reason, headers);
      host.callReleased();
    });
  }
}

export class PauseVerb extends Verb {
  private timer: Timer | undefined;

  *exec(host: VerbHost): Fiber<void> {
    this.timer = host.world.scheduler.after((numberOf(this.data.length) ?? 0) * 1000, () => this.done());
    yield* this.untilDone();
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.timer?.cancel();
    this.done();
  }
}

/** Sets what comes back as `customerData` with every message (seen: e1, k3). */
export class TagVerb extends Verb {
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *exec(host: VerbHost): Fiber<void> {
    host.info.customerData = this.data.data;
  }
}

/** Asks another address what to do next; an absolute one takes the call over (seen: j7, j8, h24). */
export class RedirectVerb extends Verb {
  *exec(host: VerbHost): Fiber<void> {
    const url = typeof this.actionHook === "string" ? this.actionHook : this.actionHook?.url;
    if (url !== undefined && /^(https?|wss?):\/\//.test(url)) {
      host.handOver(typeof this.actionHook === "object" ? this.actionHook : { url });
    }
    yield* this.performAction(host, {});
  }
}

/** Sends digits into the call (read in the source; nobody hears them here but the telephone's user). */
export class DtmfVerb extends Verb {
  override readonly precondition = "endpoint";
  private endpoint: Endpoint | undefined;
  private timer: Timer | undefined;

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    this.endpoint = endpoint;
    const digits = textOf(this.data.dtmf) ?? "";
    const each = numberOf(this.data.duration) ?? 500;
    const ms = digits.length * (each + 250) + 750;
    this.endpoint?.leg.hear({ kind: "tone", durationMs: digits.length * each });
    this.timer = host.world.scheduler.after(ms, () => this.done());
    yield* this.untilDone();
    this.endpoint?.leg.hear(undefined);
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.timer?.cancel();
    this.done();
  }
}

/** Settings of the session (seen: c1–c3, f11). What has no counterpart here, such as recording by SIPREC, is accepted and ignored. */
export class ConfigVerb extends Verb {
  override readonly precondition: "none" | "endpoint" =
    isRecord(this.data.listen) && textOf(this.data.listen.url) !== undefined ? "endpoint" : "none";

  // biome-ignore lint/correctness/useYield: nothing to wait for
  *exec(host: VerbHost): Fiber<void> {
    const { notifyEvents, onHoldMusic, synthesizer, recognizer, listen } = this.data;
    // Turning events off again is not possible: jambonz looks only at a true value.
    if (notifyEvents === true) host.notifyEvents = true;
    if (typeof onHoldMusic === "string") host.onHoldMusic = onHoldMusic;
    if (isRecord(synthesizer))
      host.synthesizer = { ...host.synthesizer, ...chosen(synthesizer, ["vendor", "language", "voice"]) };
    if (isRecord(recognizer)) host.recognizer = { ...host.recognizer, ...chosen(recognizer, ["vendor", "language"]) };
    if (isRecord(listen)) {
      const { enable, ...options } = listen;
      if (enable) host.startBackgroundListen(options);
      else host.stopBackgroundListen();
    }
  }
}

function chosen<K extends string>(
  settings: Readonly<Record<string, unknown>>,
  names: readonly K[],
): Partial<Record<K, string>> {
  const result: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = settings[name];
    if (typeof value === "string" && value !== "default") result[name] = value;
  }
  return result;
}
