import type { ScriptFields } from "@cordboard/api";
import { AppWindow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ResourcePage } from "../listing/index.ts";
import { useScripts } from "./queries.ts";
import { ScriptFieldsForm } from "./script-fields.tsx";

/** The scripts: what opens on the operator's side when a call is accepted. */
export function Page() {
  const { t } = useTranslation("scripts");
  return (
    <ResourcePage
      path="scripts"
      resourceName="scripts"
      usedKind="script"
      resource={useScripts()}
      icon={AppWindow}
      blank={blank}
      Fields={ScriptFieldsForm}
      columns={[
        { id: "name", header: t("name"), value: (script) => script.name },
        {
          id: "url",
          header: t("opens"),
          value: (script) => script.url ?? t("steps", { count: script.questionnaire?.steps.length ?? 0 }),
        },
        { id: "parameters", header: t("parameters"), value: (script) => script.parameters.join(", "), spare: true },
      ]}
    />
  );
}

const blank: ScriptFields = {
  name: "",
  url: "https://",
  urlSeveral: null,
  urlUnknown: null,
  place: "tab",
  window: null,
  questionnaire: null,
};
