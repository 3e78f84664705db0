import type { AgentView } from "@cordboard/api";
import { Button, CountdownBar, formatDuration, PhoneNumber, StateLamp, timeLeft, useUiLanguage } from "@cordboard/ui";
import { Phone } from "lucide-react";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { clickedIn } from "../alerts/test-tab.ts";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import { callerWords } from "./caller.ts";
import styles from "./floating-window.module.css";

/** What is above all other windows: the operator's state, and an offered call with its time and its two answers. */
export function FloatingWindow({ view, home }: { view: AgentView; home: Window }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const now = useServerNow(250);
  const { offer, call } = view;
  const card = offer?.card ?? call?.card ?? null;
  const { headline = null, number = null } = card === null ? {} : callerWords(card);
  const queue = offer?.queue ?? call?.queue ?? null;
  useEffect(() => {
    home.document.title = t("floating.title");
  }, [home, t]);
  const busy = state.busy;
  const left = offer === null ? null : timeLeft(Date.parse(offer.offeredAt), Date.parse(offer.expiresAt), now);
  return createPortal(
    <main className={styles.floating} data-offered={offer === null ? undefined : "yes"}>
      <p className={styles.state}>
        <StateLamp state={view.state} detail={formatDuration(now - Date.parse(view.since), language)} />
      </p>
      {card !== null && (
        <p className={styles.who}>
          <strong>{headline ?? t("card.hidden")}</strong>
          {number !== null && <PhoneNumber text={number} />}
          {queue !== null && <span className={styles.queue}>{queue.name}</span>}
        </p>
      )}
      {offer !== null && left !== null && (
        <>
          <CountdownBar
            label={t("offer.timeLeft")}
            startedAt={Date.parse(offer.offeredAt)}
            deadline={Date.parse(offer.expiresAt)}
            now={now}
          />
          <div className={styles.answers}>
            {offer.mayRefuse && (
              <Button
                size="large"
                busy={busy.includes("refuse")}
                disabled={busy.includes("accept")}
                onClick={() => void desk.refuse()}
              >
                {t("offer.refuse")}
              </Button>
            )}
            <Button
              size="large"
              kind="primary"
              icon={Phone}
              busy={busy.includes("accept")}
              disabled={busy.includes("refuse")}
              onClick={() => clickedIn(home, () => void desk.accept())}
            >
              {t("offer.acceptWithin", { seconds: Math.max(0, Math.ceil(left.leftMs / 1_000)) })}
            </Button>
          </div>
        </>
      )}
    </main>,
    home.document.body,
  );
}
