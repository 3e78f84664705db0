import { type ConnectorFields, isAllowed } from "@cordboard/api";
import { Button, Notice, TextField, useUiLanguage } from "@cordboard/ui";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { typesetFinding } from "../../language/typeset-finding.ts";
import styles from "./connectors.module.css";

/** Asks the other system now, as the form says, saved or not: what it answers, and who was found in that. */
export function Trial({ connector }: { connector: ConnectorFields }) {
  const { t } = useTranslation("connectors");
  const { role } = useSignedIn();
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  const trial = useApiChange("connectors.try");
  const [key, setKey] = useState("+33612345678");
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof trial.run>> | null>(null);
  if (!isAllowed(role, "write", "connectors")) return null;
  const ask = async () => setOutcome(await trial.run({ body: { connector, key } }));
  const found = outcome?.ok ? outcome.value : null;
  const nameOf = (own: string) => company.data?.contactFields.find((field) => field.key === own)?.name ?? own;
  return (
    <section className={styles.several} aria-label={t("trial")}>
      <h3>{t("trial")}</h3>
      <div className={styles.row}>
        <TextField label={t("key")} hint={t("keyHint")} value={key} onChange={(event) => setKey(event.target.value)} />
        <Button icon={Play} busy={trial.busy} disabled={key.trim() === ""} onClick={() => void ask()}>
          {t("ask")}
        </Button>
      </div>
      <ProblemNotice problem={trial.problem} />
      {found && (
        <>
          {found.problem ? (
            <Notice kind="error">{typesetFinding(found.problem[language], language)}</Notice>
          ) : (
            <Notice kind="info">{t("found", { count: found.contacts.length, ms: found.tookMs })}</Notice>
          )}
          {found.contacts.map((contact) => (
            <dl key={`${contact.contactId} ${contact.name}`} className={styles.contact}>
              {(["name", "company", "customerNumber", "language", "notes"] as const)
                .filter((member) => contact[member] !== "")
                .map((member) => (
                  <div key={member}>
                    <dt>{t(`member.${member}`)}</dt>
                    <dd>{contact[member]}</dd>
                  </div>
                ))}
              {contact.vip && <dd>{t("member.vip")}</dd>}
              {contact.blocked && <dd>{t("member.blocked")}</dd>}
              {Object.entries(contact.fields).map(([own, value]) => (
                <div key={own}>
                  <dt>{nameOf(own)}</dt>
                  <dd>{String(value)}</dd>
                </div>
              ))}
            </dl>
          ))}
          {found.answer !== "" && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
            <pre className={styles.answer} translate="no" tabIndex={0}>
              {pretty(found.answer)}
            </pre>
          )}
        </>
      )}
    </section>
  );
}

/** JSON as a person reads it; what is none, or was cut, as it came. */
function pretty(answer: string): string {
  try {
    return JSON.stringify(JSON.parse(answer), null, 2);
  } catch {
    return answer;
  }
}
