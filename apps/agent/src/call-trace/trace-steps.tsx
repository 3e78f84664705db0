import type { CallSummary, TraceEvent } from "@cordboard/api";
import { type CallNames, type StepValue, traceStep } from "@cordboard/api/trace-words";
import { flowErrorWords } from "@cordboard/node-kit";
import { type DateTimeForm, formatDuration, formatPreciseTime, Icon, Key } from "@cordboard/ui";
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./trace-steps.module.css";

type Props = { call: CallSummary; events: readonly TraceEvent[]; names: CallNames; form: DateTimeForm };

/** Every step of a call, in order: when, at which node, and what happened, in words. */
export function TraceSteps({ call, events, names, form }: Props) {
  const { t } = useTranslation("callTrace");
  if (events.length === 0) return <p className={styles.none}>{t("noSteps")}</p>;
  const startedAt = Date.parse(call.startedAt);
  return (
    <ol className={styles.steps}>
      {events.map((event, index) => {
        // Said where it changes; what happens at no node does not change it.
        const before = events.slice(0, index).findLast(({ nodeId }) => nodeId !== null);
        return (
          <li key={event.seq} className={styles.step}>
            <time className={styles.time} dateTime={event.at}>
              {formatPreciseTime(Date.parse(event.at), form)}
              <span className={styles.since}>+{seconds(Date.parse(event.at) - startedAt, form)}</span>
            </time>
            <span className={styles.node}>
              {event.nodeId !== null && event.nodeId !== before?.nodeId && names.node(event.nodeId)}
            </span>
            <Step event={event} names={names} form={form} />
          </li>
        );
      })}
    </ol>
  );
}

function Step({ event, names, form }: { event: TraceEvent; names: CallNames; form: DateTimeForm }) {
  const { t } = useTranslation("callTrace");
  const step = traceStep(event, names, flowErrorWords);
  const values = Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, written(value, form)]));
  const how = step.end === null ? {} : { how: t(`end.${step.end}`) };
  const sentence = step.sentence?.[form.language] ?? t(step.key, { ...values, ...how });
  return (
    <p className={styles.what}>
      {step.problem && (
        <span className={styles.problem}>
          <Icon as={TriangleAlert} />
        </span>
      )}
      <span>
        {sentence}
        {step.quote !== null && <q className={styles.quote}>{step.quote}</q>}
        {step.keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of the keys is what they are
          <span key={index} className={styles.key}>
            <Key name={key} />
          </span>
        ))}
      </span>
    </p>
  );
}

function written(value: StepValue, form: DateTimeForm): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return new Intl.NumberFormat(form.language).format(value);
  return "durationMs" in value
    ? formatDuration(value.durationMs, form.language)
    : formatPreciseTime(value.instant, form);
}

/** Seconds since the call began, to the tenth. */
function seconds(ms: number, { language }: DateTimeForm): string {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${number.format(Math.max(0, ms) / 1000)}\u00a0s`;
}
