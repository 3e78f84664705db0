import type { CallDetail, FlowSummary, TraceEvent } from "@cordboard/api";
import type { CallNames } from "@cordboard/api/trace-words";
import { Card, type DateTimeForm, Duration, formatDate, formatTime, PhoneNumber, StepList } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useListAddress } from "../listing/index.ts";
import { CallFacts } from "./call-facts.tsx";
import styles from "./call-trace.module.css";
import { useListedSteps } from "./listed-steps.ts";
import { useCallTrace } from "./queries.ts";
import { Recordings } from "./recordings.tsx";

/** One call: who, when, what became of it, and every step of it with its time. */
export function CallTrace() {
  const { t } = useTranslation("calls");
  const { callId = "" } = useParams();
  const { query } = useListAddress();
  const form = useTimeForm();
  const trace = useCallTrace(callId, form.language);
  const detail = useApiQuery("calls.get", { params: { callId } });
  const flows = useApiQuery("flows.list", {}).data?.items ?? [];
  const startedAt = trace.data === undefined ? null : Date.parse(trace.data.call.startedAt);
  return (
    <PageBody>
      <PageHeader
        title={
          startedAt === null
            ? t("call")
            : t("callOf", { date: `${formatDate(startedAt, form)}, ${formatTime(startedAt, form)}` })
        }
        words={<Link to={`/calls${query}`}>{t("back")}</Link>}
      />
      <QueryView query={trace}>
        {({ call, events, names }) => (
          <>
            <Card>
              <dl className={styles.facts}>
                <dt>{t(call.direction === "inbound" ? "from" : "placedTo")}</dt>
                <dd>
                  <PhoneNumber text={call.direction === "inbound" ? call.fromText : call.toText} />
                </dd>
                <dt>{t("line")}</dt>
                <dd>
                  {call.lineName} <PhoneNumber text={call.direction === "inbound" ? call.toText : call.fromText} />
                </dd>
                <dt>{t("result")}</dt>
                <dd>
                  {call.result === "callback" ? (
                    <Link to="/callbacks?state=all">{t("result.callback")}</Link>
                  ) : call.result === null ? (
                    t("running")
                  ) : (
                    t(`result.${call.result}`)
                  )}
                </dd>
                <dt>{t("duration")}</dt>
                <dd>
                  <Duration ms={call.durationMs} />
                </dd>
                {call.flowId !== null && (
                  <>
                    <dt>{t("flow")}</dt>
                    <dd>
                      <FlowOfCall flowId={call.flowId} flows={flows} />
                      {!undrawn.has(call.flowId) && (
                        <>
                          {" · "}
                          <Link to={`/calls/${callId}/drawing`}>{t("showOnDrawing")}</Link>
                        </>
                      )}
                    </dd>
                  </>
                )}
                <dt>{t("id")}</dt>
                <dd>
                  <code>{call.callId}</code>
                </dd>
              </dl>
            </Card>
            {detail.data !== undefined && <CallFacts call={detail.data} form={form} />}
            {detail.data !== undefined && <Recordings call={detail.data} form={form} />}
            <Card flush title={t("steps")}>
              <Steps call={call} events={events} names={names} form={form} />
            </Card>
          </>
        )}
      </QueryView>
    </PageBody>
  );
}

/** Flows of the product's own: nobody drew them, and nobody can open them. */
const undrawn: ReadonlySet<string> = new Set(["line-to-one-queue", "callback-to-number", "not-in-service"]);

/** The flow that a call went through; one that is deleted is called by its id. */
function FlowOfCall({ flowId, flows }: { flowId: string; flows: readonly Pick<FlowSummary, "flowId" | "name">[] }) {
  const { t } = useTranslation("calls");
  const found = flows.find((flow) => flow.flowId === flowId);
  if (found) return <Link to={`/flows/${flowId}`}>{found.name}</Link>;
  return undrawn.has(flowId) ? t("undrawnFlow") : <code>{flowId}</code>;
}

type StepsProps = {
  call: Pick<CallDetail, "startedAt">;
  events: readonly TraceEvent[];
  names: CallNames;
  form: DateTimeForm;
};

function Steps({ call, events, names, form }: StepsProps) {
  const { t } = useTranslation("calls");
  const steps = useListedSteps(events, names);
  return <StepList steps={steps} startedAt={call.startedAt} form={form} empty={t("noSteps")} />;
}
