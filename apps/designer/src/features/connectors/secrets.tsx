import { isAllowed } from "@cordboard/api";
import { Button, Dialog, formatDateTime, IconButton, PasswordField, TextField } from "@cordboard/ui";
import { KeyRound, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import styles from "./connectors.module.css";

/** Keys and passwords that connectors send: kept under a name, never shown again. */
export function SecretsButton() {
  const { t } = useTranslation("connectors");
  const { role } = useSignedIn();
  const [open, setOpen] = useState(false);
  if (!isAllowed(role, "read", "secrets")) return null;
  return (
    <>
      <Button icon={KeyRound} onClick={() => setOpen(true)}>
        {t("secrets")}
      </Button>
      {open && <Secrets onClose={() => setOpen(false)} />}
    </>
  );
}

function Secrets({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("connectors");
  const form = useTimeForm();
  const secrets = useApiQuery("secrets.list", {});
  const refreshes = ["secrets.list"] as const;
  const set = useApiChange("secrets.set", { refreshes });
  const remove = useApiChange("secrets.delete", { refreshes });
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const keep = async () => {
    const answer = await set.run({ params: { name }, body: { value } });
    if (!answer.ok) return;
    setName("");
    setValue("");
  };
  return (
    <Dialog
      title={t("secrets")}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <div className={styles.several}>
        <p>{t("secretsWords", { example: "{{secret.crm}}" })}</p>
        <ProblemNotice problem={set.problem ?? remove.problem} />
        <QueryView query={secrets}>
          {({ items }) => (
            <ul className={styles.secrets}>
              {items.map((secret) => (
                <li key={secret.name}>
                  <span>
                    <code>{secret.name}</code> ·{" "}
                    {t("changedAt", { when: formatDateTime(Date.parse(secret.changedAt), form) })}
                  </span>
                  <IconButton
                    icon={Trash2}
                    label={t("removeSecret", { name: secret.name })}
                    onClick={() => void remove.run({ params: { name: secret.name } })}
                  />
                </li>
              ))}
            </ul>
          )}
        </QueryView>
        <form
          className={styles.given}
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <TextField
            label={t("secretName")}
            hint={t("secretNameHint")}
            pattern="[A-Za-z][A-Za-z0-9_]{0,39}"
            title={t("secretNameHint")}
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
          />
          <PasswordField
            label={t("secretValue")}
            autoComplete="off"
            value={value}
            onChange={(event) => setValue(event.target.value)}
            required
          />
          <Button type="submit" busy={set.busy}>
            {t("keepSecret")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
