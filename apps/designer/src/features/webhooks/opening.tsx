import type { Integration, IntegrationFields } from "@cordboard/api";
import { TextArea } from "@cordboard/ui";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { EditPanel, useDraft } from "../listing/index.ts";
import { PartsLinks } from "./parts-links.tsx";
import styles from "./webhooks.module.css";

/** How far the company is open to other programs: whose pages may frame the agent, which private hosts may be asked. */
export function Opening() {
  const { t } = useTranslation("webhooks");
  const integration = useApiQuery("integration.get", {});
  return (
    <PageBody>
      <PageHeader title={t("opening")} words={t("openingWords")} />
      <PartsLinks />
      <QueryView query={integration}>{(saved) => <Form saved={saved} />}</QueryView>
    </PageBody>
  );
}

function Form({ saved: { rev, ...saved } }: { saved: Integration }) {
  const { t } = useTranslation("webhooks");
  const change = useApiChange("integration.change", { refreshes: ["integration.get"] });
  const draft = useDraft<IntegrationFields>("webhooks/opening", saved);
  const save = async () => {
    const answer = await change.run({ body: { ...draft.fields, rev } });
    if (!answer.ok) return;
    draft.discard();
    showToast(t("saved"));
  };
  return (
    <div className={styles.form}>
      <EditPanel
        title={t("opening")}
        onSave={() => void save()}
        onDiscard={draft.discard}
        dirty={draft.dirty}
        found={draft.found}
        busy={change.busy}
        problem={change.problem}
        onForgetProblem={change.forget}
      >
        <Lines
          label={t("frameOrigins")}
          hint={t("frameOriginsHint")}
          placeholder="https://crm.example.com"
          value={draft.fields.frameOrigins}
          onChange={(frameOrigins) => draft.set({ frameOrigins })}
        />
        <Lines
          label={t("privateHosts")}
          hint={t("privateHostsHint")}
          placeholder="crm.lan"
          value={draft.fields.privateHosts}
          onChange={(privateHosts) => draft.set({ privateHosts })}
        />
      </EditPanel>
      <ToastRegion />
    </div>
  );
}

type LinesProps = {
  label: string;
  hint: string;
  placeholder: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** Several short texts, one a line. */
function Lines({ value, onChange, ...field }: LinesProps) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <TextArea
      {...field}
      rows={4}
      spellCheck={false}
      value={written ?? value.join("\n")}
      onChange={({ target }) => {
        setWritten(target.value);
        onChange(target.value.split("\n").flatMap((line) => line.trim() || []));
      }}
      onBlur={() => setWritten(null)}
    />
  );
}
