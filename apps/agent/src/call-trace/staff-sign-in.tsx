import type { ApiClient, ApiProblem, ScreenLanguage, SignedInUser } from "@cordboard/api";
import { Button, Card, type Language, LanguageSwitch, Logo, Notice, PasswordField, TextField } from "@cordboard/ui";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./staff-sign-in.module.css";

type Props = {
  api: ApiClient;
  language: ScreenLanguage;
  onLanguage: (language: Language) => void;
  onSignedIn: (user: SignedInUser) => void;
};

/** Administrators and supervisors sign in with their e-mail address; it does not end an operator's session in the same browser. */
export function StaffSignIn({ api, language, onLanguage, onSignedIn }: Props) {
  const { t } = useTranslation("callTrace");
  const [company, setCompany] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [companyNeeded, setCompanyNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { email: email.trim(), password, ...(companyNeeded && { company: company.trim() }) };
    const answer = await api.call("session.signIn", { body });
    setBusy(false);
    if (answer.ok) return onSignedIn(answer.value);
    setProblem(answer.error);
    if (answer.error.code === "companyNeeded") setCompanyNeeded(true);
  };
  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <Logo name size={28} />
      </div>
      <Card>
        <form className={styles.form} onSubmit={(event) => void signIn(event)}>
          <div>
            <h1 className={styles.title}>{t("signIn.title")}</h1>
            <p className={styles.words}>{t("signIn.words")}</p>
          </div>
          {problem !== null && (
            <Notice kind="error">
              {problem.message} {problem.remedy}
            </Notice>
          )}
          {companyNeeded && (
            <TextField
              label={t("signIn.company")}
              value={company}
              onChange={(event) => setCompany(event.target.value)}
              autoCapitalize="none"
              required
            />
          )}
          <TextField
            label={t("signIn.email")}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoComplete="username"
            autoFocus
            required
          />
          <PasswordField
            label={t("signIn.password")}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            required
          />
          <Button type="submit" kind="primary" size="large" wide busy={busy}>
            {t("signIn.submit")}
          </Button>
        </form>
      </Card>
      <div className={styles.foot}>
        <LanguageSwitch value={language} onChange={onLanguage} />
        <a href="#desk">{t("toDesk")}</a>
      </div>
    </main>
  );
}
