import type { AgentView, Callback } from "@cordboard/api";
import { EmptyState, Notice } from "@cordboard/ui";
import { PhoneOutgoing } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet, SheetState } from "../desk/sheet.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./callback-list.module.css";
import { CallbackRow } from "./callback-row.tsx";

/** More than anybody calls back in a day; of more, the newest are shown. */
const limit = 200;

/** The callbacks that the operator's queues promised, the one promised first on top: it is the next to be made. */
export function CallbackList({ view, onClose }: { view: AgentView; onClose: () => void }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation(["callbacks", "desk"]);
  const ask = useCallback(() => desk.ask("deskCallbacks.list", { query: { open: true, limit } }), [desk]);
  const { value, problem, again } = useAnswer(ask, state.callbacks);
  const [refused, setRefused] = useState<string | null>(null);
  const inOrder = useMemo(() => [...(value?.items ?? [])].sort(byPromise), [value]);
  const isFree = view.state === "available";

  const cancel = async ({ callbackId }: Callback) => {
    const answer = await desk.ask("deskCallbacks.cancel", { params: { callbackId } });
    setRefused(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    await again();
  };
  const callNow = async ({ callbackId }: Callback) => {
    setRefused(null);
    if (await desk.callBack({ callbackId })) onClose();
    else await again();
  };
  return (
    <Sheet title={t("title")} onClose={onClose}>
      {value === null || (problem !== null && inOrder.length === 0) ? (
        <SheetState problem={problem} onRetry={() => void again()} />
      ) : inOrder.length === 0 ? (
        <EmptyState icon={PhoneOutgoing} title={t("empty")}>
          {t("emptyWords")}
        </EmptyState>
      ) : (
        <>
          {refused !== null && (
            <div className={styles.words}>
              <Notice kind="error" onDismiss={() => setRefused(null)}>
                {refused}
              </Notice>
            </div>
          )}
          {!isFree && view.offer === null && <p className={styles.words}>{t("notNow")}</p>}
          <ul>
            {inOrder.map((callback) => (
              <CallbackRow
                key={callback.callbackId}
                callback={callback}
                mayCall={isFree}
                onCall={() => void callNow(callback)}
                onCancel={() => cancel(callback)}
                onChanged={() => void again()}
              />
            ))}
          </ul>
          {value.next !== null && <p className={styles.words}>{t("desk:sheet.full", { count: limit })}</p>}
        </>
      )}
    </Sheet>
  );
}

const byPromise = (a: Callback, b: Callback) => Date.parse(a.promisedAt) - Date.parse(b.promisedAt);
