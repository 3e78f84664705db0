import type { AgentOffer } from "@cordboard/api";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../alerts/notifier.ts";
import { useDesk } from "../session/desk-context.tsx";
import { callerWords } from "./caller.ts";

/**
 * Makes an offered call noticed: the ring until it is answered, a notification when the page is not in front, the tab's title. Returns the
 * sentence for screen readers, empty when there is no offer.
 */
export function useOfferAlerts(offer: AgentOffer | null): string {
  const { ring, inFront, state } = useDesk();
  const { t } = useTranslation("desk");
  const { clockOffsetMs, busy, leads } = state;
  const answered = busy.includes("accept") || busy.includes("refuse");
  const caller = offer === null ? "" : (callerWords(offer.card).headline ?? t("card.hidden"));
  const offerId = offer?.offerId ?? null;
  const expiresAt = offer === null ? 0 : Date.parse(offer.expiresAt);
  const queue = offer?.queue.name ?? "";
  const title = offer === null ? t("title") : t("tab.offered", { caller });
  const isCallback = offer !== null && Boolean(offer.callback);
  const heading = t(isCallback ? "offer.callbackTitle" : "offer.title");
  const accept = t(isCallback ? "offer.callBack" : "offer.accept");
  const refuse = t("offer.refuse");
  const mayRefuse = offer?.mayRefuse === true;
  const offset = useRef(clockOffsetMs);
  offset.current = clockOffsetMs;

  useEffect(() => {
    document.title = offerId === null ? `${title} · Cordboard` : `☎ ${title}`;
  }, [title, offerId]);

  useEffect(() => {
    if (offerId === null || answered) return;
    ring.start(Math.max(1_000, expiresAt - Date.now() - offset.current));
    return () => ring.stop();
  }, [ring, offerId, expiresAt, answered]);

  useEffect(() => {
    // Of several tabs the one that leads notifies, and none where the operator has one of them before them.
    if (offerId === null || answered || !leads) return;
    let takeAway: (() => void) | null = () => {};
    void inFront.anywhere().then((seen) => {
      if (seen || takeAway === null) return;
      const words = [caller, queue].filter((part) => part !== "").join(" · ");
      takeAway = notify(heading, words, offerId, { answers: { accept, refuse: mayRefuse ? refuse : null } });
    });
    return () => {
      takeAway?.();
      takeAway = null;
    };
  }, [inFront, leads, offerId, answered, heading, caller, queue, accept, refuse, mayRefuse]);

  if (offer === null) return "";
  if (isCallback) return t(offer.mayRefuse ? "offer.callbackSaid" : "offer.callbackSaidNoRefusal", { caller, queue });
  return t(offer.mayRefuse ? "offer.said" : "offer.saidNoRefusal", { caller, queue });
}
