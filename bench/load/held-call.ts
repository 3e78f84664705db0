import { type CallNumbers, callStatus, session } from "./messages.ts";
import type { Target } from "./played-call.ts";
import { openQuickSocket } from "./quick-socket.ts";

/** How often a port that nobody listens on is tried again, ms. jambonz waits longer; here the runtime's own time is asked for. */
const AGAIN_MS = 5;

export interface HeldCall {
  /** The caller hangs up. */
  end(): void;
}

/** A call that is answered and then only listens; its socket stays open until it ends, or the other side is gone. */
export function holdCall(target: Target, numbers: CallNumbers): Promise<HeldCall> {
  return new Promise((resolve, reject) => {
    const socket = openQuickSocket(target.port, target.path, target.authorization, {
      onOpen: () => socket.send(session("session:new", numbers, `${numbers.callSid}-new`)),
      onText(text) {
        if (text.startsWith('{"type":"ack"')) socket.send(callStatus(numbers, "trying", `${numbers.callSid}-trying`));
        if (!text.includes('"actionHook"')) return;
        socket.send(callStatus(numbers, "in-progress", `${numbers.callSid}-up`));
        resolve({
          end() {
            socket.send(callStatus(numbers, "completed", `${numbers.callSid}-over`));
            socket.close(1_000);
          },
        });
      },
      // Killed: as wanted, once the call is up.
      onClosed: (error) => reject(new Error(error ?? "closed")),
    });
  });
}

/** Comes back to a call as jambonz does; resolves with the ack. */
export function reconnectCall(target: Target, numbers: CallNumbers): Promise<void> {
  return new Promise((resolve) => {
    const socket = openQuickSocket(target.port, target.path, target.authorization, {
      onOpen: () => socket.send(session("session:reconnect", numbers, `${numbers.callSid}-again`)),
      onText(text) {
        if (text.includes(`${numbers.callSid}-again`)) resolve();
      },
      onClosed: () => setTimeout(() => resolve(reconnectCall(target, numbers)), AGAIN_MS),
    });
  });
}
