import type { ApiProblem, ScreenLanguage } from "@cordboard/api";
import { Button, Card, LanguageSwitch, Logo, PasswordField, TextField } from "@cordboard/ui";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./problem-notice.tsx";
import { useSession } from "./session-context.tsx";
import styles from "./sign-in-page.module.css";

/** Users sign in with their e-mail address; the company's code is asked for when there is more than one. */
export function SignInPage(props: { language: ScreenLanguage; onLanguage: (language: ScreenLanguage) => void }) {
  const { t } = useTranslation("app");
  const { session } = useSession();
  const [company, setCompany] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [companyNeeded, setCompanyNeeded] = useState(false);
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const named = company.trim() === "" ? {} : { company: company.trim() };
    const refused = await session.signIn({ email: email.trim(), password, ...named });
    setBusy(false);
    setProblem(refused);
    if (refused?.code === "companyNeeded") setCompanyNeeded(true);
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
          <ProblemNotice problem={problem} />
          {companyNeeded && (
            <TextField
              label={t("signIn.company")}
              value={company}
              onChange={(event) => setCompany(event.target.value)}
              autoComplete="organization"
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
        <LanguageSwitch value={props.language} onChange={props.onLanguage} />
        <a href="/agent/">{t("toAgent")}</a>
      </div>
    </main>
  );
}
