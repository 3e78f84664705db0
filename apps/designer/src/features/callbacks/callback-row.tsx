import { type ApiProblem, type Callback, isAllowed } from "@cordboard/api";
import { Button, type DateTimeForm, formatDateTime, formatTime, Icon, PhoneNumber } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import {
  Ban,
  BellRing,
  CalendarClock,
  CircleCheck,
  CircleX,
  Clock,
  type LucideIcon,
  Pencil,
  PhoneCall,
  PhoneIncoming,
  PhoneOutgoing,
  Timer,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./callback-row.module.css";
import { possibleWith, type Standing, standingOf } from "./callback-standing.ts";
import { useCallbackChanges } from "./queries.ts";

const signs: Readonly<Record<Standing, LucideIcon>> = {
  waiting: Clock,
  slot: CalendarClock,
  retry: Timer,
  closed: Clock,
  onTheLine: PhoneIncoming,
  offered: BellRing,
  calling: PhoneOutgoing,
  answered: CircleCheck,
  givenUp: CircleX,
  calledIn: PhoneIncoming,
  cancelled: Ban,
};

type Props = { callback: Callback; onChangeNumber: () => void; onChangeTime: () => void; onCancel: () => void };

/** One promise: whom to ring, how it stands and why, what was tried, and what can be done. */
export function CallbackRow({ callback, onChangeNumber, onChangeTime, onCancel }: Props) {
  const { t } = useTranslation("callbacks");
  const { role } = useSignedIn();
  const form = useTimeForm();
  const { callNow } = useCallbackChanges();
  const standing = standingOf(callback);
  const possible = possibleWith(callback);
  const number = callback.numberText;
  const tell = (problem: ApiProblem) => showToast(`${problem.message} ${problem.remedy}`, { kind: "error" });
  const hurry = async () => {
    const answer = await callNow.run({ params: { callbackId: callback.callbackId } });
    if (answer.ok) showToast(t("hurried", { number }));
    else tell(answer.error);
  };
  return (
    <li className={styles.callback} data-over={callback.state === "over" || undefined}>
      <div className={styles.head}>
        <span className={styles.who}>
          {callback.callerName !== null && `${callback.callerName} · `}
          <PhoneNumber text={number} />
        </span>
        <span className={styles.standing} data-standing={standing}>
          <Icon as={signs[standing]} />
          {useSentence(callback, standing, form)}
        </span>
      </div>
      <p className={styles.facts}>
        {callback.queueName}
        {callback.lineName !== "" && ` · ${callback.lineName}`} · {t("promised")}{" "}
        <time dateTime={callback.promisedAt}>{formatDateTime(Date.parse(callback.promisedAt), form)}</time>
        {callback.slotAt !== null &&
          standing !== "slot" &&
          ` · ${t("chosen", { time: formatDateTime(Date.parse(callback.slotAt), form) })}`}
        {" · "}
        <PromisedBy callback={callback} />
      </p>
      <Attempts callback={callback} form={form} />
      {isAllowed(role, "write", "callbacks") && (possible.change || possible.cancel) && (
        <div className={styles.actions}>
          {possible.callNow && (
            <Button icon={PhoneCall} busy={callNow.busy} onClick={() => void hurry()}>
              {t("callNow")}
            </Button>
          )}
          {possible.change && (
            <Button kind="quiet" icon={CalendarClock} onClick={onChangeTime}>
              {t("changeTime")}
            </Button>
          )}
          {possible.change && (
            <Button kind="quiet" icon={Pencil} onClick={onChangeNumber}>
              {t("changeNumber")}
            </Button>
          )}
          {possible.cancel && (
            <Button kind="quiet" icon={Ban} onClick={onCancel}>
              {t("cancel")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** What led to the promise: a call, a program, somebody of the company, or the operator who rang. */
function PromisedBy({ callback: { promisedInCallId, origin } }: { callback: Callback }) {
  const { t } = useTranslation("callbacks");
  if (promisedInCallId !== null) return <Link to={`/calls/${promisedInCallId}`}>{t("inTheCall")}</Link>;
  return origin ? t(`origin.${origin.kind}`, { name: origin.name }) : t("ownAccord");
}

/** How it stands, in a sentence with the person and the time in it. */
function useSentence(callback: Callback, standing: Standing, form: DateTimeForm): string {
  const { t } = useTranslation("callbacks");
  const last = callback.attempts.at(-1);
  const name = callback.operator?.name ?? last?.operatorName ?? "";
  const at = (iso: string | null) => (iso === null ? "" : timeOrDate(Date.parse(iso), form));
  switch (standing) {
    case "slot":
    case "retry":
      return t(`standing.${standing}`, { time: at(callback.notBefore) });
    case "offered":
    case "calling":
      return t(`standing.${standing}`, { name });
    case "answered":
      return t("standing.answered", { name, time: at(callback.endedAt) });
    case "givenUp":
      return t("standing.givenUp", { count: callback.attempts.length, time: at(callback.endedAt) });
    case "calledIn":
    case "cancelled":
      return t(`standing.${standing}`, { time: at(callback.endedAt) });
    default:
      return t(`standing.${standing}`);
  }
}

/** The time of day while that says enough; with its date when it is another day's. */
function timeOrDate(instant: number, form: DateTimeForm): string {
  const day = (at: number) => new Intl.DateTimeFormat("en-CA", { timeZone: form.timeZone }).format(at);
  return day(instant) === day(Date.now()) ? formatTime(instant, form) : formatDateTime(instant, form);
}

function Attempts({ callback: { attempts, attemptsAllowed }, form }: { callback: Callback; form: DateTimeForm }) {
  const { t } = useTranslation("callbacks");
  if (attempts.length === 0) return null;
  return (
    <ol className={styles.attempts} aria-label={t("attempts")}>
      {attempts.map((attempt, at) => (
        <li key={attempt.callId}>
          <span className={styles.count}>{t("attempt", { number: at + 1, of: attemptsAllowed })}</span>
          <span>
            <time dateTime={attempt.at}>{timeOrDate(Date.parse(attempt.at), form)}</time> · {attempt.operatorName} ·{" "}
            {t(`result.${attempt.result}`)} · <Link to={`/calls/${attempt.callId}`}>{t("theCall")}</Link>
          </span>
        </li>
      ))}
    </ol>
  );
}
