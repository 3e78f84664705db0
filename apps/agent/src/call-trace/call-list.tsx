import type { ApiClient, ApiProblem, CallSummary } from "@cordboard/api";
import {
  Button,
  Card,
  Checkbox,
  type DateTimeForm,
  Duration,
  EmptyState,
  formatDateTime,
  Loading,
  Notice,
  PhoneNumber,
} from "@cordboard/ui";
import { Phone, RefreshCw } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./call-list.module.css";

type Props = { api: ApiClient; form: DateTimeForm; onSessionOver: () => void };

/** The calls, the newest first, a page at a time. */
export function CallList({ api, form, onSessionOver }: Props) {
  const { t } = useTranslation("callTrace");
  const [calls, setCalls] = useState<readonly CallSummary[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [alive, setAlive] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const load = useCallback(
    async (before: string | null) => {
      setBusy(true);
      const query = { limit: 50, ...(alive && { alive }), ...(before !== null && { before }) };
      const answer = await api.call("calls.list", { query });
      setBusy(false);
      if (!answer.ok) {
        if (answer.error.status === 401) onSessionOver();
        return setProblem(answer.error);
      }
      setProblem(null);
      setNext(answer.value.next);
      setCalls((shown) => (before === null ? answer.value.items : [...(shown ?? []), ...answer.value.items]));
    },
    [api, alive, onSessionOver],
  );
  useEffect(() => void load(null), [load]);

  return (
    <Card
      flush
      level={1}
      title={t("title")}
      actions={
        <div className={styles.actions}>
          <Checkbox label={t("aliveOnly")} checked={alive} onChange={(event) => setAlive(event.target.checked)} />
          <Button icon={RefreshCw} busy={busy} onClick={() => void load(null)}>
            {t("refresh")}
          </Button>
        </div>
      }
    >
      {problem !== null && (
        <div className={styles.problem}>
          <Notice kind="error">
            {problem.message} {problem.remedy}
          </Notice>
        </div>
      )}
      {calls === null && problem === null && <Loading />}
      {calls?.length === 0 && (
        <EmptyState icon={Phone} title={t("none")}>
          {t("noneWords")}
        </EmptyState>
      )}
      {calls !== null && calls.length > 0 && <Calls calls={calls} form={form} />}
      {next !== null && (
        <div className={styles.older}>
          <Button busy={busy} onClick={() => void load(next)}>
            {t("older")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Calls({ calls, form }: { calls: readonly CallSummary[]; form: DateTimeForm }) {
  const { t } = useTranslation("callTrace");
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t("list")}>
        <thead>
          <tr>
            <th scope="col">{t("column.started")}</th>
            <th scope="col">{t("column.from")}</th>
            <th scope="col">{t("column.to")}</th>
            <th scope="col" className={styles.number}>
              {t("column.duration")}
            </th>
            <th scope="col">{t("column.end")}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr key={call.callId}>
              <td>
                <a href={`#calls/${call.callId}`}>
                  <time dateTime={call.startedAt}>{formatDateTime(Date.parse(call.startedAt), form)}</time>
                </a>
              </td>
              <td>
                <PhoneNumber text={call.fromText} />
              </td>
              <td>
                {call.lineName !== null && <span className={styles.line}>{call.lineName} </span>}
                <PhoneNumber text={call.toText} />
              </td>
              <td className={styles.number}>
                {call.endedAt === null ? (
                  t("inProgress")
                ) : (
                  <Duration ms={Date.parse(call.endedAt) - Date.parse(call.startedAt)} />
                )}
              </td>
              <td>{call.endedBy !== null && t(`end.${call.endedBy}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
