import { type ConnectorFields, isAllowed } from "@cordboard/api";
import { Plug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { ResourcePage } from "../listing/index.ts";
import { ConnectorFieldsForm } from "./connector-fields.tsx";
import { useConnectors } from "./queries.ts";
import { SecretsButton } from "./secrets.tsx";

/** The connectors: other systems that are asked who calls. */
export function Page() {
  const { t } = useTranslation("connectors");
  const { role } = useSignedIn();
  return (
    <ResourcePage
      path="connectors"
      resourceName="connectors"
      usedKind="connector"
      resource={useConnectors()}
      icon={Plug}
      blank={blank}
      Fields={ConnectorFieldsForm}
      above={
        <>
          <SecretsButton />
          {isAllowed(role, "read", "integration") && <Link to="/webhooks/opening">{t("privateHosts")}</Link>}
        </>
      }
      columns={[
        { id: "name", header: t("name"), value: (connector) => connector.name },
        { id: "url", header: t("url"), value: ({ sql, url }) => (sql ? `${sql.host} · ${sql.view}` : url) },
        {
          id: "timeout",
          header: t("timeout"),
          align: "end",
          value: (connector) => connector.timeoutMs,
          text: ({ timeoutMs }) => t("seconds", { amount: timeoutMs / 1_000 }),
          cell: ({ timeoutMs }) => t("seconds", { amount: timeoutMs / 1_000 }),
          spare: true,
        },
      ]}
    />
  );
}

const blank: ConnectorFields = {
  name: "",
  method: "GET",
  url: "https://",
  headers: [],
  body: null,
  timeoutMs: 2_000,
  mapping: {
    ...{ list: "", id: "/id", name: "/name", company: null, language: null, customerNumber: null },
    ...{ vip: null, blocked: null, preferredOperator: null, notes: null, fields: {} },
  },
};
