import { TIMINGS } from "../timings.ts";
import type { LegId, SipHeader, SipMessage, SipResponse, Sound } from "../types.ts";
import type { LegEvent, World } from "../world.ts";
import { reasonOf } from "./sip-text.ts";

type EventOf<K extends LegEvent["kind"]> = Extract<LegEvent, { kind: K }>;

/** One telephone connection as the server sees it: what it sends there, what comes from there, and what its user hears. */
export interface Leg {
  readonly id: LegId;
  send(message: SipMessage): void;
  respond(method: SipResponse["method"], status: number, reason?: string, headers?: readonly SipHeader[]): void;
  /** What is heard while nothing plays: silence, ring-back, the other side of a conversation. */
  hearBehind(sound: Sound): void;
  /** Something plays from now on; without a sound nothing plays any more. */
  hear(sound: Sound | undefined): void;
  /** Nothing more is heard of this connection. */
  forget(): void;
  on<K extends "cancel" | "bye" | "sipResponse" | "info" | "notify" | "voice">(
    kind: K,
    listener: (event: EventOf<K>) => void,
  ): () => void;
  /** Keys one by one, each at the time when the server has recognised it. */
  onKey(listener: (key: string) => void): () => void;
}

export function createLeg(world: World, id: LegId): Leg {
  const listeners = new Set<(event: LegEvent) => void>();
  const keyListeners = new Set<(key: string) => void>();
  let behind: Sound = { kind: "silence" };
  let playing = false;
  let heard = "";

  const tell = (sound: Sound): void => {
    const told = JSON.stringify(sound);
    // The same silence need not be told twice; the same audio begins anew each time.
    if (told === heard && sound.kind !== "audio" && sound.kind !== "speech") return;
    heard = told;
    world.emit({ kind: "hears", leg: id, sound });
  };

  world.onLeg(id, (event) => {
    if (event.kind === "keys") {
      for (const [index, key] of [...event.keys].entries()) {
        world.scheduler.after(TIMINGS.firstKey + index * TIMINGS.nextKey, () => {
          for (const listener of [...keyListeners]) listener(key);
        });
      }
      return;
    }
    for (const listener of [...listeners]) listener(event);
  });

  const isKind = <K extends LegEvent["kind"]>(event: LegEvent, kind: K): event is EventOf<K> => event.kind === kind;

  return {
    id,
    send: (message) => world.emit({ kind: "sip", leg: id, message }),
    respond: (method, status, reason = reasonOf(status), headers = []) =>
      world.emit({ kind: "sip", leg: id, message: { kind: "response", method, status, reason, headers } }),
    hearBehind: (sound) => {
      behind = sound;
      if (!playing) tell(sound);
    },
    hear: (sound) => {
      playing = sound !== undefined;
      tell(sound ?? behind);
    },
    forget: () => {
      world.onLeg(id, undefined);
      listeners.clear();
      keyListeners.clear();
    },
    on: (kind, listener) => {
      const own = (event: LegEvent): void => {
        if (isKind(event, kind)) listener(event);
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
    onKey: (listener) => {
      keyListeners.add(listener);
      return () => keyListeners.delete(listener);
    },
  };
}
