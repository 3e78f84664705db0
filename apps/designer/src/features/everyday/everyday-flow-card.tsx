import type { EverydayFlow, EverydaySetting } from "@cordboard/api";
import { Button, Card, formatDateTime, Notice, useUiLanguage } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { History, Pencil, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useMay } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import type { CompanyThings } from "../../widgets/company-things.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import styles from "./everyday.module.css";
import { HistoryDialog } from "./history-dialog.tsx";
import { useEverydayChange } from "./queries.ts";
import { ValueWords } from "./value-words.tsx";

/** One flow's everyday settings: what holds, who said so, and what to do about it. */
export function EverydayFlowCard({ flow, things }: { flow: EverydayFlow; things: CompanyThings }) {
  const { t } = useTranslation("everyday");
  const language = useUiLanguage();
  const may = useMay();
  const change = useEverydayChange();
  const [open, setOpen] = useState<{ what: "change" | "history"; setting: EverydaySetting } | null>(null);
  const asDrawn = async ({ nodeId, setting, label }: Pick<EverydaySetting, "nodeId" | "setting" | "label">) => {
    const body = { number: flow.number, nodeId, setting, value: null };
    const answer = await change.run({ params: { flowId: flow.flowId }, body });
    if (answer.ok) showToast(t("changed", { label }));
  };
  return (
    <Card title={flow.name}>
      <ProblemNotice problem={change.problem} onDismiss={change.forget} />
      {flow.refused !== null && <Notice kind="error">{t("refused", { problem: flow.refused[language] })}</Notice>}
      <ul className={styles.settings}>
        {flow.settings.map((setting) => (
          <li key={`${setting.nodeId} ${setting.setting}`} className={styles.setting}>
            <div className={styles.what}>
              <h3 className={styles.label}>{setting.label}</h3>
              {setting.help !== "" && <p className={styles.quiet}>{setting.help}</p>}
              <ValueWords value={setting.value ?? setting.drawn} things={things} />
              <p className={styles.quiet}>
                <Standing setting={setting} />
              </p>
            </div>
            <div className={styles.actions}>
              {may("write", "everyday") && (
                <Button
                  icon={Pencil}
                  aria-label={t("changeNamed", { label: setting.label })}
                  onClick={() => setOpen({ what: "change", setting })}
                >
                  {t("change")}
                </Button>
              )}
              {setting.changedAt !== null && (
                <Button
                  kind="quiet"
                  icon={History}
                  aria-label={t("historyTitle", { label: setting.label })}
                  onClick={() => setOpen({ what: "history", setting })}
                >
                  {t("history")}
                </Button>
              )}
              {setting.value !== null && may("write", "everyday") && (
                <Button
                  kind="quiet"
                  icon={Undo2}
                  busy={change.busy}
                  aria-label={t("backNamed", { label: setting.label })}
                  onClick={() => void asDrawn(setting)}
                >
                  {t("backToDrawn")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {flow.unused.map((one) => (
        <div key={`${one.nodeId} ${one.setting}`} className={styles.unused}>
          <Notice
            kind="warning"
            remedy={may("write", "everyday") ? { label: t("forget"), onSelect: () => void asDrawn(one) } : undefined}
          >
            {t(`unused.${one.reason}`, { label: one.label })}
          </Notice>
          <ValueWords value={one.value} things={things} />
        </div>
      ))}
      {open?.what === "change" && (
        <ChangeDialog flow={flow} setting={open.setting} things={things} onClose={() => setOpen(null)} />
      )}
      {open?.what === "history" && (
        <HistoryDialog flow={flow} setting={open.setting} things={things} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}

/** Whether it is as drawn, and who changed it last. */
function Standing({ setting: { value, changedAt, changedBy } }: { setting: EverydaySetting }) {
  const { t } = useTranslation("everyday");
  const time = useTimeForm();
  if (changedAt === null) return t("asDrawn");
  const said = { who: changedBy?.name ?? t("somebody"), when: formatDateTime(Date.parse(changedAt), time) };
  return value === null ? t("drawnAgain", said) : t("changedBy", said);
}
