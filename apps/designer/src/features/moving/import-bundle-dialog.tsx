import { isAllowed } from "@cordboard/api";
import { type FlowBundle, readBundle } from "@cordboard/flow-schema";
import { Button, Checkbox, Dialog, Loading, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useCompanyThings } from "../../widgets/company-things.ts";
import styles from "./moving.module.css";
import { NameChoices } from "./name-choices.tsx";
import { PlannedFlowView } from "./planned-flow.tsx";
import { useImport } from "./use-import.ts";

/** Takes over a bundle: first what it would change here, and nothing before that was confirmed. */
export function ImportBundleDialog({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation("moving");
  const language = useUiLanguage();
  const read = useMemo(() => readBundle(text), [text]);
  if (read.ok) return <Import bundle={read.bundle} onClose={onClose} />;
  return (
    <Dialog
      title={t("import")}
      size="small"
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("close")}</Button>}
    >
      <Notice kind="error">{read.problem[language]}</Notice>
    </Dialog>
  );
}

function Import({ bundle, onClose }: { bundle: FlowBundle; onClose: () => void }) {
  const { t } = useTranslation("moving");
  const things = useCompanyThings();
  const { role } = useSignedIn();
  const work = useImport(bundle);
  const [publishes, setPublishes] = useState(false);
  const [note, setNote] = useState("");
  const { plan, here, busy, done, problem } = work;
  if (done) {
    return (
      <Dialog
        title={t("done")}
        onClose={onClose}
        actions={
          <Button kind="primary" onClick={onClose}>
            {t("close")}
          </Button>
        }
      >
        <ul className={styles.doneList}>
          {done.flows.map(({ flowId, copy, published, refused }) => (
            <li key={flowId}>
              <Link to={`/flows/${flowId}`}>
                {done.plan.flows.find((one) => one.flowId === flowId)?.document.name ?? flowId}
              </Link>{" "}
              <span className={styles.quiet}>
                {published === null ? t("done.draft") : t("done.published", { number: published })}
              </span>
              {copy !== null && (
                <p>
                  <Link to={`/flows/${copy}`}>{t("done.copy")}</Link>
                </p>
              )}
              {refused && <Notice kind="warning">{t("done.refused", { why: refused.message })}</Notice>}
            </li>
          ))}
        </ul>
      </Dialog>
    );
  }
  const missing = plan?.names.filter((name) => name.here === null).length ?? 0;
  const mayPublish = isAllowed(role, "write", "flowVersions");
  return (
    <Dialog
      title={t("import.from", { from: bundle.from })}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={!plan}
            onClick={() =>
              void work.run({
                copyName: (name) => t("copyName", { name }),
                publish: publishes ? note.trim() : null,
              })
            }
          >
            {publishes ? t("import.publish") : t("import.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ProblemNotice problem={problem} />
        {!plan || !here ? (
          problem === null && <Loading />
        ) : (
          <>
            <p className={styles.quiet}>{t("import.words")}</p>
            {missing > 0 && <Notice kind="warning">{t("missing", { count: missing })}</Notice>}
            <NameChoices plan={plan} bundle={bundle} here={here} onChoose={work.chooseName} />
            {plan.flows.map((flow) => (
              <PlannedFlowView
                key={flow.flowId}
                flow={flow}
                from={bundle.from}
                chosen={work.choices.sides.get(flow.flowId) ?? new Map()}
                onChoose={(pointer, side) => work.chooseSide(flow.flowId, pointer, side)}
                nameOf={(kind, id) => things.nameOf(kind, id) ?? bundle.names[kind]?.[id] ?? null}
              />
            ))}
            {mayPublish && (
              <div className={styles.publish}>
                <Checkbox
                  label={t("publish")}
                  checked={publishes}
                  onChange={(event) => setPublishes(event.target.checked)}
                />
                {publishes && (
                  <TextField
                    label={t("publish.note")}
                    value={note}
                    maxLength={500}
                    onChange={(event) => setNote(event.target.value)}
                  />
                )}
              </div>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
