import type { Schedule } from "@cordboard/api";
import { Button, Checkbox, SegmentedControl } from "@cordboard/ui";
import { clockAt, DateField, instantOf, TimeInput } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useMay } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./force-state.module.css";
import { useForce } from "./queries.ts";
import { StateNow } from "./state-now.tsx";

type Choice = "timetable" | "open" | "closed";

/** What holds now, and forcing it by hand: it works at once, for the next call. */
export function ForceState({ item: schedule, title }: { item: Schedule; title?: string }) {
  const { t } = useTranslation("schedules");
  const may = useMay();
  const zone = useTimeForm().timeZone;
  const timeZone = schedule.timeZone ?? zone;
  const force = useForce();
  const tonight = clockAt(Date.now(), timeZone).date;
  const [choice, setChoice] = useState<Choice>(schedule.forced?.state ?? "timetable");
  const known = schedule.forced?.until ?? null;
  const [ends, setEnds] = useState(known !== null);
  const [date, setDate] = useState<string | null>(known === null ? tonight : clockAt(known, timeZone).date);
  const [time, setTime] = useState(known === null ? "18:00" : clockAt(known, timeZone).time);
  const until = ends && date !== null ? instantOf(date, time, timeZone) : null;
  const incomplete = choice !== "timetable" && ends && until === null;
  const apply = (forced: Parameters<typeof force.run>[0]["body"]["forced"]) =>
    force.run({ params: { scheduleId: schedule.scheduleId }, body: { forced } });
  return (
    <section className={styles.force} aria-label={title ?? t("now")}>
      <h3>{title ?? t("now")}</h3>
      <p>
        <StateNow schedule={schedule} />
      </p>
      {may("write", "schedules") && (
        <>
          <ProblemNotice problem={force.problem} onDismiss={force.forget} />
          <SegmentedControl
            label={t("force")}
            segments={[
              { value: "timetable", label: t("force.timetable") },
              { value: "open", label: t("force.open") },
              { value: "closed", label: t("force.closed") },
            ]}
            value={choice}
            onChange={setChoice}
          />
          {choice !== "timetable" && (
            <>
              <Checkbox label={t("ends")} checked={ends} onChange={(event) => setEnds(event.target.checked)} />
              {ends && (
                <div className={styles.until}>
                  <DateField label={t("date")} value={date} onChange={setDate} />
                  <TimeInput label={t("time")} value={time} onChange={setTime} />
                </div>
              )}
            </>
          )}
          <Button
            busy={force.busy}
            disabled={incomplete}
            onClick={() => void apply(choice === "timetable" ? null : { state: choice, until })}
          >
            {t("apply")}
          </Button>
        </>
      )}
    </section>
  );
}
