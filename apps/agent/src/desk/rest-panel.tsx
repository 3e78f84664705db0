import type { AgentView } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { UpdateNotice } from "../offline/update-notice.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { PauseControl } from "./pause-control.tsx";
import { pauseLabel } from "./pause-label.ts";
import styles from "./rest-panel.module.css";

/** Between two calls: quiet. Says what keeps calls away, and what to do about it. */
export function RestPanel({ view, onTelephone }: { view: AgentView; onTelephone: () => void }) {
  const { t } = useTranslation("desk");
  const served = view.queues.some((queue) => queue.ticked);
  return (
    <section className={styles.rest} aria-label={t("title")}>
      <UpdateNotice />
      {view.telephone === null && (
        <Notice kind="warning" remedy={{ label: t("telephone.choose"), onSelect: onTelephone }}>
          {t("telephone.missing")}
        </Notice>
      )}
      {view.state === "paused" ? (
        <Paused view={view} />
      ) : (
        <>
          {view.telephone !== null && <p>{t(served ? "rest.available" : "rest.noQueues")}</p>}
          <PauseControl view={view} />
        </>
      )}
    </section>
  );
}

function Paused({ view }: { view: AgentView }) {
  const { desk, state } = useDesk();
  const { t, i18n } = useTranslation("desk");
  const label = pauseLabel(view.pause, state.choices, i18n.language === "fr" ? "fr" : "en");
  return (
    <>
      <p>
        {t(`paused.${view.pause?.reason ?? "asked"}`)}
        {label !== null && <> {label}.</>}
      </p>
      <Button
        kind="primary"
        size="large"
        wide
        icon={Play}
        busy={state.busy.includes("resume")}
        onClick={() => void desk.resume()}
      >
        {t("pause.resume")}
      </Button>
    </>
  );
}
