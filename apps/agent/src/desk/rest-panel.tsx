import type { AgentView } from "@cordboard/api";
import { Button, Notice } from "@cordboard/ui";
import { Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { UpdateNotice } from "../offline/update-notice.tsx";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import { canRing } from "../softphone/softphone-state.ts";
import { PauseControl } from "./pause-control.tsx";
import { pauseLabel } from "./pause-label.ts";
import styles from "./rest-panel.module.css";

/** Between two calls: quiet. Says what keeps calls away, and what to do about it. */
export function RestPanel({ view, onTelephone }: { view: AgentView; onTelephone: () => void }) {
  const { t } = useTranslation("desk");
  const { shown } = useSoftphone();
  // Why a call cannot ring on this computer is said above; then none is promised here.
  const rings = view.telephone?.softphone === undefined || canRing(shown);
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
          {view.telephone !== null && rings && <p>{t(whatComes(view.queues))}</p>}
          <PauseControl view={view} />
        </>
      )}
    </section>
  );
}

/** What the operator may expect of the queues that they ticked; who waits in one that was closed is still served. */
function whatComes(queues: AgentView["queues"]) {
  const served = queues.filter((queue) => queue.ticked);
  if (served.length === 0) return "rest.noQueues";
  return served.every((queue) => queue.closed === true && queue.waiting === 0) ? "rest.closed" : "rest.available";
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
