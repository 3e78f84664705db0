import type { LegId, SipRequest } from "../core/types.ts";
import type { TelephoneCall } from "./types.ts";

interface Target {
  readonly id: string;
  readonly dead: boolean;
  readonly call: TelephoneCall | undefined;
}

export interface ReferredCallsOptions {
  readonly newId: () => string;
  readonly now: () => number;
  /** The telephone at an address. */
  readonly find: (uri: string) => Target | undefined;
  readonly callOf: (leg: LegId) => { readonly id: string; readonly call: TelephoneCall } | undefined;
  /** Gives a telephone another connection than the one it had. */
  readonly show: (id: string, call: TelephoneCall) => void;
  readonly end: (leg: LegId, endedBy: string) => void;
  readonly answer: (leg: LegId, status: number) => void;
  readonly notify: (leg: LegId, status: number) => void;
  /** Hangs up towards the server. */
  readonly leave: (leg: LegId) => void;
}

interface Referral {
  /** The connection on which the server asked; gone when the server has hung up. */
  asked: LegId | undefined;
  /** The caller's own connection to the new telephone. */
  readonly caller: LegId;
  readonly target: LegId;
  connected: boolean;
}

/** What the exchange between the telephones does by itself. Each method tells whether the connection was one of its own. */
export interface ReferredCalls {
  refer(leg: LegId, request: SipRequest, refusal: number | undefined): void;
  rings(leg: LegId): boolean;
  answered(leg: LegId): boolean;
  refused(leg: LegId, status: number): boolean;
  hungUp(leg: LegId): boolean;
  /** The server has hung up: a caller who was sent on stays with the exchange. */
  released(leg: LegId): boolean;
}

/**
 * Calls that were handed to the exchange by REFER: it rings the other telephone itself, tells the server how that goes, and connects the two
 * without it. A caller whom the exchange could not send on stays with the server.
 */
export function createReferredCalls(options: ReferredCallsOptions): ReferredCalls {
  const referrals = new Set<Referral>();
  const of = (leg: LegId): Referral | undefined =>
    [...referrals].find((one) => [one.asked, one.caller, one.target].includes(leg));
  const ringing = (leg: LegId): Referral | undefined =>
    [...referrals].find((one) => one.target === leg && !one.connected);
  const tell = (referral: Referral, status: number): void => {
    if (referral.asked !== undefined) options.notify(referral.asked, status);
  };
  const leaveServer = (referral: Referral, part: Pick<TelephoneCall, "phase" | "hears">): void => {
    const known = options.callOf(referral.asked ?? referral.caller);
    if (known) options.show(known.id, { ...known.call, leg: referral.caller, hearsSince: options.now(), ...part });
  };

  return {
    refer: (leg, request, refusal) => {
      const caller = options.callOf(leg);
      if (!caller || refusal !== undefined) {
        options.answer(leg, refusal ?? 481);
        return;
      }
      options.answer(leg, 202);
      options.notify(leg, 100);
      const to = /<([^>]*)>/.exec(request.headers.find(([name]) => name === "Refer-To")?.[1] ?? "")?.[1] ?? "";
      const target = options.find(to);
      if (target?.dead) return;
      if (!target || (target.call && target.call.phase !== "ended")) {
        options.notify(leg, target ? 486 : 404);
        return;
      }
      const id = options.newId();
      const referral = { asked: leg, caller: `exchange-${id}-a`, target: `exchange-${id}-b`, connected: false };
      referrals.add(referral);
      options.show(target.id, {
        leg: referral.target,
        direction: "in",
        phase: "ringing",
        from: caller.call.from,
        to,
        ...(caller.call.callerName === undefined ? {} : { callerName: caller.call.callerName }),
        hears: { kind: "silence" },
        hearsSince: options.now(),
      });
      options.notify(leg, 180);
    },
    rings: (leg) => ringing(leg) !== undefined,
    answered: (leg) => {
      const referral = ringing(leg);
      const target = referral && options.callOf(leg);
      if (!referral || !target) return false;
      referral.connected = true;
      const { asked } = referral;
      leaveServer(referral, { phase: "talking", hears: { kind: "bridged", with: leg } });
      const hears = { kind: "bridged", with: referral.caller } as const;
      options.show(target.id, { ...target.call, phase: "talking", hears, hearsSince: options.now() });
      if (asked !== undefined) {
        options.notify(asked, 200);
        // It has no more need of the connection by which the call came (jambonz expects that: read in its task for REFER).
        referral.asked = undefined;
        options.leave(asked);
      }
      return true;
    },
    refused: (leg, status) => {
      const referral = ringing(leg);
      if (!referral) return false;
      referrals.delete(referral);
      options.end(leg, `refused with ${status}`);
      tell(referral, status);
      if (referral.asked === undefined) options.end(referral.caller, String(status));
      return true;
    },
    hungUp: (leg) => {
      const referral = of(leg);
      if (!referral) return false;
      referrals.delete(referral);
      if (leg === referral.asked && !referral.connected) {
        // The caller gives up while the other telephone rings; the server is told of it as of every hang-up.
        options.end(referral.target, "cancelled");
        return false;
      }
      options.end(leg, "this telephone");
      if (leg === referral.target && !referral.connected) tell(referral, 603);
      if (leg === referral.caller || referral.connected || referral.asked === undefined)
        options.end(leg === referral.target ? referral.caller : referral.target, "other side");
      return true;
    },
    released: (leg) => {
      const referral = [...referrals].find((one) => one.asked === leg);
      if (!referral) return false;
      if (!referral.connected) leaveServer(referral, { phase: "calling", hears: { kind: "ringBack" } });
      referral.asked = undefined;
      return true;
    },
  };
}
