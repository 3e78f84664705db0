import type { ReportMail } from "@cordboard/api";
import { Button, Dialog, IconButton } from "@cordboard/ui";
import { showToast, TimeInput } from "@cordboard/ui/pages";
import { Send, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import styles from "./mail-dialog.module.css";
import type { Asked } from "./report-address.ts";
import { useReportWords } from "./use-report-words.ts";

type Props = { asked: Asked; onClose: () => void };

/** Which reports the reader gets by mail each morning, and the one on the page as one more. */
export function MailDialog({ asked, onClose }: Props) {
  const { t } = useTranslation("reports");
  const words = useReportWords();
  const list = useApiQuery("reportMails.list", {});
  const create = useApiChange("reportMails.create", { refreshes: ["reportMails.list"] });
  const remove = useApiChange("reportMails.delete", { refreshes: ["reportMails.list"] });
  const send = useApiChange("reportMails.send");
  const [at, setAt] = useState("07:30");
  const form = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await create.run({ body: { report: asked.report, only: asked.only || null, at } });
    if (answer.ok) showToast(t("mail.saved", { to: answer.value.to }));
  };
  const sendNow = async ({ reportMailId }: ReportMail) => {
    const answer = await send.run({ params: { reportMailId } });
    if (answer.ok) showToast(t("mail.sent", { to: answer.value.to }));
  };
  return (
    <Dialog
      title={t("mail")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("mail.close")}</Button>
          <Button type="submit" form={form} kind="primary" busy={create.busy}>
            {t("mail.add")}
          </Button>
        </>
      }
    >
      <div className={styles.dialog}>
        <ProblemNotice problem={create.problem ?? remove.problem ?? send.problem} onDismiss={create.forget} />
        <QueryView query={list}>
          {({ items }) =>
            items.length === 0 ? (
              <p className={styles.words}>{t("mail.none")}</p>
            ) : (
              <ul aria-label={t("mail")}>
                {items.map((mail) => (
                  <Row
                    key={mail.reportMailId}
                    mail={mail}
                    onSend={() => void sendNow(mail)}
                    onRemove={() => void remove.run({ params: { reportMailId: mail.reportMailId } })}
                  />
                ))}
              </ul>
            )
          }
        </QueryView>
        <form id={form} className={styles.form} onSubmit={(event) => void save(event)}>
          <p>
            {t(asked.only === "" ? "mail.this" : "mail.thisNarrowed", { report: words.word(`report.${asked.report}`) })}
          </p>
          <TimeInput label={t("mail.at")} hint={t("mail.atHint")} value={at} onChange={setAt} />
        </form>
      </div>
    </Dialog>
  );
}

type RowProps = { mail: ReportMail; onSend: () => void; onRemove: () => void };

function Row({ mail, onSend, onRemove }: RowProps) {
  const { t } = useTranslation("reports");
  const words = useReportWords();
  const { report, only, at, to } = mail;
  const name = words.word(`report.${report}`);
  return (
    <li className={styles.mail}>
      <span className={styles.what}>
        <strong>{t("mail.line", { report: name, at })}</strong>
        <span className={styles.words}>{t(only === null ? "mail.whole" : "mail.narrowed", { to })}</span>
      </span>
      <IconButton icon={Send} label={t("mail.send", { report: name, at })} onClick={onSend} />
      <IconButton icon={Trash2} label={t("mail.remove", { report: name, at })} onClick={onRemove} />
    </li>
  );
}
