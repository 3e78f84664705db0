import type { Callback, CallbackTimes } from "@cordboard/api";
import { Button, MomentChoice, Notice } from "@cordboard/ui";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./callback-row.module.css";

type Props = { callback: Callback; onDone: () => void };

/** Another time for a callback, of those that still take one; or as soon as possible. */
export function PutOff({ callback: { callbackId, slotAt }, onDone }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("callbacks");
  // As every other time on this page: of the operator's clock.
  const { timeZone } = useTimeForm();
  const before = slotAt === null ? null : Date.parse(slotAt);
  const [times, setTimes] = useState<CallbackTimes | null>(null);
  const [chosen, setChosen] = useState(before);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let wanted = true;
    void desk.ask("deskCallbacks.times", { params: { callbackId } }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setTimes(answer.value);
      else setProblem(`${answer.error.message} ${answer.error.remedy}`);
    });
    return () => {
      wanted = false;
    };
  }, [desk, callbackId]);
  useEffect(() => {
    if (times !== null) first.current?.querySelector("select")?.focus();
  }, [times]);
  const save = async () => {
    setBusy(true);
    const at = chosen === null ? null : new Date(chosen).toISOString();
    const answer = await desk.ask("deskCallbacks.change", { params: { callbackId }, body: { slotAt: at } });
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem(`${answer.error.message} ${answer.error.remedy}`);
  };
  const free = (times?.times ?? []).map(({ at }) => Date.parse(at));
  const moments = before === null || free.includes(before) ? free : [...free, before].sort((a, b) => a - b);
  return (
    <fieldset className={styles.sure}>
      <legend className={styles.question}>{t("putOffWhen")}</legend>
      {problem !== null && <Notice kind="error">{problem}</Notice>}
      {times !== null && (
        <div ref={first}>
          <MomentChoice
            moments={moments}
            value={chosen}
            onChange={setChosen}
            timeZone={timeZone}
            labels={{ day: t("putOffDay"), time: t("putOffTime"), none: t("putOffSoon") }}
          />
        </div>
      )}
      {times?.times.length === 0 && <p>{t("putOffNone")}</p>}
      <div className={styles.answers}>
        <Button onClick={onDone}>{t("putOffKeep")}</Button>
        <Button kind="primary" busy={busy} disabled={times === null || chosen === before} onClick={() => void save()}>
          {t("putOffDo")}
        </Button>
      </div>
    </fieldset>
  );
}
