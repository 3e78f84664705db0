import type { AgentView } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { Pause } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./pause-control.module.css";

/** Pausing, now or after the call, with a reason of the company's list; and taking back what was to come after the call. */
export function PauseControl({ view }: { view: AgentView }) {
  const { desk, state } = useDesk();
  const { t, i18n } = useTranslation("desk");
  const [asking, setAsking] = useState(false);
  const reasonsId = useId();
  const busy = state.busy.includes("pause");
  const reasons = state.choices?.pauseReasons ?? [];
  const inCall = view.state !== "available";
  if (view.afterCall !== null) {
    return (
      <Notice kind="info" remedy={{ label: t("pause.takeBack"), onSelect: () => void desk.resume() }}>
        {t(view.afterCall === "pause" ? "pause.afterCall" : "pause.signOutAfterCall")}
      </Notice>
    );
  }
  const pause = (reason: string | null) => {
    setAsking(false);
    void desk.pause(reason);
  };
  return (
    <div className={styles.pause}>
      <Button
        icon={Pause}
        busy={busy}
        {...(reasons.length > 0 && { "aria-expanded": asking, "aria-controls": reasonsId })}
        onClick={() => (reasons.length === 0 ? pause(null) : setAsking(!asking))}
      >
        {t(inCall ? "pause.after" : "pause.start")}
      </Button>
      {asking && (
        <fieldset className={styles.reasons} id={reasonsId}>
          <legend className={styles.legend}>{t("pause.reasons")}</legend>
          {reasons.map((reason) => (
            <Button key={reason.code} onClick={() => pause(reason.code)}>
              {i18n.language === "fr" ? reason.name.fr : reason.name.en}
            </Button>
          ))}
          <Button kind="quiet" onClick={() => pause(null)}>
            {t("pause.noReason")}
          </Button>
        </fieldset>
      )}
    </div>
  );
}
