import { type Company, type CompanyFields, isAllowed } from "@cordboard/api";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { EditPanel, useDraft } from "../listing/index.ts";
import { CompanyFieldsForm } from "./company-fields.tsx";
import { useCompany } from "./queries.ts";
import styles from "./settings.module.css";

/** The company's settings. */
export function Page() {
  const { t } = useTranslation("settings");
  const { company } = useCompany();
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} actions={<Link to="/alarms">{t("alarms")}</Link>} />
      <QueryView query={company}>{(settings) => <Settings settings={settings} />}</QueryView>
    </PageBody>
  );
}

function Settings({ settings }: { settings: Company }) {
  const { t } = useTranslation("settings");
  const { role } = useSignedIn();
  const { change } = useCompany();
  const { companyId: _, code, rev, ...saved } = settings;
  const draft = useDraft<CompanyFields>("settings", saved);
  const save = async () => {
    const answer = await change.run({ body: { ...draft.fields, rev } });
    if (!answer.ok) return;
    draft.discard();
    showToast(t("saved"));
  };
  return (
    <div className={styles.form}>
      <EditPanel
        title={t("company", { code })}
        onSave={isAllowed(role, "write", "company") ? () => void save() : undefined}
        onDiscard={draft.discard}
        dirty={draft.dirty}
        found={draft.found}
        busy={change.busy}
        problem={change.problem}
        onForgetProblem={change.forget}
      >
        <CompanyFieldsForm fields={draft.fields} set={draft.set} />
      </EditPanel>
      <ToastRegion />
    </div>
  );
}
