import { createSignal, type Signal } from "../kernel/fiber.ts";
import type { Timer } from "../kernel/scheduler.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { TIMINGS } from "../timings.ts";
import type { SipHeader } from "../types.ts";
import type { World } from "../world.ts";
import { createDialogue, type Dialogue } from "./dialogue.ts";
import { createLeg, type Leg } from "./leg.ts";
import { reasonOf } from "./sip-text.ts";

/** A refusal of an outgoing call: `status` is the SIP status, the message its reason. */
export class SipRefusal extends SimulatedFailure {}

export interface OutgoingInvite {
  readonly leg: Leg;
  readonly callId: string;
  /** The dialogue when the telephone answers; fails with a `SipRefusal` when it does not. */
  readonly answered: Signal<Dialogue>;
  /** An answering machine has answered. No network says so: it stands for what a recogniser makes out of a greeting. */
  readonly byMachine: boolean;
  /** The border controller's id of the call, as the last answer stated it (seen: e1). */
  readonly sbcCallid: string | undefined;
  onProvisional(listener: (status: number, reason: string, hasMedia: boolean) => void): void;
  /**
   * Gives the attempt up. Before any answer nothing can be cancelled (RFC 3261 section 9.1), and the attempt goes on. An answer
   * that crosses the cancellation leaves the telephone connected to nobody: nothing is ever sent to it again (seen: j19, m7, m8).
   */
  cancel(): void;
}

export interface InviteRequest {
  readonly uri: string;
  readonly from: string;
  readonly headers: readonly SipHeader[];
  /** `host:port` of the next hop. */
  readonly route: string;
}

/** With which a virtual telephone says that it is an answering machine. */
export const MACHINE_HEADER: SipHeader = ["X-Answered-By", "machine"];

/** Sends an INVITE and follows it to its end: retransmissions while nothing answers, 408 after 32 s (seen: m5). */
export function sendInvite(world: World, request: InviteRequest): OutgoingInvite {
  const leg = createLeg(world, world.newLeg());
  const { scheduler } = world;
  const answered = createSignal<Dialogue>();
  const provisional: Array<(status: number, reason: string, hasMedia: boolean) => void> = [];
  let heardAnything = false;
  let cancelling = false;
  let finished = false;
  let byMachine = false;
  let sbcCallid: string | undefined;
  let retransmission: Timer | undefined;

  const transmit = (again: boolean): void =>
    leg.send({
      kind: "request",
      method: "INVITE",
      uri: request.uri,
      headers: request.headers,
      from: request.from,
      route: request.route,
      ...(again ? { retransmission: true } : {}),
    });
  const retransmitAfter = (ms: number): void => {
    retransmission = scheduler.after(ms, () => {
      transmit(true);
      retransmitAfter(ms * 2);
    });
  };
  const giveUp = scheduler.after(TIMINGS.inviteTimeout, () =>
    finish(() => answered.fail(refusal(408, "Request Timeout"))),
  );
  const finish = (end: () => void): void => {
    if (finished) return;
    finished = true;
    retransmission?.cancel();
    giveUp.cancel();
    end();
  };
  const sendCancel = (): void => {
    scheduler.after(TIMINGS.cancelLead, () => {
      if (!finished) leg.send({ kind: "request", method: "CANCEL", uri: request.uri, headers: [] });
    });
  };

  leg.on("sipResponse", (event) => {
    if (event.method !== "INVITE" || finished) return;
    if (!heardAnything) {
      heardAnything = true;
      retransmission?.cancel();
      giveUp.cancel();
      if (cancelling && event.status < 200) sendCancel();
    }
    byMachine ||=
      event.headers?.some(([name, value]) => name === MACHINE_HEADER[0] && value === MACHINE_HEADER[1]) ?? false;
    const cid = event.headers?.find(([name]) => name.toLowerCase() === "x-cid")?.[1];
    if (event.status > 100) sbcCallid = cid ?? (event.status >= 200 ? sbcCallid : undefined);
    const reason = event.reason ?? reasonOf(event.status);
    if (event.status === 100) return;
    if (event.status < 200) {
      scheduler.after(TIMINGS.sipTurn, () => {
        for (const listener of provisional) listener(event.status, reason, event.hasMedia ?? false);
      });
      return;
    }
    finish(() => {
      leg.hearBehind({ kind: "silence" });
      if (event.status >= 300) {
        leg.forget();
        scheduler.after(TIMINGS.sipTurn, () => answered.fail(refusal(event.status, reason)));
        return;
      }
      const dialogue = createDialogue(world, leg, event.contact ?? request.uri, request.from);
      if (!cancelling) answered.settle(dialogue);
    });
  });

  transmit(false);
  retransmitAfter(TIMINGS.firstRetransmission);
  return {
    leg,
    callId: world.config.ids.sipCallId(),
    answered,
    get byMachine() {
      return byMachine;
    },
    get sbcCallid() {
      return sbcCallid;
    },
    onProvisional: (listener) => {
      provisional.push(listener);
    },
    cancel: () => {
      if (finished || cancelling) return;
      cancelling = true;
      if (heardAnything) sendCancel();
    },
  };
}

function refusal(status: number, reason: string): SipRefusal {
  return new SipRefusal(reason, { status });
}
