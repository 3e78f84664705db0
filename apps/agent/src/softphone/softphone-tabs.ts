import type { SoftphoneState } from "./softphone-state.ts";

/** What a tab that only shows the softphone asks of the one that has the sound. */
export type SoftphoneWish =
  | { readonly do: "answer" | "refuse" | "chosenMicrophone" }
  | { readonly do: "mute"; readonly muted: boolean }
  | { readonly do: "press"; readonly key: string };

/** What the tabs of one browser tell each other of it. */
export type SoftphoneTabMessage =
  | { readonly v: 1; readonly kind: "softphone"; readonly state: SoftphoneState }
  | { readonly v: 1; readonly kind: "softphoneHello" }
  | { readonly v: 1; readonly kind: "softphoneWish"; readonly wish: SoftphoneWish };

/** True for what a tab of this version may have said. */
function isSoftphoneMessage(value: unknown): value is SoftphoneTabMessage {
  if (typeof value !== "object" || value === null || !("v" in value) || value.v !== 1 || !("kind" in value))
    return false;
  return value.kind === "softphone" || value.kind === "softphoneHello" || value.kind === "softphoneWish";
}

export interface SoftphoneTabs {
  /**
   * Calls `hold` once no other tab of this browser has the softphone, and keeps it until what `hold` returned is called, or this tab closes. Gives how
   * to leave the line.
   */
  take(hold: () => void): () => void;
  post(message: SoftphoneTabMessage): void;
  onMessage(listener: (message: SoftphoneTabMessage) => void): void;
}

const lockName = "cordboard.agent.softphone";

/** By the browser's locks and a channel: one tab registers, whichever of them comes and goes. */
export function softphoneTabs(locks: Pick<LockManager, "request">, channel: BroadcastChannel): SoftphoneTabs {
  return {
    take(hold) {
      const leaving = new AbortController();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      void locks
        .request(lockName, { signal: leaving.signal }, () => {
          hold();
          return held;
        })
        .catch(() => undefined);
      return () => {
        leaving.abort();
        release();
      };
    },
    post: (message) => channel.postMessage(message),
    onMessage: (listener) =>
      channel.addEventListener("message", ({ data }) => {
        if (isSoftphoneMessage(data)) listener(data);
      }),
  };
}
