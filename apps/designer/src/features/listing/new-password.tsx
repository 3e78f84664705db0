import type { ApiResult } from "@cordboard/api";
import { Button, Dialog } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Copy, KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./new-password.module.css";

/** A password that was made for somebody, and cannot be read again. */
export type MadePassword = { readonly name: string; readonly password: string };

type ShownProps = {
  made: MadePassword;
  /** Where it is no password: what it is, and what to do with it. */
  title?: string;
  words?: string;
  onClose: () => void;
};

/** Shows a password that was made, this once. */
export function PasswordShown({ made, title, words, onClose }: ShownProps) {
  const { t } = useTranslation("listing");
  const copy = () =>
    navigator.clipboard.writeText(made.password).then(
      () => showToast(t("password.copied")),
      () => showToast(t("password.notCopied"), { kind: "error" }),
    );
  return (
    <Dialog
      title={title ?? t("password.title", { name: made.name })}
      size="small"
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t("close")}
        </Button>
      }
    >
      <p>{words ?? t("password.words")}</p>
      <p className={styles.line}>
        <code className={styles.password} translate="no">
          {made.password}
        </code>
        {/* Browsers lend the clipboard to secure origins only. */}
        {navigator.clipboard !== undefined && (
          <Button icon={Copy} onClick={() => void copy()}>
            {t("password.copy")}
          </Button>
        )}
      </p>
    </Dialog>
  );
}

type ButtonProps = {
  name: string;
  label?: string;
  hint?: string;
  give: () => Promise<ApiResult<{ readonly newPassword: string }>>;
  onGiven: (made: MadePassword) => void;
};

/** Has a new password made for somebody who is there already. */
export function NewPasswordButton({ name, label, hint, give, onGiven }: ButtonProps) {
  const { t } = useTranslation("listing");
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    const answer = await give();
    setBusy(false);
    if (answer.ok) onGiven({ name, password: answer.value.newPassword });
    else showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
  };
  return (
    <div className={styles.give}>
      <Button icon={KeyRound} busy={busy} onClick={() => void press()}>
        {label ?? t("password.new")}
      </Button>
      <p className={styles.hint}>{hint ?? t("password.newHint")}</p>
    </div>
  );
}
