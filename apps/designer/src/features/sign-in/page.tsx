import type { SignInSettings, SignInSettingsFields } from "@cordboard/api";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { EditPanel, useDraft } from "../listing/index.ts";
import styles from "./sign-in.module.css";
import { SignInFields } from "./sign-in-fields.tsx";
import { Trial } from "./trial.tsx";

/** How people sign in by the company's own identity provider. */
export function Page() {
  const { t } = useTranslation("sign-in");
  const settings = useApiQuery("signIn.settings", {});
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} />
      <QueryView query={settings}>{(saved) => <Form saved={saved} />}</QueryView>
      <ToastRegion />
    </PageBody>
  );
}

function Form({ saved: { rev, hasClientSecret, redirectUri, ...saved } }: { saved: SignInSettings }) {
  const { t } = useTranslation("sign-in");
  const change = useApiChange("signIn.change", { refreshes: ["signIn.settings", "signIn.ways"] });
  const draft = useDraft<Omit<SignInSettingsFields, "clientSecret">>("sign-in", saved);
  // Never among the drafts, which the browser keeps.
  const [secret, setSecret] = useState("");
  const save = async () => {
    // While one chooses, whoever passes by another role finds the queues ticked as they were.
    const groups = draft.fields.groups.map((group) => (group.as === "operator" ? group : { ...group, queueIds: [] }));
    const body = { ...draft.fields, groups, rev, ...(secret !== "" && { clientSecret: secret }) };
    const answer = await change.run({ body });
    if (!answer.ok) return;
    draft.discard();
    setSecret("");
    showToast(t("saved"));
  };
  const dirty = draft.dirty || secret !== "";
  return (
    <div className={styles.columns}>
      <EditPanel
        title={t("provider")}
        onSave={() => void save()}
        onDiscard={() => {
          draft.discard();
          setSecret("");
        }}
        dirty={dirty}
        found={draft.found}
        busy={change.busy}
        problem={change.problem}
        onForgetProblem={change.forget}
      >
        <SignInFields
          fields={draft.fields}
          set={draft.set}
          secret={secret}
          onSecret={setSecret}
          hasSecret={hasClientSecret && draft.fields.issuer === saved.issuer}
          redirectUri={redirectUri}
        />
      </EditPanel>
      <Trial dirty={dirty} />
    </div>
  );
}
