import {
  Button,
  type Language,
  Loading,
  Notice,
  OrLine,
  PasswordField,
  ProviderButton,
  SignInFrame,
  TextField,
  useArrivedTicket,
  useSignInWays,
} from "@cordboard/ui";
import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { UpdateNotice } from "../offline/update-notice.tsx";
import { useDesk, useSoftphone } from "../session/desk-context.tsx";
import { remembered, rememberSignIn } from "./remembered.ts";
import { useWaysIn } from "./use-ways-in.ts";

/** Who signed out in mid-call still talks in this browser. */
const SoftphoneWords = lazy(() =>
  import("../softphone/softphone-words.tsx").then((module) => ({ default: module.SoftphoneWords })),
);

/** Who are you: the company's identity provider says it, or code and password do; and the company where the server carries several. */
export function SignInPage({ language, onLanguage }: { language: Language; onLanguage: (language: Language) => void }) {
  const { desk, state } = useDesk();
  const { shown } = useSoftphone();
  const { t } = useTranslation("signIn");
  const [company, setCompany] = useState(() => remembered("company"));
  const [code, setCode] = useState(() => remembered("code"));
  const [password, setPassword] = useState("");
  const { refusal, farewell } = state;
  const [asked, setAsked] = useState(state.companyNeeded ? company.trim() : "");
  const ways = useSignInWays(useWaysIn(desk.ask), asked);
  const button = ways?.button ?? null;
  // Nothing moves under the hand of who signs in: the ways are shown when they are known.
  const byPassword = ways !== undefined && ways?.providerOnly !== true;
  useArrivedTicket("agent", (ticket) => void desk.redeem(ticket));
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
    <SignInFrame
      title={t("title")}
      form={{ ref: form, onSubmit: signIn }}
      foot={{ language, onLanguage, elsewhere: { label: t("forStaff"), href: "#calls" } }}
    >
      {farewell !== null && refusal === null && <Notice kind="info">{t(`farewell.${farewell}`)}</Notice>}
      <UpdateNotice />
      {shown.call !== null && (
        <Suspense fallback={null}>
          <SoftphoneWords />
        </Suspense>
      )}
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
          onBlur={() => setAsked(company.trim())}
          autoComplete="organization"
          autoCapitalize="none"
          required
        />
      )}
      {ways === undefined && <Loading />}
      {button !== null && (
        <ProviderButton
          label={button}
          page="agent"
          company={asked}
          primary
          busy={state.busy.includes("signIn")}
          onTicket={(ticket) => void desk.redeem(ticket)}
        />
      )}
      {button !== null && byPassword && <OrLine>{t("or")}</OrLine>}
      {byPassword && (
        <>
          <TextField
            label={t("code")}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={button === null && code === ""}
            required
          />
          <PasswordField
            label={t("password")}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoFocus={button === null && code !== ""}
            required
          />
          <Button
            type="submit"
            kind={button === null ? "primary" : "secondary"}
            size="large"
            wide
            busy={state.busy.includes("signIn")}
          >
            {t("submit")}
          </Button>
        </>
      )}
    </SignInFrame>
  );
}
