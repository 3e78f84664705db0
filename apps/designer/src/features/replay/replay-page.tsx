import type { CallSummary } from "@cordboard/api";
import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { formatDateTime, Icon, PhoneNumber } from "@cordboard/ui";
import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { QueryView } from "../../app/query-view.tsx";
import { useApi } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useWholeWindow } from "../../app/whole-window.ts";
import { useCallTrace } from "../calls/queries.ts";
import styles from "./replay.module.css";
import { ReplayedCall } from "./replayed-call.tsx";

/** One call on the drawing that it ran on, step by step, with what was heard and keyed. */
export function ReplayPage() {
  const { t } = useTranslation("replay");
  const { callId = "" } = useParams();
  const form = useTimeForm();
  useWholeWindow();
  const trace = useCallTrace(callId, form.language);
  const version = useVersion(trace.data?.call);
  return (
    <QueryView query={trace}>
      {({ call, events, names }) => {
        const title = t("title", { date: formatDateTime(Date.parse(call.startedAt), form) });
        return (
          <div className={styles.page}>
            <header className={styles.header}>
              <title>{`${title} · Cordboard`}</title>
              <Link className={styles.back} to={`/calls/${callId}`}>
                {t("back")}
              </Link>
              <h1 className={styles.title}>{title}</h1>
              <PhoneNumber text={call.direction === "inbound" ? call.fromText : call.toText} />
              <span className={styles.space} />
              {version.data && (
                <span className={styles.pill}>
                  <Icon as={Workflow} size={14} />
                  <Link to={`/flows/${call.flowId}/versions/${call.versionId}`}>
                    {t("version", { flow: version.data.document.name, number: version.data.number })}
                  </Link>
                </span>
              )}
            </header>
            {version.isPending ? (
              <div />
            ) : (
              <ReplayedCall call={call} events={events} names={names} document={version.data?.document ?? null} />
            )}
          </div>
        );
      }}
    </QueryView>
  );
}

interface DrawnVersion {
  readonly document: FlowDocument;
  readonly number: number;
}

/** The version that the call ran on, which never changes; null: it is not kept, or nobody drew it. */
function useVersion(call: CallSummary | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ["replay", call?.flowId, call?.versionId],
    enabled: call !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async (): Promise<DrawnVersion | null> => {
      if (!call || call.flowId === null || call.versionId === null) return null;
      const params = { flowId: call.flowId, versionId: call.versionId };
      const found = await api.call("flows.getVersion", { params });
      // Its steps are worth being seen without it.
      if (!found.ok) return null;
      const read = readFlow(found.value.document);
      return read.ok ? { document: read.document, number: found.value.number } : null;
    },
  });
}
