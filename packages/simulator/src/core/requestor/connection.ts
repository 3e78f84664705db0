import { createSignal, type Signal } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook } from "../types.ts";
import type { World } from "../world.ts";
import { basicAuthorization } from "./requestor.ts";

/** One open socket to the application. */
export interface OpenSocket {
  send(text: string): void;
  /** Closes it; nothing more is heard of it. */
  close(code: number): void;
}

export interface ConnectionListeners {
  onOpen(socket: OpenSocket): void;
  onMessage(text: string): void;
  onClose(code: number): void;
  /** The attempt failed; a close with code 1006 follows unless the other side answered with an HTTP status. */
  onError(error: SimulatedFailure): void;
  onUpgradeRefused(error: SimulatedFailure): void;
}

/** jambonz takes no message above this size; it closes the socket with 1009 (0.9.8, seen: g10). */
const LARGEST_MESSAGE = 24 * 1024;

/** Makes one attempt to open the application's socket (sub-protocol and headers as seen in every `open` of the recordings). */
export function openConnection(world: World, hook: Hook, listeners: ConnectionListeners): void {
  const id = world.newSocket();
  const failed: Signal<void> = createSignal();
  const forget = (): void => world.onSocket(id, undefined);
  const fail = (error: SimulatedFailure): void => {
    if (failed.settled) return;
    failed.settle();
    timeout.cancel();
    forget();
    listeners.onError(error);
    listeners.onClose(1006);
  };
  const timeout = world.scheduler.after(TIMINGS.handshakeTimeout, () => {
    world.emit({ kind: "abandon", socket: id });
    fail(new SimulatedFailure("Opening handshake has timed out"));
  });
  world.onSocket(id, (event) => {
    switch (event.kind) {
      case "socketOpened":
        timeout.cancel();
        listeners.onOpen({
          send: (text) => world.emit({ kind: "send", socket: id, text }),
          close: (code) => {
            forget();
            world.emit({ kind: "close", socket: id, code });
          },
        });
        return;
      case "socketMessage":
        if (new TextEncoder().encode(event.text).length > LARGEST_MESSAGE) {
          forget();
          world.emit({ kind: "close", socket: id, code: 1009 });
          listeners.onClose(1009);
        } else listeners.onMessage(event.text);
        return;
      case "socketClosed":
        forget();
        listeners.onClose(event.code);
        return;
      case "socketFailed":
        fail(new SimulatedFailure(event.message, { code: event.code }));
        return;
      case "upgradeRefused":
        timeout.cancel();
        forget();
        listeners.onUpgradeRefused(new SimulatedFailure(`${event.status} ${event.reason}`, { status: event.status }));
        return;
    }
  });
  const url = hook.url.replace(/#.*$/, "");
  world.emit({
    kind: "connect",
    socket: id,
    purpose: "application",
    url,
    protocol: "ws.jambonz.org",
    headers: { "user-agent": "jambonz", ...basicAuthorization(hook) },
  });
}
