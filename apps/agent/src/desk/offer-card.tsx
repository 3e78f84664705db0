import type { AgentOffer } from "@cordboard/api";
import { Button, CountdownBar, Icon, PhoneNumber, timeLeft } from "@cordboard/ui";
import { AppWindow, MessageSquareText, Phone, PhoneOutgoing } from "lucide-react";
import { useCallback, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import { CallCardLines } from "./call-card-lines.tsx";
import { EarlierCalls } from "./earlier-calls.tsx";
import styles from "./offer-card.module.css";
import { useOfferKeys } from "./use-offer-keys.ts";

/** An offered call: larger than anything else, with its two answers and the time that is left for them. */
export function OfferCard({ offer }: { offer: AgentOffer }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const now = useServerNow(250);
  const headingId = useId();
  const place = useRef<HTMLElement>(null);
  const accept = useCallback(() => void desk.accept(), [desk]);
  const refuse = useCallback(() => void desk.refuse(), [desk]);
  useOfferKeys(accept, refuse);

  const { offerId } = offer;
  // The focus comes here, but to no button: a key meant for something else must not answer a call. Who writes a note goes on writing.
  useEffect(() => {
    const writes = document.activeElement instanceof HTMLTextAreaElement;
    if (offerId !== "" && !writes && document.querySelector("dialog[open]") === null) place.current?.focus();
  }, [offerId]);

  // One that accepts itself counts from the moment at which it is seen; said again when the server has forgotten it.
  const { autoAcceptMs, acceptsAt } = offer;
  const connected = state.link.status === "connected";
  useEffect(() => {
    if (autoAcceptMs !== undefined && acceptsAt === undefined && connected) void desk.offerShown(offerId);
  }, [desk, offerId, autoAcceptMs, acceptsAt, connected]);

  const startedAt = Date.parse(offer.offeredAt);
  const deadline = Date.parse(offer.expiresAt);
  const leftMs = acceptsAt === undefined ? timeLeft(startedAt, deadline, now).leftMs : Date.parse(acceptsAt) - now;
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const accepting = state.busy.includes("accept");
  const refusing = state.busy.includes("refuse");
  const { callback, card } = offer;
  const { script } = card;
  const number = card.fromText ?? card.from;
  return (
    <section
      className={styles.offer}
      aria-label={t(callback ? "offer.callbackTitle" : "offer.title")}
      aria-describedby={headingId}
      ref={place}
      tabIndex={-1}
    >
      <CallCardLines
        card={card}
        queueName={offer.queue.name}
        callback={callback}
        {...(!callback && { onTheLineMs: now - Date.parse(card.callStartedAt) })}
        headingId={headingId}
      />
      {callback && number !== null && (
        <p className={styles.opens}>
          <Icon as={PhoneOutgoing} />
          <span>
            {t(callback.first === "caller" ? "offer.callsFirst" : "offer.willRing")}{" "}
            <strong>
              <PhoneNumber text={number} />
            </strong>
          </span>
        </p>
      )}
      {script?.guided && (
        <p className={styles.opens}>
          <Icon as={MessageSquareText} />
          <span>
            {t("card.willGuide")} <strong>{script.name}</strong>
          </span>
        </p>
      )}
      {script !== null && script.url === null && !script.guided && (
        <p className={styles.opens}>
          <Icon as={AppWindow} />
          <span>{t("contact.chooseThen")}</span>
        </p>
      )}
      {script !== null && script.url !== null && (
        <p className={styles.opens}>
          <Icon as={AppWindow} />
          <span>
            {t("card.willOpen")} <strong>{script.name}</strong>
          </span>
        </p>
      )}
      <div className={styles.bar}>
        {acceptsAt === undefined || autoAcceptMs === undefined ? (
          <CountdownBar label={t("offer.timeLeft")} startedAt={startedAt} deadline={deadline} now={now} />
        ) : (
          <>
            <p className={styles.itself}>{t("offer.acceptsItself", { seconds })}</p>
            <CountdownBar
              label={t("offer.untilAccepted")}
              startedAt={Date.parse(acceptsAt) - autoAcceptMs}
              deadline={Date.parse(acceptsAt)}
              now={now}
            />
          </>
        )}
      </div>
      <div className={styles.answers}>
        {offer.mayRefuse && (
          <Button
            className={styles.refuse}
            size="large"
            keyHint="Escape"
            busy={refusing}
            disabled={accepting}
            onClick={refuse}
          >
            {t("offer.refuse")}
          </Button>
        )}
        <Button
          className={styles.accept}
          size="large"
          kind="primary"
          icon={Phone}
          keyHint="Enter"
          busy={accepting}
          disabled={refusing}
          onClick={accept}
          aria-label={t(callback ? "offer.callBack" : "offer.accept")}
        >
          {t(callback ? "offer.callBackWithin" : "offer.acceptWithin", { seconds })}
        </Button>
      </div>
      {!offer.mayRefuse && <p className={styles.faint}>{t("offer.mayNotRefuse")}</p>}
      {/* Below the buttons: what comes late must not push them away under a click. */}
      {!card.hidden && <EarlierCalls callId={offer.callId} most={2} />}
    </section>
  );
}
