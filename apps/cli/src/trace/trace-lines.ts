import type { OutputOf, Routes, TraceEvent } from "@cordboard/api";
import { type CallNames, type StepValue, traceStep } from "@cordboard/api/trace-words";
import { flowErrorWords } from "@cordboard/node-kit";
import { formatDateTime, formatDuration, formatPreciseTime } from "@cordboard/ui/format";
import { language, t } from "../texts/t.ts";

type Trace = OutputOf<Routes["calls.trace"]>;

const form = { language, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } as const;

/** A call and every step of it, a line each: the time of day here, the time since the call began, the node, what happened. */
export function traceLines({ call, events }: Trace, names: CallNames): readonly string[] {
  const startedAt = Date.parse(call.startedAt);
  const head = t("trace.head", {
    date: formatDateTime(startedAt, form),
    from: call.hidden ? t("trace.hidden") : (call.fromText ?? "–"),
    to: [call.lineName, call.toText].filter(Boolean).join(" "),
    status: call.endedBy === null ? t("trace.inProgress") : t(`end.${call.endedBy}`),
    id: call.callId,
  });
  const nodeNames = events.map(({ nodeId }) => (nodeId === null ? "" : names.node(nodeId)));
  const width = Math.min(24, Math.max(0, ...nodeNames.map((name) => name.length)));
  let shown: string | null = null;
  const lines = events.map((event, index) => {
    const node = event.nodeId === shown ? "" : (nodeNames[index] ?? "");
    shown = event.nodeId ?? shown;
    const since = seconds(Date.parse(event.at) - startedAt).padStart(10);
    const time = formatPreciseTime(Date.parse(event.at), form);
    return `${time} ${since}  ${shorten(node, width).padEnd(width)}  ${said(event, names)}`;
  });
  return [head, ...lines];
}

function said(event: TraceEvent, names: CallNames): string {
  const step = traceStep(event, names, flowErrorWords);
  const values = Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, written(value)]));
  const how = step.end === null ? {} : { how: t(`end.${step.end}`) };
  const sentence = step.sentence?.[language] ?? t(step.key, { ...values, ...how });
  const quote = step.quote === null ? "" : ` ${t("trace.quote", { words: step.quote })}`;
  const keys = step.keys.length === 0 ? "" : ` ${step.keys.map((key) => `[${key}]`).join(" ")}`;
  return `${step.problem ? "! " : ""}${sentence}${quote}${keys}`;
}

function written(value: StepValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return new Intl.NumberFormat(form.language).format(value);
  if ("moment" in value) return formatDateTime(value.moment, form);
  return "durationMs" in value
    ? formatDuration(value.durationMs, form.language)
    : formatPreciseTime(value.instant, form);
}

/** Seconds since the call began, to the tenth. */
function seconds(ms: number): string {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `+${number.format(Math.max(0, ms) / 1000)} s`;
}

function shorten(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
