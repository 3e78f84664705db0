import type { Line } from "@cordboard/api";
import { Button, Dialog, formatDateTime, Loading, Select, TextField } from "@cordboard/ui";
import { clockAt, instantOf, TimeInput } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import styles from "./line-test.module.css";
import { LineVerdict } from "./line-verdict.tsx";

/** What somebody who dials a number at a moment would reach, and what the hours on their way would say. */
export function LineTestDialog({ lines, onClose }: { lines: readonly Line[]; onClose: () => void }) {
  const { t } = useTranslation("lines");
  const form = useTimeForm();
  const now = clockAt(Date.now(), form.timeZone);
  const [lineId, setLineId] = useState<string | null>(lines[0]?.lineId ?? null);
  const [date, setDate] = useState<string | null>(now.date);
  const [time, setTime] = useState(now.time);
  const flows = useApiQuery("flows.list", {});
  const queues = useApiQuery("queues.list", {});
  const schedules = useApiQuery("schedules.list", {});
  const everyday = useApiQuery("everyday.list", {});
  const line = lines.find((one) => one.lineId === lineId);
  const moment = date === null ? null : instantOf(date, time, form.timeZone);
  const isRead = flows.data && queues.data && schedules.data && everyday.data;
  return (
    <Dialog title={t("test")} onClose={onClose} actions={<Button onClick={onClose}>{t("close")}</Button>}>
      <div className={styles.body}>
        <Select
          label={t("testNumber")}
          options={lines.map((one) => ({ value: one.lineId, label: `${one.numberText} · ${one.name}` }))}
          value={lineId ?? ""}
          onChange={setLineId}
        />
        <div className={styles.moment}>
          {/* The browser's own: a calendar of ours would open below the dialog. */}
          <TextField
            label={t("testDay")}
            type="date"
            value={date ?? ""}
            onChange={(event) => setDate(event.target.value || null)}
          />
          <TimeInput label={t("testTime")} value={time} onChange={setTime} />
        </div>
        <section aria-label={t("testAnswer")} aria-live="polite" className={styles.verdict}>
          {!line || moment === null ? (
            <p>{t(line ? "testNoDay" : "testNoLine")}</p>
          ) : isRead ? (
            <LineVerdict
              line={line}
              when={formatDateTime(Date.parse(moment), form)}
              flows={flows.data.items}
              everyday={everyday.data.items}
              world={{
                ...{ schedules: schedules.data.items, queues: queues.data.items, companyZone: form.timeZone },
                at: Date.parse(moment),
              }}
            />
          ) : (
            <Loading />
          )}
        </section>
        <p className={styles.hint}>{t("testAsToday")}</p>
      </div>
    </Dialog>
  );
}
