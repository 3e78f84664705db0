import type { AgentView, DeskDay } from "@cordboard/api";
import { Duration, formatTime } from "@cordboard/ui";
import { type ReactNode, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Sheet, SheetState } from "../desk/sheet.tsx";
import { useTimeForm } from "../desk/use-time-form.ts";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./my-day.module.css";

/** The operator's own day: what they did, for how long, and each pause. Asked anew whenever their state changes. */
export function MyDay({ view, onClose }: { view: AgentView; onClose: () => void }) {
  const { desk } = useDesk();
  const { t } = useTranslation("myDay");
  const ask = useCallback(() => desk.ask("deskDay.get"), [desk]);
  const { value, problem, again } = useAnswer(ask, view.since);
  return (
    <Sheet title={t("title")} onClose={onClose}>
      {value === null ? <SheetState problem={problem} onRetry={() => void again()} /> : <Day day={value} />}
    </Sheet>
  );
}

function Day({ day }: { day: DeskDay }) {
  const { t } = useTranslation("myDay");
  const { figures } = day;
  const { accepted, averageTalkMs, refused, missed } = figures;
  return (
    <div className={styles.day}>
      <dl className={styles.figures}>
        <Figure name={t("signedIn")}>
          <Duration ms={figures.signedInMs} />
        </Figure>
        <Figure name={t("calls")}>{figures.calls}</Figure>
        <Figure name={t("talk")}>
          <Duration ms={figures.talkMs} />
          {averageTalkMs !== null && (
            <span className={styles.faint}>
              {" "}
              (<Duration ms={averageTalkMs} /> {t("averageTalk")})
            </span>
          )}
        </Figure>
        <Figure name={t("wrapUp")}>
          <Duration ms={figures.wrapUpMs} />
        </Figure>
        <Figure name={t("available")}>
          <Duration ms={figures.availableMs} />
        </Figure>
        <Figure name={t("paused")}>
          <Duration ms={figures.pausedMs} />
        </Figure>
        <Figure name={t("offers")}>{t("offersWords", { accepted, refused, missed })}</Figure>
      </dl>
      <h3 className={styles.title}>{t("pauses")}</h3>
      {day.pauses.length === 0 ? (
        <p className={styles.faint}>{t("noPause")}</p>
      ) : (
        <ul>
          {day.pauses.map((pause) => (
            <li key={pause.from} className={styles.line}>
              <Pause pause={pause} day={day} />
            </li>
          ))}
        </ul>
      )}
      {day.corrections.length > 0 && <Corrections day={day} />}
      <p className={styles.faint}>{t("sinceMidnight")}</p>
    </div>
  );
}

/** What a supervisor corrected of the day: nothing of it is done behind anybody's back. */
function Corrections({ day }: { day: DeskDay }) {
  const { t } = useTranslation("myDay");
  const form = { ...useTimeForm(), timeZone: day.timeZone };
  return (
    <>
      <h3 className={styles.title}>{t("corrections")}</h3>
      <ul>
        {day.corrections.map(({ correctionId, from, until, as, reason, by }) => (
          <li key={correctionId} className={styles.line}>
            <span>
              {formatTime(Date.parse(from), form)} – {formatTime(Date.parse(until), form)} {t(`corrected.${as}`)}
            </span>
            <span className={styles.faint}>{t("correctedBy", { reason, name: by.name })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

const known = [
  "asked",
  "forced",
  "missed",
  "telephoneBusy",
  "telephoneSilent",
  "telephoneUnreachable",
  "telephoneTaken",
  "connectionLost",
] as const;

function Pause({ pause, day }: { pause: DeskDay["pauses"][number]; day: DeskDay }) {
  const { state } = useDesk();
  const { t } = useTranslation("myDay");
  const form = useTimeForm();
  const { from, until, label } = pause;
  const reason = known.find((one) => one === pause.reason) ?? "asked";
  const named = state.choices?.pauseReasons.find(({ code }) => code === label)?.name[form.language] ?? label;
  const end = until ?? day.computedAt;
  return (
    <>
      <span>
        <time dateTime={from}>{formatTime(Date.parse(from), form)}</time> {named ?? t(`pause.${reason}`)}
      </span>
      <span className={styles.value}>
        {until === null && <span className={styles.faint}>{t("goesOn")} · </span>}
        <Duration ms={Date.parse(end) - Date.parse(from)} />
      </span>
    </>
  );
}
