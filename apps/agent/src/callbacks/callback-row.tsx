import type { Callback } from "@cordboard/api";
import { Button, IconButton, PhoneNumber } from "@cordboard/ui";
import { CalendarClock, Phone, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import { formatWhen } from "../desk/when.ts";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import styles from "./callback-row.module.css";
import { PutOff } from "./put-off.tsx";

type Props = {
  callback: Callback;
  mayCall: boolean;
  onCall: () => void;
  onCancel: () => Promise<void>;
  onChanged: () => void;
};

/** One promise: to whom, by which queue, since when, what was tried, what holds it back; and what can be done about it. */
export function CallbackRow({ callback, mayCall, onCall, onCancel, onChanged }: Props) {
  const { state: desk } = useDesk();
  const { t } = useTranslation("callbacks");
  const form = useTimeForm();
  const now = useServerNow(30_000);
  const [asking, setAsking] = useState<"cancel" | "time" | null>(null);
  const { callerName, numberText, origin, queueName, promisedAt, state } = callback;
  const whom = callerName ?? numberText;
  const waits = state === "waiting";
  return (
    <li className={styles.callback}>
      <p className={styles.who}>{callerName ?? <PhoneNumber text={numberText} />}</p>
      <p className={styles.facts}>
        {callerName !== null && (
          <>
            <PhoneNumber text={numberText} /> ·{" "}
          </>
        )}
        {queueName} ·{" "}
        <time dateTime={promisedAt}>{t("promised", { when: formatWhen(Date.parse(promisedAt), now, form) })}</time>
        {origin && ` · ${t(`origin.${origin.kind}`, { name: origin.name })}`}
      </p>
      <Standing callback={callback} now={now} />
      {waits && asking === null && (
        <div className={styles.actions}>
          <Button
            icon={Phone}
            disabled={!mayCall}
            busy={desk.busy.includes("callBack")}
            onClick={onCall}
            aria-label={t("callNowWhom", { whom })}
          >
            {t("callNow")}
          </Button>
          <IconButton icon={CalendarClock} label={t("putOff", { whom })} onClick={() => setAsking("time")} />
          <IconButton icon={X} label={t("cancel", { whom })} onClick={() => setAsking("cancel")} />
        </div>
      )}
      {waits && asking === "cancel" && <Sure whom={whom} onCancel={onCancel} onKeep={() => setAsking(null)} />}
      {waits && asking === "time" && (
        <PutOff
          callback={callback}
          onDone={() => {
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </li>
  );
}

/** A promise that is taken back cannot be made again: here one is asked. */
function Sure({ whom, onCancel, onKeep }: { whom: string; onCancel: () => Promise<void>; onKeep: () => void }) {
  const { t } = useTranslation("callbacks");
  const [busy, setBusy] = useState(false);
  const keep = useRef<HTMLDivElement>(null);
  useEffect(() => keep.current?.querySelector("button")?.focus(), []);
  return (
    <fieldset className={styles.sure}>
      <legend className={styles.question}>{t("cancelSure", { whom })}</legend>
      <div className={styles.answers} ref={keep}>
        <Button onClick={onKeep}>{t("cancelKeep")}</Button>
        <Button
          kind="danger"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void onCancel().finally(() => setBusy(false));
          }}
        >
          {t("cancelDo")}
        </Button>
      </div>
    </fieldset>
  );
}

/** What was tried, and what is awaited. */
function Standing({ callback, now }: { callback: Callback; now: number }) {
  const { t } = useTranslation(["callbacks", "desk"]);
  const form = useTimeForm();
  const { attempts, attemptsAllowed: allowed, heldBack, notBefore, operator, state } = callback;
  const last = attempts.at(-1);
  const name = operator?.name ?? t("someone");
  const words = [
    last && t("attempts", { made: attempts.length, allowed, result: t(`desk:attempt.${last.result}`) }),
    state === "offered" && t("offeredTo", { name }),
    state === "calling" && t("calledBy", { name }),
    state === "waiting" &&
      heldBack !== null &&
      t(`heldBack.${heldBack}`, { when: notBefore === null ? "" : formatWhen(Date.parse(notBefore), now, form) }),
  ].filter((part) => typeof part === "string");
  if (words.length === 0) return null;
  return <p className={styles.standing}>{words.join(" · ")}</p>;
}
