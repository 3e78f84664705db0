import type { ApiProblem } from "@cordboard/api";
import { Button, Dialog, PasswordField, TextField } from "@cordboard/ui";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./problem-notice.tsx";
import { useSession, useSignedIn } from "./session-context.tsx";
import styles from "./session-expired.module.css";

/** The session is over: signing in again in place. The page stays behind it as it was, with whatever is not saved yet. */
export function SessionExpired() {
  const { t } = useTranslation("app");
  const { session } = useSession();
  const { user, company } = useSignedIn();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(await session.signIn({ company: company.code, email: user.email, password }));
    setBusy(false);
  };
  return (
    <Dialog title={t("expired.title")} size="small">
      <form className={styles.form} onSubmit={(event) => void signIn(event)}>
        <p>{t("expired.words")}</p>
        <ProblemNotice problem={problem} />
        <TextField label={t("signIn.email")} value={user.email} autoComplete="username" readOnly />
        <PasswordField
          label={t("signIn.password")}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-autofocus
          required
        />
        <Button type="submit" kind="primary" size="large" wide busy={busy}>
          {t("signIn.submit")}
        </Button>
        <Button kind="quiet" wide onClick={() => void session.signOut()}>
          {t("expired.leave")}
        </Button>
      </form>
    </Dialog>
  );
}
