import type { CallSummary, TraceEvent } from "@cordboard/api";
import { type CallNames, type StepValue, traceStep } from "@cordboard/api/trace-words";
import { flowErrorWords } from "@cordboard/node-kit";
import {
  type DateTimeForm,
  formatDateTime,
  formatDuration,
  formatPreciseTime,
  type ListedStep,
  StepList,
} from "@cordboard/ui";
import { useTranslation } from "react-i18next";

type Props = { call: CallSummary; events: readonly TraceEvent[]; names: CallNames; form: DateTimeForm };

/** Every step of a call, in order: when, at which node, and what happened, in words. */
export function TraceSteps({ call, events, names, form }: Props) {
  const { t } = useTranslation("callTrace");
  const steps = events.map((event): ListedStep => {
    const step = traceStep(event, names, flowErrorWords);
    const values = Object.entries(step.values).map(([name, value]) => [name, written(value, form)]);
    const how = step.end === null ? {} : { how: t(`end.${step.end}`) };
    return {
      id: event.seq,
      at: event.at,
      place: event.nodeId === null ? null : names.node(event.nodeId),
      sentence: step.sentence?.[form.language] ?? t(step.key, { ...Object.fromEntries(values), ...how }),
      quote: step.quote,
      keys: step.keys,
      problem: step.problem,
    };
  });
  return <StepList steps={steps} startedAt={call.startedAt} form={form} empty={t("noSteps")} />;
}

function written(value: StepValue, form: DateTimeForm): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return new Intl.NumberFormat(form.language).format(value);
  if ("moment" in value) return formatDateTime(value.moment, form);
  return "durationMs" in value
    ? formatDuration(value.durationMs, form.language)
    : formatPreciseTime(value.instant, form);
}
