import type { ContactFileRead, ContactImportPlan, ContactImportResult } from "@cordboard/api";
import { Button, Checkbox, Dialog, Loading, Select } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { FileUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { ColumnMapping } from "./column-mapping.tsx";
import styles from "./import-dialog.module.css";
import { ImportOutcome } from "./import-outcome.tsx";
import { refreshes } from "./queries.ts";

type Chosen = { readonly name: string; readonly bytes: Uint8Array; readonly read: ContactFileRead };

/** A file of contacts, in three steps: which one, what its columns hold, and, after a look at what would happen, doing it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const input = useRef<HTMLInputElement>(null);
  const company = useApiQuery("company.get", {});
  const look = useApiChange("contacts.readFile");
  const trial = useApiChange("contacts.tryImport");
  const run = useApiChange("contacts.import", { refreshes });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [plan, setPlan] = useState<ContactImportPlan | null>(null);
  const [tried, setTried] = useState<ContactImportResult | null>(null);
  const [done, setDone] = useState<ContactImportResult | null>(null);
  const busy = look.busy || trial.busy || run.busy;

  const take = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const answer = await look.run({ file: bytes });
    if (!answer.ok) return;
    setChosen({ name: file.name, bytes, read: answer.value });
    setPlan(answer.value.suggested);
  };
  const change = (next: ContactImportPlan) => {
    setPlan(next);
    setTried(null);
  };
  const ask = async ({ bytes }: Chosen, asked: ContactImportPlan) => {
    const answer = await trial.run({ query: { plan: JSON.stringify(asked) }, file: bytes });
    if (answer.ok) setTried(answer.value);
  };
  const write = async ({ bytes }: Chosen, asked: ContactImportPlan) => {
    const answer = await run.run({ query: { plan: JSON.stringify(asked) }, file: bytes });
    if (!answer.ok) return;
    setDone(answer.value);
    showToast(t("imported", { count: answer.value.created + answer.value.changed }));
  };

  const keys = (plan?.columns ?? []).map(({ to }) => to).filter((to) => /^(number|customerNumber|external:)/.test(to));
  return (
    <Dialog
      title={t("importTitle")}
      size="wide"
      onClose={busy ? undefined : onClose}
      actions={
        done ? (
          <Button kind="primary" onClick={onClose}>
            {t("close")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={busy}>
              {t("cancel")}
            </Button>
            {chosen && plan && !tried && (
              <Button
                kind="primary"
                busy={trial.busy}
                disabled={plan.columns.length === 0}
                onClick={() => void ask(chosen, plan)}
              >
                {t("try")}
              </Button>
            )}
            {chosen && plan && tried && (
              <Button
                kind="primary"
                busy={run.busy}
                disabled={tried.created + tried.changed === 0}
                onClick={() => void write(chosen, plan)}
              >
                {t("importNow", { count: tried.created + tried.changed })}
              </Button>
            )}
          </>
        )
      }
    >
      <div className={styles.steps}>
        <ProblemNotice problem={look.problem ?? trial.problem ?? run.problem} />
        {!done && (
          <p className={styles.file}>
            <Button icon={FileUp} busy={look.busy} disabled={busy} onClick={() => input.current?.click()}>
              {t(chosen ? "otherFile" : "chooseFile")}
            </Button>
            <span>{chosen?.name ?? t("fileHint")}</span>
          </p>
        )}
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          aria-label={t("chooseFile")}
          hidden
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = "";
            setTried(null);
            if (file) void take(file);
          }}
        />
        {run.busy && <Loading />}
        {!done && chosen && plan && company.data && (
          <>
            <ColumnMapping read={chosen.read} plan={plan} company={company.data} onChange={change} />
            <Checkbox
              label={t("hasHeader")}
              checked={plan.header}
              onChange={(event) => change({ ...plan, header: event.target.checked })}
            />
            <Select
              label={t("matchBy")}
              hint={t("matchByHint")}
              options={[
                { value: "", label: t("alwaysNew") },
                ...[...new Set(keys)].map((to) => ({
                  value: to,
                  label: to.startsWith("external:") ? to.slice(9) : t(`to.${to}`),
                })),
              ]}
              value={plan.matchBy !== null && keys.includes(plan.matchBy) ? plan.matchBy : ""}
              onChange={(matchBy) => change({ ...plan, matchBy: matchBy === "" ? null : matchBy })}
            />
          </>
        )}
        {(done ?? tried) && chosen && <ImportOutcome result={done ?? tried} read={chosen.read} done={done !== null} />}
      </div>
    </Dialog>
  );
}
