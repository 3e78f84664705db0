import { type FormEvent, useState } from "react";
import { Button } from "../button/button.tsx";
import { Loading } from "../loading/loading.tsx";
import { Notice } from "../notice/notice.tsx";
import { OrLine } from "../or-line/or-line.tsx";
import { PasswordField } from "../password-field/password-field.tsx";
import { TextField } from "../text-field/text-field.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import { ProviderButton, useArrivedTicket } from "./provider-button.tsx";
import type { ProviderPage, ProviderTicket } from "./provider-sign-in.ts";
import { type SignInFoot, SignInFrame } from "./sign-in-frame.tsx";
import { type AskWays, useSignInWays } from "./use-sign-in-ways.ts";

/** Why the server let nobody in. */
export interface SignInRefusal {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export interface StaffSignInProps {
  title: string;
  words: string;
  foot: SignInFoot;
  page: ProviderPage;
  /** Must stay the same function. */
  ways: AskWays;
  /** Null: they are in. */
  signIn: (fields: StaffFields) => Promise<SignInRefusal | null>;
  /** Ends a sign-in at the company's identity provider; null: they are in. */
  redeem: (ticket: ProviderTicket) => Promise<SignInRefusal | null>;
}

/** `company` is absent where nothing was filled in. */
export interface StaffFields {
  readonly email: string;
  readonly password: string;
  readonly company?: string;
}

/**
 * Users sign in by the company's identity provider where there is one, and with their e-mail address; the company's code is asked for when there is
 * more than one.
 */
export function StaffSignIn({ title, words, foot, page, ways: askWays, signIn, redeem }: StaffSignInProps) {
  const text = useUiText();
  const [company, setCompany] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [refusal, setRefusal] = useState<SignInRefusal | null>(null);
  const [companyRefused, setCompanyRefused] = useState(false);
  const [asked, setAsked] = useState("");
  const [busy, setBusy] = useState(false);
  const ways = useSignInWays(askWays, asked);
  const companyNeeded = companyRefused || ways?.companyNeeded === true || asked !== "";
  const button = ways?.button ?? null;
  const attempt = async (work: () => Promise<SignInRefusal | null>) => {
    setBusy(true);
    const refused = await work();
    setBusy(false);
    setRefusal(refused);
    if (refused?.code === "companyNeeded") setCompanyRefused(true);
  };
  const onTicket = (ticket: ProviderTicket) => void attempt(() => redeem(ticket));
  useArrivedTicket(page, onTicket);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const named = company.trim() === "" ? {} : { company: company.trim() };
    void attempt(() => signIn({ email: email.trim(), password, ...named }));
  };
  return (
    <SignInFrame {...{ title, words, foot }} form={{ onSubmit }}>
      {refusal !== null && (
        <Notice kind="error">
          {refusal.message} {refusal.remedy}
        </Notice>
      )}
      {companyNeeded && (
        <TextField
          label={text("signIn.company")}
          value={company}
          onChange={(event) => setCompany(event.target.value)}
          onBlur={() => setAsked(company.trim())}
          autoComplete="organization"
          autoCapitalize="none"
          required
        />
      )}
      {ways === undefined ? (
        <Loading />
      ) : (
        <>
          {button !== null && (
            <>
              <ProviderButton label={button} page={page} company={asked} primary busy={busy} onTicket={onTicket} />
              <OrLine>{text(ways?.providerOnly ? "signIn.orAdmin" : "signIn.or")}</OrLine>
            </>
          )}
          <TextField
            label={text("signIn.email")}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoComplete="username"
            autoFocus={button === null}
            required
          />
          <PasswordField
            label={text("signIn.password")}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            required
          />
          <Button type="submit" kind={button === null ? "primary" : "secondary"} size="large" wide busy={busy}>
            {text("signIn.submit")}
          </Button>
        </>
      )}
    </SignInFrame>
  );
}
