import type { LiveBoard, WaitingCaller } from "@cordboard/api";
import { Button, Dialog, EmptyState, formatDuration, Notice, SelectAction, useNow, useUiLanguage } from "@cordboard/ui";
import { ChevronsUp, PhoneIncoming } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import styles from "./dialogs.module.css";
import { OpenQueue } from "./open-queue.tsx";

/** Who waits in a queue, in the order in which they are served; each can be put first, or into another queue. */
export function CallersDialog({
  board,
  queueId,
  clockOffsetMs,
  onClose,
}: {
  board: LiveBoard;
  queueId: string;
  clockOffsetMs: number;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const callers = useApiQuery("live.callers", { params: { queueId } }, { everyMs: 5_000 });
  const queue = board.queues.find((one) => one.queueId === queueId);
  const { refetch } = callers;
  // The board says when the line has changed.
  const line = `${queue?.waiting} ${queue?.longestSince} ${queue?.day.offered}`;
  useEffect(() => {
    if (line !== "") void refetch();
  }, [line, refetch]);
  const moveUp = useApiChange("live.moveUp", { refreshes: ["live.callers"] });
  const moveTo = useApiChange("live.moveTo", { refreshes: ["live.callers"] });
  const clock = useCallback(() => Date.now() + clockOffsetMs, [clockOffsetMs]);
  const now = useNow(1_000, clock);
  const [said, setSaid] = useState("");
  const forget = () => {
    moveUp.forget();
    moveTo.forget();
  };
  const others = board.queues.filter((one) => one.queueId !== queueId);
  const name = queue?.name ?? "";
  return (
    <Dialog title={t("callersOf", { queue: name })} size="wide" onClose={onClose}>
      <ProblemNotice problem={moveUp.problem ?? moveTo.problem} onDismiss={forget} />
      <div role="status">
        {said !== "" && (
          <Notice kind="info" onDismiss={() => setSaid("")}>
            {said}
          </Notice>
        )}
      </div>
      <QueryView query={callers}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={PhoneIncoming} title={t("noCaller")} />
          ) : (
            <ol className={styles.callers} aria-label={t("callersOf", { queue: name })}>
              {items.map((caller, at) => (
                <Caller
                  key={caller.callId}
                  caller={caller}
                  first={items.findIndex(({ state }) => state !== "connecting") === at}
                  now={now}
                  others={others}
                  onUp={async () => {
                    const { ok } = await moveUp.run({ params: { callId: caller.callId } });
                    if (ok) setSaid(t("movedUp"));
                  }}
                  onTo={async (to) => {
                    const { ok } = await moveTo.run({ params: { callId: caller.callId }, body: { queueId: to } });
                    const queueName = others.find((one) => one.queueId === to)?.name;
                    if (ok) setSaid(t("movedTo", { queue: queueName }));
                    return ok;
                  }}
                />
              ))}
            </ol>
          )
        }
      </QueryView>
      {queue && (
        <details className={styles.more}>
          <summary>{t("opening.title")}</summary>
          <OpenQueue queue={queue} />
        </details>
      )}
    </Dialog>
  );
}

function Caller({
  caller,
  first,
  now,
  others,
  onUp,
  onTo,
}: {
  caller: WaitingCaller;
  first: boolean;
  now: number;
  others: LiveBoard["queues"];
  onUp: () => void;
  onTo: (queueId: string) => Promise<boolean>;
}) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const { callerName, fromText, hidden, lineName, since, state, movedUp } = caller;
  const who = callerName ?? fromText ?? (hidden ? t("hiddenCaller") : t("unknownCaller"));
  const busy = state === "connecting";
  return (
    <li className={styles.caller}>
      <div className={styles.who}>
        <strong>{who}</strong>
        <span className={styles.words}>
          {[callerName !== null ? fromText : null, lineName, t(`caller.${state}`), movedUp ? t("caller.movedUp") : null]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </div>
      <span className={styles.wait}>{formatDuration(now - Date.parse(since), language)}</span>
      <div className={styles.acts}>
        <Button icon={ChevronsUp} disabled={busy || first} aria-label={t("moveUpWho", { who })} onClick={onUp}>
          {t("moveUp")}
        </Button>
        {others.length > 0 && (
          <SelectAction
            label={t("moveTo")}
            name={t("moveToWho", { who })}
            options={others.map((queue) => ({ value: queue.queueId, label: queue.name }))}
            placeholder={t("choose")}
            action={t("move")}
            disabled={busy}
            onAct={onTo}
          />
        )}
      </div>
    </li>
  );
}
