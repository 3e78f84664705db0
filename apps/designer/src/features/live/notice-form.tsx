import type { InputOf, Routes } from "@cordboard/api";
import { Button, TextArea } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import styles from "./dialogs.module.css";

export type NoticeTo = InputOf<Routes["live.notice"]>["body"]["to"];

/** A notice to operators, who are asked to say that they have read it. */
export function NoticeForm({ to, onSent }: { to: NoticeTo; onSent: () => void }) {
  const { t } = useTranslation("live");
  const [text, setText] = useState("");
  const send = useApiChange("live.notice");
  return (
    <form
      className={styles.sections}
      onSubmit={async (event) => {
        event.preventDefault();
        const answer = await send.run({ body: { to, text: text.trim() } });
        if (!answer.ok) return;
        showToast(t("noticeSent", { count: answer.value.told }));
        onSent();
      }}
    >
      <ProblemNotice problem={send.problem} onDismiss={send.forget} />
      <TextArea
        label={t("noticeText")}
        hint={t("noticeHint")}
        value={text}
        maxLength={500}
        rows={3}
        required
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" kind="primary" icon={Send} busy={send.busy} disabled={text.trim() === ""}>
          {t("send")}
        </Button>
      </div>
    </form>
  );
}
