import type { LiveBoard } from "@cordboard/api";
import { Button, Dialog, StateLamp } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import styles from "./dialogs.module.css";
import { NoticeForm } from "./notice-form.tsx";

const orders = ["available", "paused", "offline"] as const;

/** What a supervisor does about one operator: another state, or a notice. */
export function OperatorDialog({
  board,
  operatorId,
  onClose,
}: {
  board: LiveBoard;
  operatorId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const force = useApiChange("live.force");
  const operator = board.operators.find((one) => one.operatorId === operatorId);
  if (!operator) return null;
  const { name, state } = operator;
  const away = state === "offline";
  const give = async (to: (typeof orders)[number]) => {
    const answer = await force.run({ params: { operatorId }, body: { to } });
    if (!answer.ok) return;
    showToast(t(answer.value.later ? "forcedLater" : "forced", { name }));
    onClose();
  };
  return (
    <Dialog title={name} onClose={onClose}>
      <div className={styles.sections}>
        <p>
          <StateLamp state={state} {...(state === "ringing" && { word: t("state.ringing") })} />
        </p>
        {away ? (
          <p className={styles.words}>{t("awayWords")}</p>
        ) : (
          <>
            <section aria-label={t("force")}>
              <h3>{t("force")}</h3>
              <p className={styles.words}>{t("forceWords")}</p>
              <ProblemNotice problem={force.problem} onDismiss={force.forget} />
              <div className={styles.buttons}>
                {orders.map((to) => (
                  <Button key={to} busy={force.busy} onClick={() => void give(to)}>
                    {t(`force.${to}`)}
                  </Button>
                ))}
              </div>
            </section>
            <section aria-label={t("notice")}>
              <h3>{t("noticeTo", { name })}</h3>
              <NoticeForm to={{ operatorId }} onSent={onClose} />
            </section>
          </>
        )}
      </div>
    </Dialog>
  );
}
