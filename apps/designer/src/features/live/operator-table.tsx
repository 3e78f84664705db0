import type { LiveBoard, LiveOperator } from "@cordboard/api";
import { Button, EmptyState, formatDuration, Icon, StateLamp, useUiLanguage } from "@cordboard/ui";
import { CircleHelp, Ear, Headset, Mail, Pause, Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import styles from "./tables.module.css";

/** With a call: where none is shown it is none of the queues that who looks supervises. */
const onTheLine: ReadonlySet<string> = new Set(["offered", "ringing", "dialling", "talking", "handedOver"]);

/** What each operator is doing, since when, on what, and at which telephone. In the order of their names: nobody jumps about. */
export function OperatorTable({
  board,
  operators,
  now,
  onOpen,
  onListen,
}: {
  board: LiveBoard;
  operators: readonly LiveOperator[];
  now: number;
  onOpen: (operatorId: string) => void;
  /** Null: nobody may listen. */
  onListen: ((operatorId: string) => void) | null;
}) {
  const { t } = useTranslation("live");
  const queueName = (id: string) => board.queues.find(({ queueId }) => queueId === id)?.name ?? "…";
  if (operators.length === 0) {
    return (
      <EmptyState icon={Headset} title={t("nobody")}>
        {t("nobodyWords")}
      </EmptyState>
    );
  }
  return (
    <table className={styles.table} aria-label={t("operators", { count: operators.length })}>
      <thead>
        <tr>
          <th scope="col" className={styles.name}>
            {t("operator")}
          </th>
          <th scope="col" className={styles.state}>
            {t("state")}
          </th>
          <th scope="col" className={styles.figure}>
            {t("since")}
          </th>
          <th scope="col">{t("on")}</th>
          <th scope="col">{t("telephone")}</th>
          <th scope="col" className={styles.spare}>
            {t("servedQueues")}
          </th>
        </tr>
      </thead>
      <tbody>
        {operators.map((operator) => (
          <Row
            key={operator.operatorId}
            operator={operator}
            queueName={queueName}
            now={now}
            onOpen={() => onOpen(operator.operatorId)}
            onListen={onListen && (() => onListen(operator.operatorId))}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  operator,
  queueName,
  now,
  onOpen,
  onListen,
}: {
  operator: LiveOperator;
  queueName: (queueId: string) => string;
  now: number;
  onOpen: () => void;
  onListen: (() => void) | null;
}) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const pauseWords = usePauseWords();
  const limited = useSignedIn().queueIds !== null;
  const { name, code, state, since, pause, on, telephoneName, queueIds, connected, toAcknowledge, afterCall } =
    operator;
  const detail = state === "paused" && pause ? pauseWords(pause) : undefined;
  const served = queueIds.map(queueName).join(", ");
  return (
    <tr>
      <th scope="row" className={styles.name}>
        <button type="button" className={styles.open} onClick={onOpen}>
          {name}
        </button>
        <span className={styles.words}>
          <span className={styles.goal}>{code}</span>
          {toAcknowledge > 0 && (
            <span className={styles.mark}>
              <Icon as={Mail} />
              {t("toAcknowledge", { count: toAcknowledge })}
            </span>
          )}
          {!connected && state !== "offline" && (
            <span className={styles.mark}>
              <Icon as={Unplug} />
              {t("notConnected")}
            </span>
          )}
        </span>
      </th>
      <td className={styles.state} data-label={t("state")}>
        <StateLamp state={state} detail={detail} {...(state === "ringing" && { word: t("state.ringing") })} />
        {afterCall !== null && <span className={styles.then}>{t(`then.${afterCall}`)}</span>}
      </td>
      <td className={styles.figure} data-label={t("since")}>
        {since === null || state === "offline" ? "–" : formatDuration(now - Date.parse(since), language)}
      </td>
      <td data-label={t("on")}>
        {on === null ? (
          limited && onTheLine.has(state) ? (
            t("elsewhere")
          ) : (
            "–"
          )
        ) : (
          <>
            <span className={styles.line}>{on.callerName ?? on.fromText ?? t("unknownCaller")}</span>
            <span className={styles.words}>
              {on.queueId === null ? t("ownCall") : queueName(on.queueId)}
              {on.callback && ` · ${t("callback")}`}
            </span>
            {on.heldSince !== null && (
              <span className={styles.mark}>
                <Icon as={Pause} />
                {t("onHold", { time: formatDuration(Math.max(0, now - Date.parse(on.heldSince)), language) })}
              </span>
            )}
            {on.helpSince !== null && (
              <span className={styles.mark}>
                <Icon as={CircleHelp} />
                {t("help")}
              </span>
            )}
            {on.listeners?.map((listener) => (
              <span key={listener.supervisionId} className={styles.mark}>
                <Icon as={Ear} />
                {t(`listener.${listener.mode}`, { name: listener.name })}
              </span>
            ))}
            {onListen && (state === "talking" || state === "handedOver") && (
              <Button
                kind="quiet"
                className={styles.listen}
                icon={Ear}
                onClick={onListen}
                aria-label={t("listen.button", { name })}
              >
                {t("listen")}
              </Button>
            )}
          </>
        )}
      </td>
      <td data-label={t("telephone")}>{telephoneName ?? "–"}</td>
      <td className={styles.spare} data-label={t("servedQueues")} title={served}>
        <span className={styles.cut}>{served === "" ? "–" : served}</span>
      </td>
    </tr>
  );
}

/** The reason of a pause: the company's own word where one was chosen. */
function usePauseWords() {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  return ({ reason, label }: NonNullable<LiveOperator["pause"]>): string => {
    const chosen = company.data?.pauseReasons.find(({ code }) => code === label)?.name[language];
    return reason === "asked" ? (chosen ?? label ?? "") : t(`pause.${reason}`);
  };
}
