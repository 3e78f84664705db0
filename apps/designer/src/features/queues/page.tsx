import { isAllowed, type QueueFields } from "@cordboard/api";
import { formatDuration } from "@cordboard/ui";
import { Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { noRecording, ResourcePage } from "../listing/index.ts";
import { blankAfterCall } from "./after-call-rules.tsx";
import { standardPlaceNews } from "./place-news-rules.tsx";
import { useQueues } from "./queries.ts";
import { QueueFieldsForm } from "./queue-fields.tsx";
import { blankPassingOn } from "./urgency-rules.tsx";

/** The queues: who answers, in which order, and how they are asked. */
export function Page() {
  const { t, i18n } = useTranslation("queues");
  const { role } = useSignedIn();
  const operators = useApiQuery("operators.list", {}, { enabled: isAllowed(role, "read", "operators") });
  const nameOf = (id: string) => operators.data?.items.find((operator) => operator.operatorId === id)?.name ?? "…";
  const language = i18n.language === "fr" ? "fr" : "en";
  return (
    <ResourcePage
      path="queues"
      resourceName="queues"
      usedKind="queue"
      resource={useQueues()}
      icon={Users}
      blank={blank}
      Fields={QueueFieldsForm}
      columns={[
        { id: "name", header: t("name"), value: (queue) => queue.name },
        {
          id: "operators",
          header: t("operators"),
          value: (queue) =>
            queue.operatorIds.length === 0
              ? t("nobody")
              : t("operatorNames", {
                  count: queue.operatorIds.length,
                  names: queue.operatorIds.slice(0, 3).map(nameOf).join(", "),
                  more: queue.operatorIds.length > 3 ? "…" : "",
                }),
        },
        { id: "order", header: t("order"), value: (queue) => t(`order.${queue.order}`), spare: true },
        {
          id: "offer",
          header: t("offerShort"),
          align: "end",
          value: (queue) => queue.offerMs,
          text: (queue) => formatDuration(queue.offerMs, language),
          cell: (queue) => formatDuration(queue.offerMs, language),
          spare: true,
        },
      ]}
    />
  );
}

const blank: QueueFields = {
  name: "",
  operatorIds: [],
  order: "longestIdle",
  offerMs: 20_000,
  wrapUpMs: null,
  refusalAllowed: true,
  missedMeansPause: true,
  askAgainMs: 60_000,
  askAgainAloneMs: 10_000,
  scriptId: null,
  recording: noRecording,
  callbacks: { most: 50, attempts: 3, retryMs: 900_000, scheduleId: null },
  afterCall: blankAfterCall,
  passingOn: blankPassingOn,
  connect: "bridged",
  placeNews: standardPlaceNews,
};
