import { Button, Card, type Language, LanguageSwitch, Logo, Notice, PasswordField, TextField } from "@cordboard/ui";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { UpdateNotice } from "../offline/update-notice.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { remembered, rememberSignIn } from "./remembered.ts";
import styles from "./sign-in.module.css";

/** Who are you: code and password, and the company where the server carries several. */
export function SignInPage({ language, onLanguage }: { language: Language; onLanguage: (language: Language) => void }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("signIn");
  const [company, setCompany] = useState(() => remembered("company"));
  const [code, setCode] = useState(() => remembered("code"));
  const [password, setPassword] = useState("");
  const { refusal, farewell } = state;
  const form = useRef<HTMLFormElement>(null);
  // What is typed next takes the place of the password that was wrong.
  useEffect(() => {
    if (refusal !== null) form.current?.querySelector<HTMLInputElement>("input:focus")?.select();
  }, [refusal]);
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    rememberSignIn({ company, code });
    void desk.signIn({ code: code.trim(), password, ...(state.companyNeeded && { company: company.trim() }) });
  };
  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <Logo name size={28} />
      </div>
      <Card>
        <form ref={form} className={styles.form} onSubmit={signIn}>
          <h1 className={styles.title}>{t("title")}</h1>
          {farewell !== null && refusal === null && <Notice kind="info">{t(`farewell.${farewell}`)}</Notice>}
          <UpdateNotice />
          {refusal !== null && (
            <Notice kind="error">
              {refusal.problem.message} {refusal.problem.remedy}
            </Notice>
          )}
          {state.companyNeeded && (
            <TextField
              label={t("company")}
              hint={t("companyHint")}
              value={company}
              onChange={(event) => setCompany(event.target.value)}
              autoComplete="organization"
              autoCapitalize="none"
              required
            />
          )}
          <TextField
            label={t("code")}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={code === ""}
            required
          />
          <PasswordField
            label={t("password")}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoFocus={code !== ""}
            required
          />
          <Button type="submit" kind="primary" size="large" wide busy={state.busy.includes("signIn")}>
            {t("submit")}
          </Button>
        </form>
      </Card>
      <div className={styles.foot}>
        <LanguageSwitch value={language} onChange={onLanguage} />
        <a href="#calls">{t("forStaff")}</a>
      </div>
    </main>
  );
}
