import type { OfferAnswer } from "../alerts/offer-answer.ts";

/** The little of a window of ours that is needed here. */
export interface AgentWindow {
  readonly focused: boolean;
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: OfferAnswer): void;
}

/**
 * Passes the answer on to one window of the agent: the one that is looked at, else one that can be seen, else any. It comes to the front first,
 * but for a refusal, after which whoever refused goes on with what they were doing. Without a window one is opened.
 */
export async function passOnAnswer(
  { action, offerId }: { readonly action: string; readonly offerId: string },
  windows: readonly AgentWindow[],
  open: () => Promise<unknown>,
): Promise<void> {
  const answer = action === "accept" || action === "refuse" ? action : "show";
  const seen = (window: AgentWindow) => Number(window.focused) * 2 + Number(window.visibilityState === "visible");
  const [window] = [...windows].sort((a, b) => seen(b) - seen(a));
  if (!window) return void (await open());
  // A browser that does not let it come to the front must not keep the answer.
  if (answer !== "refuse") await window.focus().catch(() => undefined);
  window.postMessage({ kind: "offerAnswer", offerId, answer });
}
