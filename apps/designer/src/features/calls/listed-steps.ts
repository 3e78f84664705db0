import type { TraceEvent } from "@cordboard/api";
import { type CallNames, type StepValue, traceStep, traceTexts } from "@cordboard/api/trace-words";
import { flowErrorWords } from "@cordboard/node-kit";
import { type DateTimeForm, formatDateTime, formatDuration, formatPreciseTime, type ListedStep } from "@cordboard/ui";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../../app/use-time-form.ts";

/** The steps of a call in words: the same sentences as in the agent and on the command line. */
export function useListedSteps(events: readonly TraceEvent[], names: CallNames): readonly ListedStep[] {
  const { t, i18n } = useTranslation("calls");
  const form = useTimeForm();
  return useMemo(() => {
    // The sentences come from the package that knows them, and are put beside this page's own.
    if (!i18n.exists("trace:step.began", { lng: form.language })) {
      i18n.addResourceBundle("fr", "trace", traceTexts.fr);
      i18n.addResourceBundle("en", "trace", traceTexts.en);
    }
    return events.map((event): ListedStep => {
      const step = traceStep(event, names, flowErrorWords);
      const values: Record<string, string> = Object.fromEntries(
        Object.entries(step.values).map(([name, value]) => [name, written(value, form)]),
      );
      if (step.end !== null) values.how = t(`trace:end.${step.end}`);
      return {
        id: event.seq,
        at: event.at,
        place: event.nodeId === null ? null : names.node(event.nodeId),
        sentence: step.sentence?.[form.language] ?? t(`trace:${step.key}`, values),
        quote: step.quote,
        keys: step.keys,
        problem: step.problem,
      };
    });
  }, [events, names, form, t, i18n]);
}

function written(value: StepValue, form: DateTimeForm): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return new Intl.NumberFormat(form.language).format(value);
  if ("moment" in value) return formatDateTime(value.moment, form);
  return "durationMs" in value
    ? formatDuration(value.durationMs, form.language)
    : formatPreciseTime(value.instant, form);
}
