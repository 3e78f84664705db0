import { isAllowed, type VoicemailBoxFields } from "@cordboard/api";
import { Voicemail } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, Route, Routes } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { ResourcePage } from "../listing/index.ts";
import { BoxExtra } from "./box-extra.tsx";
import { BoxFieldsForm } from "./box-fields.tsx";
import { Messages } from "./messages.tsx";
import { useBoxes } from "./queries.ts";

/** Voicemail: the messages, and the boxes that they are in. Authors see the boxes alone: what callers said is not theirs to hear. */
export function Page() {
  const { role } = useSignedIn();
  return (
    <Routes>
      <Route path="boxes/*" element={<Boxes />} />
      <Route
        path="*"
        element={isAllowed(role, "read", "messages") ? <Messages /> : <Navigate to="/voicemail/boxes" replace />}
      />
    </Routes>
  );
}

function Boxes() {
  const { role } = useSignedIn();
  const { t } = useTranslation("voicemail");
  const queues = useApiQuery("queues.list", {});
  return (
    <ResourcePage
      path="voicemail"
      base="voicemail/boxes"
      resourceName="voicemailBoxes"
      usedKind="voicemailBox"
      resource={useBoxes()}
      icon={Voicemail}
      blank={blank}
      Fields={BoxFieldsForm}
      Extra={BoxExtra}
      above={isAllowed(role, "read", "messages") && <Link to="/voicemail">{t("toMessages")}</Link>}
      columns={[
        { id: "name", header: t("name"), value: (box) => box.name },
        {
          id: "queue",
          header: t("queue"),
          value: ({ queueId }) => queues.data?.items.find((queue) => queue.queueId === queueId)?.name ?? null,
        },
        { id: "number", header: t("number"), value: (box) => box.number ?? null, spare: true },
        { id: "operators", header: t("operators"), align: "end", value: (box) => box.operatorIds.length },
        {
          id: "retention",
          header: t("retention"),
          align: "end",
          value: (box) => box.retentionDays,
          text: (box) => `${box.retentionDays} ${t("days")}`,
          cell: (box) => `${box.retentionDays} ${t("days")}`,
          spare: true,
        },
      ]}
    />
  );
}

const blank: VoicemailBoxFields = {
  name: "",
  operatorId: null,
  queueId: null,
  operatorIds: [],
  number: null,
  retentionDays: 90,
};
