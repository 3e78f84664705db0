import type { EverydayFlow, EverydaySetting } from "@cordboard/api";
import { Button, Dialog, formatDateTime } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useMay } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import type { CompanyThings } from "../../widgets/company-things.ts";
import styles from "./everyday.module.css";
import { useEverydayChange, useEverydayHistory } from "./queries.ts";
import { ValueWords } from "./value-words.tsx";

/** The values that a setting had, the newest first, each with who gave it and when; any of them can be had again. */
export function HistoryDialog({
  flow,
  setting,
  things,
  onClose,
}: {
  flow: EverydayFlow;
  setting: EverydaySetting;
  things: CompanyThings;
  onClose: () => void;
}) {
  const { t } = useTranslation("everyday");
  const may = useMay();
  const time = useTimeForm();
  const { flowId, number } = flow;
  const { nodeId, setting: name, label } = setting;
  const history = useEverydayHistory({ flowId, nodeId, setting: name });
  const change = useEverydayChange();
  const restore = async (value: EverydaySetting["value"]) => {
    const answer = await change.run({ params: { flowId }, body: { number, nodeId, setting: name, value } });
    if (!answer.ok) return;
    onClose();
    showToast(t("changed", { label }));
  };
  return (
    <Dialog
      title={t("historyTitle", { label })}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <ProblemNotice problem={change.problem} onDismiss={change.forget} />
      <QueryView query={history}>
        {({ items }) => (
          <ol className={styles.history}>
            {items.map((item, index) => (
              <li key={item.everydayId} className={styles.version}>
                <p className={styles.quiet}>
                  {t("byWhen", {
                    who: item.changedBy?.name ?? t("somebody"),
                    when: formatDateTime(Date.parse(item.changedAt), time),
                  })}
                </p>
                {item.value === null ? <p>{t("asDrawn")}</p> : <ValueWords value={item.value} things={things} />}
                {index > 0 && may("write", "everyday") && (
                  <div>
                    <Button
                      kind="quiet"
                      busy={change.busy}
                      aria-label={t("restoreNamed", { when: formatDateTime(Date.parse(item.changedAt), time) })}
                      onClick={() => void restore(item.value)}
                    >
                      {t("restore")}
                    </Button>
                  </div>
                )}
              </li>
            ))}
            {items.length === 0 && <li>{t("neverChanged")}</li>}
          </ol>
        )}
      </QueryView>
    </Dialog>
  );
}
