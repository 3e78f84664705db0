import { type DiallingRules, type DiallingRulesFields, isAllowed } from "@cordboard/api";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { EditPanel, useDraft } from "../listing/index.ts";
import styles from "./dialling.module.css";
import { DiallingFieldsForm } from "./dialling-fields.tsx";
import { useDialling } from "./queries.ts";

/** What operators may dial, and how. */
export function Page() {
  const { t } = useTranslation("dialling");
  const { rules } = useDialling();
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} />
      <QueryView query={rules}>{(found) => <Rules rules={found} />}</QueryView>
    </PageBody>
  );
}

function Rules({ rules }: { rules: DiallingRules }) {
  const { t } = useTranslation("dialling");
  const { role } = useSignedIn();
  const { change } = useDialling();
  const { rev, ...saved } = rules;
  const draft = useDraft<DiallingRulesFields>("dialling", saved);
  const save = async () => {
    const answer = await change.run({ body: { ...draft.fields, rev } });
    if (!answer.ok) return;
    draft.discard();
    showToast(t("saved"));
  };
  return (
    <div className={styles.form}>
      <EditPanel
        title={t("rules")}
        onSave={isAllowed(role, "write", "dialling") ? () => void save() : undefined}
        onDiscard={draft.discard}
        dirty={draft.dirty}
        found={draft.found}
        busy={change.busy}
        problem={change.problem}
        onForgetProblem={change.forget}
      >
        <DiallingFieldsForm fields={draft.fields} set={draft.set} />
      </EditPanel>
      <ToastRegion />
    </div>
  );
}
