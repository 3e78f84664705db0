import type { ApiProblem } from "@cordboard/api";
import {
  Button,
  Dialog,
  Loading,
  OrLine,
  PasswordField,
  ProviderButton,
  type ProviderTicket,
  TextField,
  useSignInWays,
  useUiText,
} from "@cordboard/ui";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./problem-notice.tsx";
import { useSession, useSignedIn } from "./session-context.tsx";
import styles from "./session-expired.module.css";
import { useWaysIn } from "./use-ways-in.ts";

/** The session is over: signing in again in place. The page stays behind it as it was, with whatever is not saved yet. */
export function SessionExpired() {
  const { t } = useTranslation("app");
  const text = useUiText();
  const { session } = useSession();
  const { user, company, role } = useSignedIn();
  const ways = useSignInWays(useWaysIn(session.api), company.code);
  const button = ways?.button ?? null;
  const byPassword = ways !== undefined && (ways?.providerOnly !== true || role === "admin");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(await session.signIn({ company: company.code, email: user.email, password }));
    setBusy(false);
  };
  const redeem = async (ticket: ProviderTicket) => {
    setBusy(true);
    setProblem(await session.redeem(ticket));
    setBusy(false);
  };
  return (
    <Dialog title={t("expired.title")} size="small">
      <form className={styles.form} onSubmit={(event) => void signIn(event)}>
        <p>{t("expired.words")}</p>
        <ProblemNotice problem={problem} />
        {ways === undefined && <Loading />}
        {button !== null && (
          <ProviderButton
            label={button}
            page="designer"
            company={company.code}
            beside
            primary
            autoFocus
            busy={busy}
            onTicket={(ticket) => void redeem(ticket)}
          />
        )}
        {byPassword && (
          <>
            {button !== null && <OrLine>{text("signIn.or")}</OrLine>}
            <TextField label={text("signIn.email")} value={user.email} autoComplete="username" readOnly />
            <PasswordField
              label={text("signIn.password")}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoFocus={button === null}
              required
            />
            <Button type="submit" kind={button === null ? "primary" : "secondary"} size="large" wide busy={busy}>
              {text("signIn.submit")}
            </Button>
          </>
        )}
        <Button kind="quiet" wide onClick={() => void session.signOut()}>
          {t("expired.leave")}
        </Button>
      </form>
    </Dialog>
  );
}
