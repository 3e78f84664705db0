import type { AgentView } from "@cordboard/api";
import {
  Button,
  Loading,
  Notice,
  OrLine,
  PasswordField,
  ProviderButton,
  TextField,
  useSignInWays,
} from "@cordboard/ui";
import { type FormEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./session-expired.module.css";
import { useWaysIn } from "./use-ways-in.ts";

/** The session is over: signing in again in place. The desk stays behind it, and the call is not touched. */
export function SessionExpired({ view }: { view: AgentView }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("signIn");
  const [password, setPassword] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  // Before it is taken out of the page: closed, it gives the focus back to what was being written.
  useLayoutEffect(() => {
    const shown = dialog.current;
    return () => shown?.close();
  }, []);
  const signIn = (event: FormEvent) => {
    event.preventDefault();
    void desk.signIn({ company: view.company.code, code: view.operator.code, password });
  };
  const { refusal } = state;
  const ways = useSignInWays(useWaysIn(desk.ask), view.company.code);
  const button = ways?.button ?? null;
  return (
    <dialog
      className={styles.dialog}
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
      // A second Escape closes it whatever one says: without a session there is nothing behind it to use.
      onClose={() => {
        if (dialog.current?.isConnected && !dialog.current.open) dialog.current.showModal();
      }}
    >
      <form className={styles.form} onSubmit={signIn}>
        <h2 className={styles.title} id={titleId}>
          {t("expired.title")}
        </h2>
        <p>{t(view.call === null ? "expired.wordsNoCall" : "expired.words")}</p>
        {refusal !== null && refusal.command === "signIn" && (
          <Notice kind="error">
            {refusal.problem.message} {refusal.problem.remedy}
          </Notice>
        )}
        {ways === undefined && <Loading />}
        {button !== null && (
          <ProviderButton
            label={button}
            page="agent"
            company={view.company.code}
            beside
            primary
            autoFocus
            busy={state.busy.includes("signIn")}
            onTicket={(ticket) => void desk.redeem(ticket)}
          />
        )}
        {ways !== undefined && ways?.providerOnly !== true && (
          <>
            {button !== null && <OrLine>{t("or")}</OrLine>}
            <TextField label={t("code")} value={view.operator.code} autoComplete="username" readOnly />
            <PasswordField
              label={t("password")}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoFocus={button === null}
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
        {view.call === null && (
          <Button kind="quiet" wide onClick={() => void desk.signOut()}>
            {t("expired.leave")}
          </Button>
        )}
      </form>
    </dialog>
  );
}
