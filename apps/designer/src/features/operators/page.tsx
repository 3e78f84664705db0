import type { Operator, OperatorFields } from "@cordboard/api";
import { Button } from "@cordboard/ui";
import { FileUp, Headset } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { type MadePassword, PasswordShown, ResourcePage } from "../listing/index.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { OperatorExtra } from "./operator-extra.tsx";
import { OperatorFieldsForm } from "./operator-fields.tsx";
import { useOperators } from "./queries.ts";

/** The operators: who answers calls, and which queues each may serve. */
export function Page() {
  const { t } = useTranslation("operators");
  const [made, setMade] = useState<MadePassword | null>(null);
  const [importing, setImporting] = useState(false);
  const queues = useApiQuery("queues.list", {});
  const queuesOf = ({ operatorId }: Operator) =>
    (queues.data?.items ?? []).filter((queue) => queue.operatorIds.includes(operatorId)).map(({ name }) => name);
  return (
    <>
      <ResourcePage
        path="operators"
        resourceName="operators"
        usedKind="operator"
        resource={useOperators(setMade)}
        icon={Headset}
        blank={blank}
        Fields={OperatorFieldsForm}
        Extra={({ item }) => <OperatorExtra operator={item} onNewPassword={setMade} />}
        actions={
          <Button icon={FileUp} onClick={() => setImporting(true)}>
            {t("import")}
          </Button>
        }
        columns={[
          { id: "name", header: t("name"), value: (operator) => operator.name },
          { id: "code", header: t("code"), value: (operator) => operator.code },
          { id: "queues", header: t("queues"), value: (operator) => queuesOf(operator).join(", ") || t("noQueue") },
          {
            id: "enabled",
            header: t("enabled"),
            value: (operator) => t(operator.enabled ? "mayWork" : "mayNot"),
            spare: true,
          },
        ]}
      />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      {made !== null && <PasswordShown made={made} onClose={() => setMade(null)} />}
    </>
  );
}

const blank: OperatorFields = { code: "", name: "", language: "fr", enabled: true, skills: [], autoAcceptMs: null };
