import { createSignal, type Signal } from "../kernel/fiber.ts";
import { TIMINGS } from "../timings.ts";
import type { SipHeader } from "../types.ts";
import type { World } from "../world.ts";
import type { Leg } from "./leg.ts";

/** An answered leg: both sides can hang up, change media, send INFO. */
export interface Dialogue {
  readonly leg: Leg;
  connected: boolean;
  connectTime: number;
  /** A re-INVITE; settled when the telephone has accepted it. */
  modify(headers?: readonly SipHeader[]): Signal<void>;
  info(headers: readonly SipHeader[], body?: string): void;
  /** Asks the other side to take the call elsewhere (RFC 3515); settled with the status of its answer. */
  refer(headers: readonly SipHeader[]): Signal<number>;
  /** Called with what the other side tells of such a request: the status line of its NOTIFY. */
  onNotify(listener: (sipfrag: string) => void): () => void;
  /** Sends BYE. Does nothing when the leg is already over. */
  bye(headers?: readonly SipHeader[]): void;
  /** Called when the telephone hangs up, in the order of registration. */
  onHangup(listener: (headers: readonly SipHeader[]) => void): void;
  onInfo(listener: (contentType: string, body: string) => void): () => void;
}

/**
 * Makes the dialogue of an answered leg.
 *
 * @param contact the telephone's own address, to which requests inside the dialogue go
 * @param from our own address in this dialogue, as its From header says it
 */
export function createDialogue(world: World, leg: Leg, contact: string, from: string): Dialogue {
  const hangupListeners: Array<(headers: readonly SipHeader[]) => void> = [];
  const infoListeners = new Set<(contentType: string, body: string) => void>();
  const notifyListeners = new Set<(sipfrag: string) => void>();
  const modifications: Array<Signal<void>> = [];
  const referrals: Array<Signal<number>> = [];
  let over = false;
  let telephoneHungUp = false;

  leg.on("bye", (event) => {
    leg.respond("BYE", 200);
    telephoneHungUp = true;
    if (over) return;
    over = true;
    world.scheduler.after(TIMINGS.sipTurn, () => {
      // Ended by us in the same instant: that was told already.
      if (!dialogue.connected) return;
      dialogue.connected = false;
      leg.hearBehind({ kind: "silence" });
      leg.forget();
      for (const listener of [...hangupListeners]) listener(event.headers ?? []);
    });
  });
  leg.on("info", (event) => {
    leg.respond("INFO", 200);
    for (const listener of [...infoListeners]) listener(event.contentType, event.body);
  });
  leg.on("notify", (event) => {
    leg.respond("NOTIFY", 200);
    world.scheduler.after(TIMINGS.sipTurn, () => {
      for (const listener of [...notifyListeners]) listener(event.sipfrag);
    });
  });
  leg.on("sipResponse", (event) => {
    if (event.method === "REFER") referrals.shift()?.settle(event.status);
    if (event.method === "INVITE" && event.status >= 200) modifications.shift()?.settle();
  });

  const dialogue: Dialogue = {
    leg,
    connected: true,
    connectTime: world.scheduler.now(),
    modify: (headers = []) => {
      const accepted = createSignal<void>();
      if (over) return accepted;
      modifications.push(accepted);
      leg.send({ kind: "request", method: "INVITE", uri: contact, headers, from, inDialogue: true });
      return accepted;
    },
    info: (headers, body) => {
      leg.send({ kind: "request", method: "INFO", uri: contact, headers, ...(body === undefined ? {} : { body }) });
    },
    refer: (headers) => {
      const answered = createSignal<number>();
      referrals.push(answered);
      leg.send({ kind: "request", method: "REFER", uri: contact, headers });
      return answered;
    },
    onNotify: (listener) => {
      notifyListeners.add(listener);
      return () => notifyListeners.delete(listener);
    },
    bye: (headers = []) => {
      dialogue.connected = false;
      if (over) return;
      over = true;
      leg.hearBehind({ kind: "silence" });
      world.scheduler.after(TIMINGS.sipTurn, () => {
        // Where both hang up at once, ours is not needed any more.
        if (!telephoneHungUp) leg.send({ kind: "request", method: "BYE", uri: contact, headers });
        leg.forget();
      });
    },
    onHangup: (listener) => {
      hangupListeners.push(listener);
    },
    onInfo: (listener) => {
      infoListeners.add(listener);
      return () => infoListeners.delete(listener);
    },
  };
  return dialogue;
}
