import type { ApiClient, ApiProblem, OutputOf, Routes } from "@cordboard/api";
import { type CallNames, loadCallNames } from "@cordboard/api/trace-words";
import {
  Button,
  Card,
  type DateTimeForm,
  Duration,
  formatDate,
  formatTime,
  Loading,
  Notice,
  PhoneNumber,
} from "@cordboard/ui";
import { RefreshCw } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./call-details.module.css";
import { TraceSteps } from "./trace-steps.tsx";

type Trace = OutputOf<Routes["calls.trace"]>;
type Props = { api: ApiClient; callId: string; form: DateTimeForm; onSessionOver: () => void };

/** One call: who, when, how it ended, and every step of it with its time. */
export function CallDetails({ api, callId, form, onSessionOver }: Props) {
  const { t } = useTranslation("callTrace");
  const [shown, setShown] = useState<{ readonly trace: Trace; readonly names: CallNames } | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

  const load = useCallback(async () => {
    setBusy(true);
    const answer = await api.call("calls.trace", { params: { callId } });
    if (answer.ok) {
      setShown({ trace: answer.value, names: await loadCallNames(api, answer.value.call, form.language) });
      setProblem(null);
    } else {
      setProblem(answer.error);
      if (answer.error.status === 401) onSessionOver();
    }
    setBusy(false);
  }, [api, callId, form.language, onSessionOver]);
  useEffect(() => void load(), [load]);

  return (
    <div className={styles.details}>
      <p>
        <a href="#calls">{t("back")}</a>
      </p>
      {problem !== null && shown === null && <h1 className={styles.title}>{t("title")}</h1>}
      {problem !== null && (
        <Notice kind="error">
          {problem.message} {problem.remedy}
        </Notice>
      )}
      {shown === null && problem === null && <Loading />}
      {shown !== null && (
        <>
          <Summary trace={shown.trace} form={form} />
          <Card
            flush
            title={t("steps")}
            actions={
              <Button icon={RefreshCw} busy={busy} onClick={() => void load()}>
                {t("refresh")}
              </Button>
            }
          >
            <TraceSteps call={shown.trace.call} events={shown.trace.events} names={shown.names} form={form} />
          </Card>
        </>
      )}
    </div>
  );
}

function Summary({ trace: { call }, form }: { trace: Trace; form: DateTimeForm }) {
  const { t } = useTranslation("callTrace");
  const startedAt = Date.parse(call.startedAt);
  return (
    <Card>
      <h1 className={styles.title}>
        {t("call", { date: `${formatDate(startedAt, form)}, ${formatTime(startedAt, form)}` })}
      </h1>
      <dl className={styles.facts}>
        <dt>{t("from")}</dt>
        <dd>
          <PhoneNumber text={call.fromText} />
        </dd>
        <dt>{t("to")}</dt>
        <dd>
          {call.lineName} <PhoneNumber text={call.toText} />
        </dd>
        <dt>{t("column.duration")}</dt>
        <dd>{call.endedAt === null ? t("inProgress") : <Duration ms={Date.parse(call.endedAt) - startedAt} />}</dd>
        {call.endedBy !== null && (
          <>
            <dt>{t("column.end")}</dt>
            <dd>{t(`end.${call.endedBy}`)}</dd>
          </>
        )}
        <dt>{t("id")}</dt>
        <dd>
          <code>{call.callId}</code>
        </dd>
      </dl>
    </Card>
  );
}
