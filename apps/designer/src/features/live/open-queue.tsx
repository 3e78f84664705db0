import type { LiveQueue } from "@cordboard/api";
import { Button, Checkbox, SegmentedControl, Select, TextField } from "@cordboard/ui";
import { clockAt, DateField, instantOf, showToast, TimeInput } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./dialogs.module.css";
import { useOpeningWords } from "./opening-words.ts";

const choices = ["hours", "open", "closed"] as const;
const ends = ["changed", "nextChange", "moment"] as const;

/** Opens or closes one queue by hand: at once, for the next caller, for as long as is said. */
export function OpenQueue({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation("live");
  const say = useOpeningWords();
  const { timeZone } = useTimeForm();
  const order = useApiChange("live.open", { refreshes: ["live.get"] });
  const byHand = queue.opening?.byHand ?? null;
  const [to, setTo] = useState<(typeof choices)[number]>(byHand?.state ?? "hours");
  const [until, setUntil] = useState<(typeof ends)[number]>("changed");
  const [date, setDate] = useState<string | null>(() => clockAt(Date.now(), timeZone).date);
  const [time, setTime] = useState("18:00");
  const [sendsAway, setSendsAway] = useState(false);
  const [reason, setReason] = useState("");
  const moment = date === null ? null : instantOf(date, time, timeZone);
  const incomplete = to !== "hours" && until === "moment" && moment === null;
  const { queueId, name } = queue;
  return (
    <form
      className={styles.sections}
      aria-label={t("opening.of", { queue: name })}
      onSubmit={async (event) => {
        event.preventDefault();
        const at = { changed: null, nextChange: "nextChange" as const, moment }[until];
        const body = { to, until: at, sendsAway: to === "closed" && sendsAway, reason: reason.trim() };
        const answer = await order.run({ params: { queueId }, body });
        if (answer.ok) showToast(t(`opening.done.${to}`, { queue: name }));
      }}
    >
      <ProblemNotice problem={order.problem} onDismiss={order.forget} />
      <p className={styles.words}>{say(queue) ?? t("opening.open")}</p>
      <SegmentedControl
        label={t("opening.to")}
        segments={choices.map((value) => ({ value, label: t(`opening.to.${value}`) }))}
        value={to}
        onChange={setTo}
      />
      {to !== "hours" && (
        <Select
          label={t("opening.ends")}
          options={ends.map((value) => ({ value, label: t(`opening.ends.${value}.${to}`) }))}
          value={until}
          onChange={setUntil}
        />
      )}
      {to !== "hours" && until === "moment" && (
        <div className={styles.buttons}>
          <DateField label={t("opening.date")} value={date} onChange={setDate} />
          <TimeInput label={t("opening.time")} value={time} onChange={setTime} />
        </div>
      )}
      {to === "closed" && (
        <Checkbox
          label={t("opening.sendsAway")}
          hint={t("opening.sendsAwayHint")}
          checked={sendsAway}
          onChange={(event) => setSendsAway(event.target.checked)}
        />
      )}
      <TextField
        label={t("opening.reason")}
        hint={t("opening.reasonHint")}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" busy={order.busy} disabled={incomplete}>
          {t("opening.apply")}
        </Button>
      </div>
    </form>
  );
}
