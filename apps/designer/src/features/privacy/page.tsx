import type { PersonalData } from "@cordboard/api";
import { Button, Card, Notice, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Download, Search, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadJson } from "../../app/download.ts";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import styles from "./privacy.module.css";

const kinds = ["calls", "messages", "recordings", "callbacks", "contacts", "told", "changes"] as const;

/** What is held of one person: to be shown to them, and to be erased when they ask. */
export function Page() {
  const { t } = useTranslation("privacy");
  const find = useApiChange("personalData.find");
  const give = useApiChange("personalData.export");
  const [written, setWritten] = useState("");
  const [found, setFound] = useState<{ number: string; held: PersonalData } | null>(null);
  const [asking, setAsking] = useState(false);
  const look = async (number: string) => {
    const answer = await find.run({ body: { number } });
    setFound(answer.ok ? { number, held: answer.value } : null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (written.trim() !== "") void look(written.trim());
  };
  const download = async (number: string) => {
    const answer = await give.run({ body: { number } });
    if (answer.ok) downloadJson(`cordboard-${number.replace(/\D/g, "")}.json`, answer.value);
  };
  const nothing = found !== null && kinds.every((kind) => found.held[kind] === 0) && found.held.underWay === 0;
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} />
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label={t("number")}
          hint={t("numberHint")}
          type="tel"
          autoComplete="off"
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          required
        />
        <Button type="submit" kind="primary" icon={Search} busy={find.busy}>
          {t("find")}
        </Button>
      </form>
      <ProblemNotice problem={find.problem ?? give.problem} />
      <div role="status" className={styles.found}>
        {nothing && <Notice kind="info">{t("nothing", { number: found.number })}</Notice>}
        {found !== null && !nothing && (
          <Card title={t("held", { number: found.number })}>
            <dl className={styles.counts}>
              {kinds.map((kind) => (
                <div key={kind}>
                  <dt>{t(`kind.${kind}`)}</dt>
                  <dd>{found.held[kind]}</dd>
                </div>
              ))}
            </dl>
            {found.held.underWay > 0 && <Notice kind="warning">{t("underWay", { count: found.held.underWay })}</Notice>}
            <div className={styles.actions}>
              <Button icon={Download} busy={give.busy} onClick={() => void download(found.number)}>
                {t("export")}
              </Button>
              <Button kind="danger" icon={Trash2} onClick={() => setAsking(true)}>
                {t("erase")}
              </Button>
            </div>
            <p className={styles.faint}>{t("elsewhere")}</p>
          </Card>
        )}
      </div>
      {asking && found !== null && (
        <EraseDialog
          number={found.number}
          onClose={() => setAsking(false)}
          onErased={() => {
            setAsking(false);
            showToast(t("erased"));
            void look(found.number);
          }}
        />
      )}
    </PageBody>
  );
}
